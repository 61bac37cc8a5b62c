"""Number formats as widths: "int8", "16-bit coefficients", "UQ1.15", "int32 -> int8"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from prompts.demo import Demo
from prompts.reading.normal import Remainder
from prompts.reading.vocabulary import stem
from prompts.reading.wordlists import listed
from prompts.sheet import Setting

_TYPE = re.compile(
    r"(?<![\w.])(?:(?:un)?signed )?(?:"
    r"(?:u?int|ap u?int ?<|[us]int|[ius](?=8|16|32|64))[ -]?(?P<int>\d+)(?: t\b)?>?|"
    r"u?q(?P<whole>\d+)[._](?P<part>\d+)|u?q(?P<fraction>7|15|31)|"
    r"(?P<bits>-?\d+)[ -]?(?:bits?\b|b\b)|(?P<byte>bytes?\b(?! enable))"
    r")(?![\dx])(?:[ -](?:wide|signed|unsigned|fixed[ -]point|integers?|quanti[sz]ed))*"
)
_UNSIGNED = re.compile(r"(?<!\w)(?:unsigned|uint|u(?:int)?[ -]?\d+|uq\d+)\b")
_COUNTED = re.compile(r"(?<=\d) bytes?\b")
"""Bytes that are counted: a size, and no format where a parameter's unit is bytes."""
_TO = re.compile(r"[a-z ,]{0,20}(?:->|\bto\b|\binto\b)\s*(?:an? )?")
_NARROWED = re.compile(
    r"\b(?:(?:re|de)?quanti[sz]|convert|narrow|round)\w*\b[^,;.|]*\b(?:to|into)\s*(?:an? )?$"
)
"""What stands before the format of a result: "quantize 64 values to"."""
_FROM_TO = re.compile(r"(?<![\w.:-])(\d+) ?(to|into|->) ?(?=\d+[ -]?bits?\b)")
"""The first width of "32 to 8 bits", where a kernel has one for each side."""
_W8A8 = re.compile(r"\bw(\d+)a(\d+)\b")
_FIRST = ("input", "in", "data", "sample", "element", "operand", "score", "activation", "value")
_LAST = ("output", "out", "result", "accumulator")
_GENERIC = frozenset(stem(word) for word in ("bit", "bits", "int", "width", "wide", "acc"))
_SKIP = frozenset(listed("of in is are as to with at be by on the a an for signed unsigned = :"))


@dataclass(frozen=True)
class _Type:
    bits: int
    first: int
    last: int


def widths(rest: Remainder, demo: Demo) -> dict[str, int]:
    """Take the number formats out of a text and give each to the width it is meant for."""
    roles = _roles(demo)
    rest.text = _W8A8.sub(r"\1 bit weights, \2 bit data", rest.text)
    if {"in_width", "out_width"} <= roles.keys():
        rest.text = _FROM_TO.sub(lambda found: _from_to(found, demo), rest.text)
    if not roles:
        rest.take(_TYPE)
        return {}
    if any(parameter.unit == "bytes" for parameter in demo.parameters.values()):
        rest.text = _COUNTED.sub(" elements", rest.text)
    text = rest.text
    types = [_Type(_bits(found), found.start(), found.end()) for found in _TYPE.finditer(text)]
    values = _converted(text, types, roles)
    if (output := _output(roles)) and types and _NARROWED.search(text[: types[0].first]):
        values.setdefault(output, types.pop(0).bits)
    for i, kind in enumerate(types):
        begin = types[i - 1].last if i else 0
        end = types[i + 1].first if i + 1 < len(types) else len(text)
        for name in _meant(text[begin : kind.first], text[kind.last : end], roles):
            values.setdefault(name, kind.bits)
    _sequence(text, types, roles, values)
    rest.text = _COUNTED.sub(" elements", rest.text)
    rest.take(_TYPE)
    return values


def signs(text: str, demo: Demo) -> dict[str, Setting]:
    """The parameters that say whether numbers have a sign, where a text has a format without."""
    if not _UNSIGNED.search(text):
        return {}
    named = {"signed", "unsigned"}
    return {n: "unsigned" for n, p in demo.parameters.items() if set(p.choices) == named}


