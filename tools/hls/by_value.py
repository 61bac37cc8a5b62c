"""Structures of floats that functions take and give by value: two of them are one word.

x86-64 has a vector of two floats for such a pair, and nothing else of it is used than its memory.
A module that works on vectors itself stays as it is, and is refused later at its line.
"""

import re

_PAIR = "<2 x float>"
_WORD = "i64"
_MOVES = {
    "alloca", "load", "store", "getelementptr", "call", "ret", "define", "declare", "phi",
    "insertvalue", "extractvalue", "type", "invoke",
}  # fmt: skip
_OPCODE = re.compile(r"^\s*(?:%\S+ = )?(?:tail |musttail |notail )?(\w+)")


def with_plain_pairs(text: str) -> str:
    """The module with a word for each vector of two floats that is only handed on."""
    lines = [line for line in text.splitlines() if _PAIR in line]
    found = (_OPCODE.match(line) for line in lines)
    if not lines or any(match is None or match[1] not in _MOVES for match in found):
        return text
    return text.replace(_PAIR, _WORD)
