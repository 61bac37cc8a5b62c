"""Numbers beside a parameter's name or words: "64 taps", "k = 3", "number of lanes: 8"."""

import re
from dataclasses import dataclass

from prompts.demo import Demo
from prompts.reading.normal import Remainder
from prompts.reading.vocabulary import singular
from prompts.reading.wordlists import listed
from prompts.sheet import Setting

_TOKEN = re.compile(
    r"(?P<number>(?<![\w.])-?\d+(?:\.\d+)?k?(?![\w.]*\d*x\d))(?![a-z])|"
    r"(?P<word>[a-z][a-z0-9]*|\d+[a-z]\w*)|"
    r"(?P<sign>->|==|:=|=>|[=:,;()|<>]|\.(?=\s|$))"
)
_GENERIC = frozenset({"bit", "bits", "int"})
_PARALLEL = listed(
    "lanes,parallel,parallelism,unroll,unrolled,unroll factor,multipliers,macs,mac units,pes,"
    "processing elements,per cycle,at a time,at once,way parallel",
    ",",
)
_TOGETHER = "*"
"""The name of the number of multipliers that several parallel parameters make up together."""
_EQUALS = frozenset({"=", ":", ":=", "=="})
_IS = frozenset(
    listed("of is are to at be being equal equals set as with by the number size length")
)
_STOP = frozenset(
    listed("and or with by on at in for to from -> then , ; . ( ) | < > => that which")
)


@dataclass(frozen=True)
class _Token:
    text: str
    kind: str
    first: int
    last: int


@dataclass(frozen=True)
class _Place:
    """Where a parameter's words stand: the first and last token."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Named:
    """Numbers found: the values, what was left over, and parameters that got two values."""

    values: dict[str, Setting]
    left: tuple[str, ...]
    clashes: tuple[tuple[str, Setting, Setting], ...]


def beside(rest: Remainder, demo: Demo) -> Named:
    """Give each number of the text to the parameter whose words are nearest to it."""
    tokens = [
        _Token(found.group(), found.lastgroup or "", found.start(), found.end())
        for found in _TOKEN.finditer(rest.text)
    ]
    places = _places(tokens, demo)
    numbers = [i for i, token in enumerate(tokens) if token.kind == "number"]
    pairs = sorted(
        (cost, -(place.last - place.first), number, place.first, place)
        for number in numbers
        for place in places
        if (cost := _cost(tokens, number, place, demo)) is not None
    )
    used_numbers: set[int] = set()
    used_places: set[int] = set()
    values: dict[str, Setting] = {}
    clashes: list[tuple[str, Setting, Setting]] = []
    for _, _, number, first, place in pairs:
        if number in used_numbers or first in used_places:
            continue
        used_numbers.add(number)
        used_places.add(first)
        value = value_of(tokens[number].text)
        if values.setdefault(place.name, value) != value:
            clashes.append((place.name, values[place.name], value))
    together = values.pop(_TOGETHER, None)
    if isinstance(together, int) and together > 0:
        values = {**side_by_side(together, demo.parallel), **values}
    left = [tokens[i].text for i in numbers if i not in used_numbers]
    left += re.findall(r"(?<![\w.])\d+(?:x\d+)+(?![\w.])", rest.text)
    return Named(values, tuple(left), tuple(clashes))


def side_by_side(product: int, names: list[str]) -> dict[str, Setting]:
    """A number of multipliers, at least 1, as the squarest array that has as many: 8 is 2 x 4."""
    if len(names) == 1:
        return {names[0]: product}
    small = max(n for n in range(1, int(product**0.5) + 1) if product % n == 0)
    return dict(zip(names, (small, product // small), strict=False))


def value_of(number: str) -> Setting:
    """The value of a number: "4k" is 4096, "10k" 10000, and a fraction stays text."""
    thousands = number.endswith("k")
    amount = float(number.rstrip("k"))
    if thousands:
        power_of_two = amount == int(amount) and int(amount) & (int(amount) - 1) == 0
        amount *= 1024 if power_of_two else 1000
    return int(amount) if amount == int(amount) else number


def _places(tokens: list[_Token], demo: Demo) -> list[_Place]:
    """The parameters' words in the text, the longest at each place."""
    phrases = [
        (tuple(singular(word) for word in phrase.lower().replace("_", " ").split()), name)
        for name, parameter in demo.parameters.items()
        if not parameter.choices
        for phrase in (name, *parameter.words)
        if phrase not in _GENERIC
    ]
    lanes = demo.parallel
    if lanes:
        name = lanes[0] if len(lanes) == 1 else _TOGETHER
        phrases += [(tuple(singular(w) for w in phrase.split()), name) for phrase in _PARALLEL]
    phrases.sort(key=lambda item: -len(item[0]))
    nouns = [singular(token.text) if token.kind == "word" else token.text for token in tokens]
    places: list[_Place] = []
    at = 0
    while at < len(tokens):
        for words, name in phrases:
            if tuple(nouns[at : at + len(words)]) == words:
                places.append(_Place(name, at, at + len(words) - 1))
                at += len(words) - 1
                break
        at += 1
    return places


def _cost(tokens: list[_Token], number: int, place: _Place, demo: Demo) -> int | None:
    """How far a number is from a parameter's words, 0 for `word = number`; None: not together."""
    if number > place.last:
        between = [token.text for token in tokens[place.last + 1 : number]]
        return _cost_behind(
            between, len(tokens[place.first].text) == 1 and place.first == place.last
        )
    if place.first == place.last and len(tokens[place.first].text) == 1:
        return None
    between = [token.text for token in tokens[number + 1 : place.first]]
    if len(between) > 2 or _STOP & set(between) or any(t in _EQUALS for t in between):
        return None
    if "of" in between or any(text[0].isdigit() for text in between):
        return None
    if tokens[place.last + 1 : place.last + 2] and tokens[place.last + 1].text in _EQUALS:
        return None
    return (1, 4, 6)[len(between)]


def _cost_behind(between: list[str], letter: bool) -> int | None:
    """The cost of words before their number; a single letter needs a sign between."""
    signs = [text for text in between if text in _EQUALS]
    words = [text for text in between if text not in _EQUALS]
    if signs and len(between) <= 3 and all(word in _IS for word in words):
        return 0
    if letter and not (words and words[-1] in ("of", "is") and len(words) == 1):
        return None
    if not between:
        return 5
    return 2 if len(between) <= 3 and all(word in _IS for word in between) else None
