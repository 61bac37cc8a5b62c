"""What the pragmas may say, so that a word that is none of it is told instead of being ignored."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from tools.hls.pragmas import Pragma, Scope
from tools.report import Diagnostic


class _Words(NamedTuple):
    """The bare words of a pragma, and the keys of its options."""

    plain: frozenset[str]
    keys: frozenset[str]


def _words(plain: str, keys: str) -> _Words:
    return _Words(frozenset(plain.split()), frozenset(keys.split()))


_CUTS = _words("complete block cyclic off", "variable type factor dim object off")
_KNOWN: Mapping[str, _Words] = {
    "pipeline": _words("off rewind enable_flush", "ii style off rewind"),
    "unroll": _words("skip_exit_check region complete off", "factor off"),
    "array_partition": _CUTS,
    "array_reshape": _CUTS,
    "inline": _words("off recursive region", "off"),
    "loop_flatten": _words("off", "off"),
    "loop_tripcount": _words("", "min max avg"),
    "latency": _words("", "min max"),
    "stream": _words("off", "variable depth dim type off"),
    "dependence": _words(
        "inter intra raw war waw true false array pointer",
        "variable class type direction distance dependent",
    ),
}
_NUMBERS = {"pipeline": "ii", "unroll": "factor"}


def unknown_words(found: Sequence[Scope]) -> list[Diagnostic]:
    """A warning for each word that a pragma does not know, or number that is none here."""
    return [
        Diagnostic("warning", text, pragma.file, pragma.line, "PRAGMA")
        for pragma in (p for scope in found for p in scope.pragmas)
        for text in _said(pragma)
    ]


def without_effect(found: Sequence[Scope], scalars: Collection[str]) -> list[Diagnostic]:
    """A warning for each PIPELINE beside another one, and for each partition of `scalars`."""
    said = []
    for scope in found:
        first = scope.find("pipeline")
        for pragma in scope.pragmas:
            name = pragma.options.get("variable", "")
            if pragma.kind == "pipeline" and pragma is not first and first is not None:
                text = f"PIPELINE has no effect beside that of line {first.line}"
            elif pragma.kind in ("array_partition", "array_reshape") and name in scalars:
                text = f"{pragma.kind.upper()} has no effect: {name!r} is no array"
            else:
                continue
            said.append(Diagnostic("warning", text, pragma.file, pragma.line, "PRAGMA"))
    return said


def _said(pragma: Pragma) -> Iterator[str]:
    known, name = _KNOWN.get(pragma.kind), pragma.kind.upper()
    if known is None:
        return
    for word, of in (
        *((w.lower(), known.plain) for w in pragma.words),
        *((key, known.keys) for key in pragma.options),
    ):
        if word not in of:
            near = get_close_matches(word, known.plain | known.keys, 1)
            meant = f"; {near[0]!r} is meant perhaps" if near else ""
            yield f"{name} knows no {word!r}, which has no effect{meant}"
    key = _NUMBERS.get(pragma.kind, "")
    if key in pragma.options and not (pragma.number(key) or 0) > 0:
        yield (
            f"{name} {key}={pragma.options[key]} has no effect: give a number above 0, or the name "
            "of a constant that a #define or a const makes one"
        )
