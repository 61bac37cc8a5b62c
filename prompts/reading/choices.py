"""Parameters that are one of several words, and parameters changed by a factor."""

import re
from collections.abc import Mapping

from prompts.demo import Demo
from prompts.reading.normal import Remainder
from prompts.sheet import Setting

_FACTORS = {
    "twice": 2.0,
    "double": 2.0,
    "2x": 2.0,
    "triple": 3.0,
    "4x": 4.0,
    "half": 0.5,
    "halve": 0.5,
}


def choices(rest: Remainder, demo: Demo) -> dict[str, Setting]:
    """The choice of each parameter that has choices, when the text says one.

    A choice counts when it stands beside the parameter's words ("max pooling"), or when one of
    its `choice_words` stands anywhere; the longest such phrase decides. A phrase with a number
    is taken out, lest the number be read again.
    """
    chosen: dict[str, Setting] = {}
    for name, parameter in demo.parameters.items():
        phrases = [(choice, choice, False) for choice in parameter.choices]
        for choice, words in parameter.choice_words.items():
            phrases += [(word, choice, True) for word in words]
        own = "|".join(re.escape(word) for word in (name, *parameter.words))
        for phrase, choice, anywhere in sorted(phrases, key=lambda item: -len(item[0])):
            said = re.escape(phrase.lower()).replace("\\ ", "[ =:-]*")
            beside = rf"\b(?:{said}[ -]?(?:{own})|(?:{own})\s*(?:is|=|:|of|by|with|to)?\s*{said})\b"
            alone = rf"(?<!\w){said}(?!\w)"
            if re.search(alone if anywhere else beside, rest.text):
                chosen[name] = choice
                if any(sign.isdigit() for sign in phrase):
                    rest.take(re.compile(alone))
                break
    return chosen


def sets(said: str, demo: Demo) -> bool:
    """Whether a phrase is a word for a kernel's parameter or choice, as "relu" or "pool" may be."""
    for parameter in demo.parameters.values():
        listed = [word for words in parameter.choice_words.values() for word in words]
        if said in {phrase.lower() for phrase in (*parameter.words, *parameter.choices, *listed)}:
            return True
    return False


def scaled(rest: Remainder, demo: Demo, current: Mapping[str, Setting]) -> dict[str, Setting]:
    """Take changes such as "twice the lanes" and "half as many taps" out of a text."""
    changed: dict[str, Setting] = {}
    said = "|".join(_FACTORS)
    for name, parameter in demo.parameters.items():
        words = "|".join(re.escape(w) for w in (name, *parameter.words) if len(w) > 1)
        form = rf"\b(?P<factor>{said})\s+(?:(?:as many|the|number of|its|of)\s+)*(?:{words})\b"
        value = current.get(name)
        for found in rest.take(re.compile(form)):
            if isinstance(value, int):
                changed[name] = max(1, int(value * _FACTORS[found["factor"]]))
    return changed
