"""Pragmas about arrays that are members of a class: which memories of the kernel they mean.

`ARRAY_PARTITION variable=val` in a constructor or a method is about the member of every object of
that class, `variable=line.val` about that of one object. The memories are named after the objects,
and an array of structures is one for each of their fields.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tools.hls.debug_types import Field, Variable
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
        if _has_some(scope):
            kind = _class_of(scope, blank(sources[scope.file]))
            pragmas = [p for each in scope.pragmas for p in _each(each, kind, variables, lowering)]
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


def _each(
    pragma: Pragma, kind: str, variables: Sequence[Variable], lowering: Lowering
) -> list[Pragma]:
    """The pragma for each memory that it means; itself if it means none."""
    if pragma.kind not in _ABOUT_ARRAYS:
        return [pragma]
    name = pragma.options.get("variable", "").removeprefix("this->")
    owner, _, inner = name.partition(".")
    if inner:
        objects = [v for v in variables if v.name == owner]
    else:
        objects = [v for v in variables if kind and re.match(rf"{kind}\b", v.type.text)]
    member = (inner or name).replace(".", "_")
    names = dict.fromkeys(name for v in objects for name in _memories(v, member, lowering))
    each = [replace(pragma, options={**pragma.options, "variable": name}) for name in names]
    return each or [pragma]


def _memories(variable: Variable, member: str, lowering: Lowering) -> list[str]:
    """The memories that hold a member of an object, which LLVM may have copied."""
    items = [f for f in variable.type.fields if f.shape]
    items = [f for f in items if f.path == member or f.path.startswith(f"{member}_")]
    return (
        []
        if variable.name == "this"
        else [name for item in items for name in _held(variable, item, lowering)]
    )


def _held(variable: Variable, item: Field, lowering: Lowering) -> list[str]:
    """The memories that hold a field of a variable."""
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