def _from_to(found: re.Match[str], demo: Demo) -> str:
    """The text with the first width named as one, unless the number is too large to be it."""
    fits = demo.parameters["in_width"].problem(int(found[1])) is None
    return f"{found[1]} bits {found[2]} " if fits else found[0]


def _bits(found: re.Match[str]) -> int:
    if found["whole"]:
        return int(found["whole"]) + int(found["part"])
    if found["fraction"]:
        return int(found["fraction"]) + 1
    return 8 if found["byte"] else int(found["int"] or found["bits"])


def _roles(demo: Demo) -> Mapping[str, frozenset[str]]:
    """The width parameters, the main one first, with the words that say which one is meant."""
    widths = {name: p for name, p in demo.parameters.items() if p.unit == "bits"}

    def is_main(name: str) -> bool:
        return bool({"bit", "bits", "int"} & set(widths[name].words))

    ordered = sorted(widths, key=lambda name: not is_main(name))
    roles = {}
    for name in ordered:
        words = " ".join([name.replace("_", " "), *widths[name].words]).split()
        roles[name] = frozenset(stem(word) for word in words) - _GENERIC
    return roles


def _meant(before: str, after: str, roles: Mapping[str, frozenset[str]]) -> list[str]:
    """The parameters whose words stand right behind a format, or else right before it."""
    behind = _named(re.split(r"[,;:.()|]|->", after)[0].split()[:5], roles, onward=True)
    if behind:
        return behind
    nearest = re.split(r"[,;.()|]|->", before)[-1].replace(":", " ").replace("=", " ").split()
    words = [word for word in nearest if word not in _SKIP]
    return _named(words[::-1][:3], roles, onward=False)


def _named(words: list[str], roles: Mapping[str, frozenset[str]], onward: bool) -> list[str]:
    found: list[str] = []
    for word in words:
        if word in ("and", "or", "&"):
            if not found:
                return []
            continue
        if word in _SKIP and onward:
            break
        name = _role_of(word, roles)
        if name is not None and name not in found:
            found.append(name)
        elif name is None and (found or not word.isalpha()):
            break
    return found


def _role_of(word: str, roles: Mapping[str, frozenset[str]]) -> str | None:
    root = stem(word)
    for name, words in roles.items():
        if root in words:
            return name
    if root in {stem(w) for w in _FIRST}:
        return _input(roles)
    if root in {stem(w) for w in (*_LAST, "accumulation", "accumulate", "sum")}:
        return _output(roles)
    return None


def result_width(demo: Demo) -> str | None:
    """The width parameter of a kernel's result or accumulator."""
    return _output(_roles(demo))


def _output(roles: Mapping[str, frozenset[str]]) -> str | None:
    for word in ("output", "out", "result", "accumulator"):
        for name, words in roles.items():
            if stem(word) in words:
                return name
    return None


def _input(roles: Mapping[str, frozenset[str]]) -> str:
    wanted = {stem(word) for word in ("input", "in")}
    return next((name for name, words in roles.items() if words & wanted), next(iter(roles)))


def _converted(
    text: str, types: list[_Type], roles: Mapping[str, frozenset[str]]
) -> dict[str, int]:
    """The widths of "int32 -> int8" and of "16-bit values to 8 bits"."""
    values: dict[str, int] = {}
    output = _output(roles)
    for kind, follows in pairwise(types):
        if output and _TO.fullmatch(text[kind.last : follows.first]):
            values.setdefault(_input(roles), kind.bits)
            values.setdefault(output, follows.bits)
    return values


def _sequence(
    text: str,
    types: list[_Type],
    roles: Mapping[str, frozenset[str]],
    values: dict[str, int],
) -> None:
    """Formats that stand in a row, "int8 x int8 -> int32", and what is left: the main width."""
    output, main = _output(roles), next(iter(roles))
    for i, kind in enumerate(types):
        before = text[types[i - 1].last if i else 0 : kind.first]
        follows = types[i + 1].first if i + 1 < len(types) else None
        if i and output and re.search(r"(?:->|\bto|\binto)\s*$", before):
            values.setdefault(output, kind.bits)
        elif i and re.fullmatch(r"\s*(?:x|\*|by|@)\s*", before):
            other = [name for name in roles if name not in (main, output)]
            if other:
                values.setdefault(other[0], kind.bits)
        elif not _meant(before, text[kind.last : follows], roles):
            values.setdefault(main, kind.bits)
