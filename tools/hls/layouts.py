"""How variables are laid out in bytes: what tells their fields apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tools.hls.place import Leaf


@dataclass(frozen=True)
class Layouts:
    """Of the variables of a module, by their names."""

    sparse: frozenset[str]
    """Those through which no single index leads: arrays in structures that are in arrays."""
    records: Mapping[str, int]
    """The bytes from one structure to the next, of other arrays of structures."""
    fields: Mapping[str, Sequence[int]]
    """Where the fields of single structures begin, in bytes, in order."""


def layouts(found: Mapping[str, Sequence[Leaf]]) -> Layouts:
    """The layouts of variables of these fields."""
    sparse = {name for name, parts in found.items() if not all(leaf.is_dense for leaf in parts)}
    records, fields = {}, {}
    for name, parts in found.items():
        if len(parts) < 2 or name in sparse:
            continue
        steps = {leaf.strides[-1:] for leaf in parts}
        if len(steps) == 1 and (step := parts[0].strides[-1:]):
            records[name] = step[0]
        if all(_end(leaf) <= following.offset for leaf, following in pairwise(parts)):
            fields[name] = [leaf.offset for leaf in parts]
    return Layouts(frozenset(sparse), records, fields)


def _end(leaf: Leaf) -> int:
    """The byte behind a field's last element."""
    steps = zip(leaf.counts, leaf.strides, strict=True)
    return leaf.offset + sum((count - 1) * step for count, step in steps) + leaf.bits // 8
