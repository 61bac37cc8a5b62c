"""Faults for C++, found in its tokens: the same kinds as those for Verilog."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(
    r"(?P<skip>\s+|//[^\n]*|/\*.*?\*/|^[ \t]*\#[^\n]*(?:\\\n[^\n]*)*)"
    r'|(?P<text>"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')'
    r"|(?P<number>(?:0[xX][0-9a-fA-F]+|\d+)(?:\.\d+)?[uUlLfF]*)"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign><<=|>>=|\+\+|--|->|::|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)",
    re.DOTALL | re.MULTILINE,
)
_SWAPS = {
    "+": "-", "-": "+", "*": "+", "&": "|", "|": "&", "^": "|", "<<": ">>", ">>": "<<",
    "&&": "||", "||": "&&", "==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
    "+=": "-=", "-=": "+=", "|=": "&=", "&=": "|=",
}  # fmt: skip
_COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
_CAST = re.compile(r"ap_u?(?:int|fixed)|u?int\d+_t|int|unsigned")


@dataclass(frozen=True)
class Edit:
    """A fault as changes of a file's bytes: (start, end, new text)."""

    kind: str
    file: str
    changes: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def cxx_edits(file: str, text: str) -> Iterator[Edit]:
    """All faults of a C++ file. Some do not compile: tokens do not tell a type from a value."""
    tokens = _tokens(text)
    for i, token in enumerate(tokens[1:-1], 1):
        for kind, new in _replaced(tokens[i - 1], token):
            yield Edit(kind, file, ((token.start, token.end, new),))
        if token.text in ("if", "while") and tokens[i + 1].text == "(":
            close = _close(tokens, i + 1)
            start, end = tokens[i + 1].end, tokens[close].start
            condition = text.encode()[start:end].decode()
            yield Edit("condition", file, ((start, end, f"!({condition})"),))
        if _CAST.fullmatch(token.text) and tokens[i - 1].text in ("(", "=", "+", "-", "*", ","):
            yield from _without_cast(file, tokens, i)
    yield from _dropped(file, tokens)


def _tokens(text: str) -> list[_Token]:
    found, position = [], 0
    for match in _TOKEN.finditer(text):
        end = position + len(match.group().encode())
        if match.lastgroup and match.lastgroup != "skip":
            found.append(_Token(match.lastgroup, match.group(), position, end))
        position = end
    return found


def _replaced(before: _Token, token: _Token) -> Iterator[tuple[str, str]]:
    if token.kind == "number" and re.fullmatch(r"\d+", token.text):
        yield "constant", str(int(token.text) + 1)
        if int(token.text):
            yield "constant", str(int(token.text) - 1)
    operand = before.kind in ("number", "word") or before.text in (")", "]")
    if token.text in _SWAPS and operand:
        kind = "compare" if token.text in _COMPARISONS else "operator"
        yield kind, _SWAPS[token.text]
    if token.text in ("~", "!") and not operand:
        yield "operator", ""


def _without_cast(file: str, tokens: Sequence[_Token], i: int) -> Iterator[Edit]:
    """`ap_int<16>(x)` without its type, and `(int)x` without its cast."""
    j = i + 1
    if tokens[j].text == "<":
        while j < len(tokens) - 1 and tokens[j].text not in (">", ";", "{"):
            j += 1
        j += 1
    if j >= len(tokens):
        return
    if tokens[j].text == "(":
        yield Edit("cast", file, ((tokens[i].start, tokens[j].start, ""),))
    elif tokens[i - 1].text == "(" and tokens[j].text == ")":
        yield Edit("cast", file, ((tokens[i - 1].start, tokens[j].end, ""),))


def _dropped(file: str, tokens: Sequence[_Token]) -> Iterator[Edit]:
    """Statements that assign or call, each from the end of the one before to its semicolon."""
    start = depth = 0
    for i, token in enumerate(tokens):
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if depth or token.text not in (";", "{", "}", ")", ":", "else"):
            continue
        part = tokens[start:i]
        if token.text == ";" and part and part[0].kind == "word" and part[0].text != "return":
            declares = any(a.kind == b.kind == "word" for a, b in pairwise(part))
            acts = any(t.text in ("=", "+=", "-=", "|=", "&=", "<<=", ">>=", "(") for t in part)
            if acts and not declares and part[0].text not in ("using", "break", "typedef"):
                yield Edit("dropped", file, ((part[0].start, token.start, ""),))
        if token.text != ")" or (part and part[0].text in ("if", "for", "while")):
            start = i + 1


def _close(tokens: Sequence[_Token], opened: int) -> int:
    depth = 0
    for i in range(opened, len(tokens)):
        depth += (tokens[i].text == "(") - (tokens[i].text == ")")
        if not depth:
            return i
    return len(tokens) - 1


def spread(edits: Sequence[Edit], seed: int) -> Iterator[Edit]:
    """One of each kind in turn, at random places."""
    kinds = defaultdict(list)
    for edit in edits:
        kinds[edit.kind].append(edit)
    source = random.Random(seed)
    for group in kinds.values():
        source.shuffle(group)
    order = sorted(kinds)
    source.shuffle(order)
    while any(kinds.values()):
        yield from [kinds[kind].pop() for kind in order if kinds[kind]]
