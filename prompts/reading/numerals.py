"""Numbers in words made digits: "sixty-four" is 64, "two hundred and fifty six" is 256."""

import re

from prompts.reading.wordlists import listed

_UNITS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_VALUES = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_SCALES = {"hundred": 100, "thousand": 1000}
_WORD = "|".join(sorted([*_VALUES, *_SCALES], key=len, reverse=True))
_NUMERAL = re.compile(rf"\b(?:{_WORD})(?:(?:[ -]+|[ -]+and[ -]+)(?:{_WORD}))*\b")
_LONE_SCALE = re.compile(r"(\d+(?:\.\d+)?) (hundred|thousand)\b")


def digits(text: str) -> str:
    """Write the numbers of a lower-case text in digits."""
    text = _NUMERAL.sub(lambda found: _value(found.group()), text)
    return _LONE_SCALE.sub(lambda f: f"{float(f[1]) * _SCALES[f[2]]:.0f}", text)


def _value(words: str) -> str:
    """The digits of a numeral; words that do not form one number stay apart ("one two": "1 2")."""
    numbers: list[int] = []
    for part in re.split(r"[ -]+", words):
        if part == "and":
            continue
        if part in _SCALES and not numbers:
            return words
        if part in _SCALES:
            numbers[-1] *= _SCALES[part]
        elif numbers and _joins(numbers[-1], _VALUES[part]):
            numbers[-1] += _VALUES[part]
        else:
            numbers.append(_VALUES[part])
    return " ".join(map(str, numbers))


def _joins(so_far: int, value: int) -> bool:
    """Whether a value goes on with the number said so far, as 4 does with 60 and 28 with 100."""
    if so_far == 0:
        return False
    if so_far % 100 == 0:
        return value < 100
    return so_far % 10 == 0 and so_far % 100 >= 20 and 0 < value < 10
