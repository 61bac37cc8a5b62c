"""A request in one plain spelling: lower case, digits, `16x16` for every shape, few hyphens."""

import re
import unicodedata

from prompts.reading.numerals import digits

_SIGNS = str.maketrans(
    {"×": "x", "✕": "x", "⨯": "x", "→": "->", "⇒": "->", "≤": "<=", "≥": ">=", "–": "-", "—": ", "}
    | {"‑": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "μ": "u", "`": " "}  # noqa: RUF001
)
_NAMED_MATRIX = re.compile(r"\b([A-Z]|[a-z](?=\[))\s*(?=[\[(]\s*\d)")
_NAMED_SIZE = re.compile(
    r"\b([A-Z])\s*(?:is|of|of size|:|has shape|being)\s+(?:an?\s+)?(?=\d+\s*[x,*]\s*\d)"
)
_PRODUCT = re.compile(r"\b([A-Z])\s*=\s*([A-Z])\s*[*x]\s*([A-Z])\b")
_TUPLE = re.compile(r"[\[(]\s*(\d+(?:\s*[,x*]\s*\d+)+)\s*,?\s*[\])]")
_ARGUMENTS = re.compile(r"(?<=\w)\(\s*(\d+(?:\s*,\s*\d+)*)\s*(?:,\s*(?=[a-z])|\))")
_CHAIN = re.compile(r"\b((?:[a-z]\w*\s*=\s*)+)([a-z]\w*)\s*=\s*(\d+)\b")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_EXPONENT = re.compile(r"\b(?![78]e[12]\b)(\d+(?:\.\d+)?)e(\d)\b")
"""Not a serial line's format: "8E1" is 8 bits, even parity, 1 stop bit."""
_HEXADECIMAL = re.compile(r"\b(?:0x|\d+'h)([0-9a-f]+)(?:u?l{0,2}\b)")
_POWER = re.compile(r"\b2\s?(?:\^|\*\*)\s?(\d{1,2})\b")
_BETWEEN = re.compile(r"(?<=\d)\s*(?:x|\*|-by-|by|times|@(?=\s*\d+\s*x\s*\d))\s*(?=\d)")
_MMA = re.compile(r"\bm(\d+)n(\d+)k(\d+)\b")
_SPELLINGS = (
    (re.compile(r"\b([a-z]) ?(?:\*|x) ?([a-z])\b(?=.*= \d+x\d)"), r"\1 matmul \2"),
    (re.compile(r"(?<=\w)\s*@\s*(?=[a-z])"), " matmul "),
    (re.compile(r"\b(?:dim|axis)\s*=\s*-\d+"), ""),
    (re.compile(r"\b(\d)[ -]?(?:d|dim|dimensional)\b(?! vector)"), r"\1d"),
    (re.compile(r"(?<=\d)-(?=[a-z])"), " "),
    (re.compile(r"(?<=[a-z])_(?=[a-z])"), " "),
    (
        re.compile(r"\b(?:per|each|every|an?) (?:clock )?(?:cycle|tick)\b"),
        "per cycle",
    ),
    (re.compile(r"\b(?:per|each|every) (?:clock|clk)\b"), "per cycle"),
    (re.compile(r"\b(\d+:\d+)[ -]+(?=spars|prun)"), r"\1 structured "),
    (re.compile(r"\b1 (?=(?:scale|bias) (?:per|for each) )"), "a "),
    (re.compile(r"\bsingle[ -](?=channel|lane|row|head|filter|multiplier|mac\b|pe\b)"), "1 "),
)


def normalise(text: str) -> str:
    """The request as the other modules of this package read it."""
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    text = _PRODUCT.sub(r"\1 = \2 matmul \3", text)
    text = _NAMED_SIZE.sub(r"\1 = ", _NAMED_MATRIX.sub(r"\1 = ", text))
    text = _MMA.sub(r"m=\1, n=\2, k=\3", text.lower())
    text = _HEXADECIMAL.sub(lambda f: str(int(f[1], 16)), text)
    text = _ARGUMENTS.sub(lambda f: f" args {_joined(f[1])} , ", text)
    text = _TUPLE.sub(lambda f: f" {_joined(f[1])} ", text)
    text = _CHAIN.sub(_unchained, text)
    text = _EXPONENT.sub(lambda f: f"{float(f[1]) * 10 ** int(f[2]):.0f}", text)
    text = _POWER.sub(lambda f: str(2 ** int(f[1])), _THOUSANDS.sub("", text))
    text = _BETWEEN.sub("x", digits(text))
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return " ".join(text.split())


def _unchained(found: re.Match[str]) -> str:
    """ "m = n = 16" as "m = 16, n = 16"."""
    names = re.findall(r"\w+", found[1]) + [found[2]]
    return ", ".join(f"{name} = {found[3]}" for name in names)


def _joined(numbers: str) -> str:
    return "x".join(re.findall(r"\d+", numbers))


class Remainder:
    """The part of a request that has not been understood yet; what is taken out leaves a space."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """All matches of a pattern, taken out of the text."""
        found = list(pattern.finditer(self.text))
        self.text = pattern.sub(" ", self.text)
        return found
