"""Arrays whose type clang has cut: the zeros behind an initialiser's last word are a part apart.

`short a[256] = {1, 2}` is of the type `<{ i16, i16, [254 x i16] }>` in LLVM's code, and yet indexed
as the array that it is.
"""

from dataclasses import replace

from tools.hls.ll import Type


def whole(kind: Type) -> Type:
    """The type with arrays in one part."""
    if not kind.parts:
        return kind
    parts = tuple(whole(part) for part in kind.parts)
    if kind.kind == "struct" and kind.packed and not kind.name:
        first = parts[0]
        elements = (first, first.parts[0]) if first.kind == "array" else (first,)
        for element in elements:
            counts = [_count(part, element) for part in parts]
            if None not in counts:
                return Type("array", count=sum(n or 0 for n in counts), parts=(element,))
    return replace(kind, parts=parts)


def _count(part: Type, element: Type) -> int | None:
    """How many elements a part has, or None if it is of others."""
    if part == element:
        return 1
    return part.count if part.kind == "array" and part.parts == (element,) else None
