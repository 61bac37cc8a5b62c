"""The parameters of a kernel that a request names: shapes, widths, choices and numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from prompts.demo import Demo
from prompts.reading import problems
from prompts.reading.beside import beside
from prompts.reading.choices import choices, scaled
from prompts.reading.normal import Remainder
from prompts.reading.rates import rates
from prompts.reading.shapes import shapes
from prompts.reading.widths import signs, widths
from prompts.sheet import Setting

_PAIR = re.compile(r"\b2\b.*\b(?:vectors|matrices|operands|inputs|arrays)\b")
_BEFORE_NUMBER = re.compile(r"(?<=[a-z])-(?=\d)")


@dataclass(frozen=True)
class Found:
    """Parameters said in a request, a problem or "", and what was passed over."""

    values: dict[str, Setting]
    problem: str
    notes: tuple[str, ...]


def parameters(rest: Remainder, demo: Demo, earlier: Mapping[str, Setting]) -> Found:
    """Take a kernel's parameters out of what is left of a request.

    `earlier` are the parameters of the task that the request changes, empty in a first request.
    """
    rest.text = _BEFORE_NUMBER.sub(" ", rest.text)
    sheet = demo.sheet
    pair = _PAIR.search(rest.text)
    each_cycle, passed_over = rates(rest, demo)
    values = each_cycle | signs(rest.text, demo)
    values |= widths(rest, demo)
    values |= choices(rest, demo)
    values |= shapes(rest, sheet.shapes, set())
    values |= scaled(rest, demo, earlier)
    named = beside(rest, demo)
    problem = ""
    clashes = [*named.clashes]
    clashes += [(n, values[n], v) for n, v in named.values.items() if values.get(n, v) != v]
    for name, first, second in clashes[:1]:
        problem = problems.clash(demo.name, name, first, second)
    values |= named.values
    values |= shapes(rest, sheet.followup_shapes if earlier else sheet.bare_shapes, set(values))
    left = [n for n in named.left if ("x" not in n or n in rest.text) and not (pair and n == "2")]
    if not problem and (chains := [shape for shape in left if shape.count("x") > 2]):
        problem = problems.misshapen(demo.name, chains[0], demo.parameters)
    notes = tuple(f"passed over: {number}, beside no parameter's name" for number in left)
    return Found(values, problem, (*passed_over, *notes))
