"""Numbers for each cycle: "8 products per cycle" are lanes, "1 sample per cycle" is no size."""

import re

from prompts.demo import Demo
from prompts.reading.beside import side_by_side
from prompts.reading.normal import Remainder
from prompts.reading.vocabulary import singular
from prompts.reading.wordlists import listed
from prompts.sheet import Setting

_RATE = re.compile(r"(?<![\w.])(\d+) (?:parallel )?(\w+) per cycle\b")
_WORK = frozenset(listed("product multiplication multiply multiplie mult mac operation op pe lane"))


def rates(rest: Remainder, demo: Demo) -> tuple[dict[str, Setting], tuple[str, ...]]:
    """Take the rates out of a text: the lanes that they ask for, and a note for each other one."""
    names = demo.parallel
    words = {word for name in names for word in demo.parameters[name].words}
    values: dict[str, Setting] = {}
    notes = []
    for found in rest.take(_RATE):
        noun = singular(found[2])
        if names and int(found[1]) and (noun in _WORK or f"{noun}s per cycle" in words):
            values |= side_by_side(int(found[1]), names)
        else:
            notes.append(f"passed over: {found.group()}, a rate that no parameter sets")
    return values, tuple(notes)
