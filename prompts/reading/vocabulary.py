"""Words: their stems, the library's vocabulary, and the correction of typing errors against it."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from prompts.demo import Demo
from prompts.reading.wordlists import listed

STOPWORDS = frozenset(
    listed(
        "a an the of for with and or to in on at by is are be it its this that two both each as "
        "from into i we me my our us you your please can could would some any using per between"
    )
)
_COMMON = frozenset(
    listed(
        "about above after again other their there these thing think those three under where "
        "which while write wrote simple later could would should please words works world little "
        "makes great still shall count short match first there's hello today weather means story "
        "given better faster smaller larger bigger number letter latter matter master window "
        "windows counter computer printer prints points price place plate slice space state "
        "start store station section session version tables tiles times lines lives lanes planes"
    )
)
_IRREGULAR = {"matrices": "matrix", "indices": "index", "taps": "tap", "axes": "axis"}
_ENDINGS = re.compile(
    r"(?:ications?|ations?|utional|ution(?:s|al)?|olv(?:e|es|ing|er)|ional|iers?|y|"
    r"ies|ers?|ing|ed|es|s|e|ors?)$"
)
_IZE = re.compile(r"is(?=(?:e|es|ed|er|ing|ation|ations)$)")
_WORD = re.compile(r"[a-z][a-z0-9]*|\d+d\b")


def stem(word: str) -> str:
    """A word without its ending, British and American spellings alike."""
    word = _IRREGULAR.get(word, word)
    if len(word) < 4 or not word.isalpha():
        return word[:-1] if len(word) == 3 and word.endswith("s") and word != "abs" else word
    word = _IZE.sub("iz", word)
    if word.startswith("convol") or word in ("convs", "conv"):
        return "conv"
    cut = _ENDINGS.sub("", word)
    return cut if len(cut) >= 3 else word


def singular(word: str) -> str:
    """A noun in the singular; verbs and other endings stay as they are."""
    word = _IRREGULAR.get(word, word)
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 2 and word[-1] == "s" and word[-2] != "s" else word


def words_of(text: str) -> list[str]:
    """The words of a text, without numbers and shapes."""
    return _WORD.findall(text.lower().replace("_", " "))


@lru_cache(maxsize=16384)
def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a text's words, stop words left out; those of the sheets are asked for again
    with every request."""
    return tuple(stem(word) for word in words_of(text) if word not in STOPWORDS)


def vocabulary(demos: Mapping[str, Demo]) -> frozenset[str]:
    """The words of five letters and more that name the library's kernels and parameters."""
    texts: list[str] = ["accumulator output input architecture target frequency latency cycles"]
    for demo in demos.values():
        texts += demo.sheet.names
        texts += [word for parameter in demo.parameters.values() for word in parameter.words]
    return frozenset(word for word in words_of(" ".join(texts)) if len(word) >= 5)


def corrected(text: str, known: frozenset[str]) -> str:
    """The text with misspelt words of the vocabulary put right."""
    stems = {stem(word) for word in known}
    wrong = {
        word: right
        for word in {w for w in _WORD.findall(text) if len(w) >= 5}
        if word not in _COMMON
        and stem(word) not in stems
        and (right := _closest(word, known)) is not None
    }
    return _WORD.sub(lambda found: wrong.get(found.group(), found.group()), text)


def _closest(word: str, known: Iterable[str]) -> str | None:
    best, closeness = None, 0.84
    for candidate in sorted(known):
        if candidate[0] != word[0] or abs(len(candidate) - len(word)) > 2:
            continue
        if sorted(candidate) == sorted(word):
            return candidate
        matcher = SequenceMatcher(None, word, candidate)
        if matcher.real_quick_ratio() > closeness and matcher.ratio() > closeness:
            best, closeness = candidate, matcher.ratio()
    return best
