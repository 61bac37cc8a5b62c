"""Several parameters written at once: "16x16 matrices", "(1,28,28)", "4x4 array".

A sheet's pattern is a row of items. `{m,n}x{k}` is a shape: its first number goes to m and n, its
second to k; a parameter twice must have one value, and a digit stands for itself. `a|b` is one of
two words, in singular or plural; `word?` may be missing; `...` is up to three words that
are no prepositions; `$` is the end of a phrase. A condition
may follow: `{cin}x{height}x{width} if height == width`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from prompts.reading.normal import Remainder
from prompts.render import evaluate

_GAP = (
    r"(?:[ :=()\[\]-]*(?!\d)(?!(?:for|with|on|by|of|using|and|in|to|times|over|as|"
    r"from|a|an)\b)[a-z][\w.+#]*){0,3}?"
)
_SPECIAL = {"...": _GAP, "$": r"(?=\s*(?:[,;.]|$))"}
_APART = r"[ :=()\[\]{}.*-]*"


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[re.Pattern[str], tuple[tuple[str, ...], ...], str]:
    """A pattern as a regular expression, the parameters of each group, and its condition."""
    body, _, condition = pattern.partition(" if ")
    holes: list[tuple[str, ...]] = []

    def shape(item: str) -> str:
        def group(hole: re.Match[str]) -> str:
            holes.append(tuple(hole[1].split(",")))
            return r"(\d+)"

        return r"(?<![\w.])" + re.sub(r"{([\w,]+)}", group, item) + r"(?![\dx]|\.\d)"

    parts: list[str] = []
    for item in body.split():
        if item in _SPECIAL:
            parts.append(_SPECIAL[item])
            continue
        optional = item.endswith("?")
        if "{" in item:
            part = shape(item)
        else:
            words = item.rstrip("?").split("|")
            part = "|".join(_word(word) for word in words)
        parts.append(f"(?:{_APART}(?:{part}))?" if optional else f"{_APART}(?:{part})")
    return re.compile("".join(parts).removeprefix(_APART)), tuple(holes), condition


def _word(word: str) -> str:
    if not word[0].isalpha():
        return re.escape(word)
    ending = (
        f"{re.escape(word[:-1])}(?:ys?|ies)" if word[-1] == "y" else f"{re.escape(word)}(?:s|es)?"
    )
    return rf"(?<!\w){ending}(?!\w)"


def shapes(rest: Remainder, patterns: Iterable[str], taken: set[str]) -> dict[str, int]:
    """Take the shapes out of a text, the first pattern first; a pattern about a parameter in
    `taken` or read before is left alone."""
    values: dict[str, int] = {}
    for pattern in patterns:
        expression, holes, condition = _compiled(pattern)
        for found in expression.finditer(rest.text):
            said = _values(found, holes)
            if said is None or (condition and not evaluate(condition, said)):
                continue
            known = {n: v for n, v in said.items() if n in values}
            if taken & said.keys() or any(values[n] != v for n, v in known.items()):
                continue
            values |= said
            rest.text = f"{rest.text[: found.start()]} , {rest.text[found.end() :]}"
            break
    return values


def _values(found: re.Match[str], holes: tuple[tuple[str, ...], ...]) -> Mapping[str, int] | None:
    """The parameters that a match gives; None when one of them gets two values."""
    said: dict[str, int] = {}
    for number, names in zip(found.groups(), holes, strict=True):
        for name in names:
            if said.setdefault(name, int(number)) != int(number):
                return None
    return said
