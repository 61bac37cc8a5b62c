"""LLVM's global variables: their names as the source has them, and what they hold at first."""

from collections.abc import Mapping

from tools.hls import ll
from tools.hls.ll_operands import Operands
from tools.hls.ll_text import split
from tools.hls.place import Leaf


def plain_name(name: str) -> str:
    """A name of LLVM's as the source has it: `_ZZ3topE3cnt` is `cnt`."""
    bare = name.strip('%@"').removesuffix(".addr")
    if bare.startswith("__const."):
        bare = bare.rsplit(".", 1)[-1]
    if bare.startswith("_Z"):
        tail = "".join(c if c.isalnum() or c == "_" else " " for c in bare).split()[0]
        digits = ""
        for i in range(len(tail) - 1, 0, -1):
            if tail[i].isdigit() and not tail[i - 1].isdigit():
                count = ""
                j = i
                while j < len(tail) and tail[j].isdigit():
                    count += tail[j]
                    j += 1
                if int(count) == len(tail) - j:
                    digits = tail[j:]
                    break
        bare = digits or tail
    return "".join(c if c.isalnum() or c == "_" else "_" for c in bare)


def positions(leaf: Leaf) -> list[int]:
    """The byte offset of each word of a leaf."""
    found = [leaf.offset]
    for count, stride in zip(leaf.counts, leaf.strides, strict=True):
        found = [at + i * stride for at in found for i in range(count)]
    return found


def contents(leaf: Leaf, values: Mapping[int, int]) -> tuple[int, ...]:
    """A leaf's words, of values by byte offset: what begins within a word is a part of it."""
    size = -(-leaf.bits // 8)
    return tuple(
        sum(values.get(at + part, 0) << 8 * part for part in range(size)) for at in positions(leaf)
    )


def initial_contents(found: ll.Global, module: ll.Module) -> dict[int, int]:
    """A global's contents: values by byte offset, zeros left out."""
    reader = Operands({}, module.types)
    contents: dict[int, int] = {}

    def fill(kind: ll.Type, text: str, offset: int) -> None:
        text = text.strip()
        if text in ("zeroinitializer", "undef", "poison", "null"):
            return
        if kind.kind == "int":
            value = reader.value(kind, text).number or 0
            if value:
                contents[offset] = value & ((1 << kind.bits) - 1)
        elif text.startswith('c"'):
            for i, byte in enumerate(_string(text[2:-1])):
                contents[offset + i] = byte
        elif kind.kind == "array":
            for i, part in enumerate(split(text[1:-1])):
                inner, rest = reader.type_at(part)
                fill(inner, rest, offset + i * kind.parts[0].size())
        else:
            inside = text[2:-2] if text.startswith("<{") else text[1:-1]
            parts = zip(kind.offsets(), split(inside), strict=True)
            for start, part in parts:
                inner, rest = reader.type_at(part)
                fill(inner, rest, offset + start)

    fill(found.type, found.initial, 0)
    return contents


def _string(text: str) -> list[int]:
    found, i = [], 0
    while i < len(text):
        if text[i : i + 2] == "\\\\":
            found.append(ord("\\"))
            i += 2
        elif text[i] == "\\":
            found.append(int(text[i + 1 : i + 3], 16))
            i += 3
        else:
            found.append(ord(text[i]))
            i += 1
    return found
