"""Pragmas about arrays that are members of a class: which memories of the kernel they mean.

`ARRAY_PARTITION variable=val` in a constructor or a method is about the member of every object of
that class, and the memories are named after the objects.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tools.hls.debug_types import Variable
from tools.hls.ir import Memory
from tools.hls.lower import Lowering
from tools.hls.pragmas import Pragma, Scope, blank, closing

_ABOUT_ARRAYS = ("array_partition", "array_reshape", "bind_storage", "dependence", "resource")
_CLASS = re.compile(r"\b(?:class|struct)\s+(\w+)\s*(?:final\s*)?(?::[^;{]*)?\{")


def of_objects(
    found: Iterable[Scope],
    sources: Mapping[str, str],
    lowering: Lowering,
    variables: Sequence[Variable],
) -> list[Scope]:
    """The scopes, with a pragma for each memory that a pragma about a member means."""
    made = []
    for scope in found:
        kind = _class_of(scope, blank(sources[scope.file])) if _has_some(scope) else ""
        if kind:
            objects = [v for v in variables if re.match(rf"{kind}\b", v.type.text)]
            pragmas = [p for each in scope.pragmas for p in _each(each, objects, lowering)]
            scope = replace(scope, pragmas=tuple(pragmas))
        made.append(scope)
    return made


def _has_some(scope: Scope) -> bool:
    return scope.kind == "function" and any(p.kind in _ABOUT_ARRAYS for p in scope.pragmas)


def _class_of(scope: Scope, text: str) -> str:
    """The class that a function is a member of, or ""."""
    line = text.splitlines()[scope.line - 1]
    if outside := re.search(rf"(\w+)\s*(?:<[^<>]*>)?\s*::\s*{scope.name}\s*\(", line):
        return outside[1]
    inner = ""
    for match in _CLASS.finditer(text):
        first = text.count("\n", 0, match.start()) + 1
        last = text.count("\n", 0, closing(text, match.end() - 1)) + 1
        if first <= scope.line and scope.end <= last:
            inner = match[1]
    return inner


def _each(pragma: Pragma, objects: Sequence[Variable], lowering: Lowering) -> list[Pragma]:
    """The pragma for each memory that it means; itself if it means none."""
    member = pragma.options.get("variable", "").removeprefix("this->")
    if pragma.kind not in _ABOUT_ARRAYS or not any(
        f.path == member and f.shape for v in objects for f in v.type.fields
    ):
        return [pragma]
    names = dict.fromkeys(name for v in objects for name in _memories(v, member, lowering))
    each = [replace(pragma, options={**pragma.options, "variable": name}) for name in names]
    return each or [pragma]


def _memories(variable: Variable, member: str, lowering: Lowering) -> list[str]:
    """The memories that hold a member of an object, which LLVM may have copied."""
    item = next((f for f in variable.type.fields if f.path == member), None)
    if item is None or variable.name == "this":
        return []
    counts = (*variable.type.shape, *item.shape)
    found: list[tuple[int, Memory]] = [
        (leaf.offset, place)
        for each in lowering.objects.values()
        for leaf, place, _ in each.leaves
        if isinstance(place, Memory) and leaf.counts == counts
        if re.fullmatch(rf"{re.escape(variable.name)}(_\d+|_i+\d*|\d+)*", place.name)
    ]
    # An object that LLVM has cut into parts has each of them at its beginning.
    exact = [place for offset, place in found if offset == item.offset_bits // 8]
    return [place.name for place in exact or [place for _, place in found]]
