"""Limits on resources and cycles: "at most 20 DSPs", "under 5k LUTs", "II of 1", "no block RAM"."""

import re

from prompts.reading.bounds import AFTER, BOUND, NUMBER, bound_of, number_of
from prompts.reading.normal import Remainder
from prompts.task import Bound, Constraint, Metric

_METRICS: dict[Metric, str] = {
    "luts": r"luts?|lut4s?|look ?-?up tables?|logic cells?|les",
    "ffs": r"ffs?|flip ?-?flops?|(?<!shift )registers?",
    "dsps": r"dsps?(?: blocks?| slices?| units?)?|(?:hardware |dsp |18x18 )?multipliers?|"
    r"mult18x18d?s?|macs?(?: units?)?",
    "brams": r"b ?rams?|block ?-?rams?|ebrs?|ram blocks?|memory blocks?|block memor(?:y|ies)",
    "cycles": r"(?:(?:clock |clk )?cycles?|clocks)(?! (?:per|a|each) bit)|latency",
    "ii": r"ii|initiation ?-?interval",
}
_BARE: tuple[Metric, ...] = ("luts", "ffs", "dsps", "brams", "cycles")
_AMOUNT = r"(?:a total of |about |around |approximately |roughly )?"
_KIND = r"(?:(?:ecp5|hardware|clock|4 input|total|physical|of|the|its|embedded|dedicated)\s+){0,2}"
_SAID = r"(?:\s+(?:count|usage|use|number|utili[sz]ation|consumption))?"
_IS = r"(?:\s+(?:is|are|should be|must be|to be|must stay|stays?|to|of|at))*"
_SHARE = re.compile(r"\b\d+(?:\.\d+)? ?(?:%|percent)(?: of (?:the )?[a-z0-9-]+)?")


def limits(rest: Remainder) -> tuple[tuple[Constraint, ...], str, tuple[str, ...]]:
    """Take the limits out of a request: constraints, a problem or "", and notes."""
    notes = tuple(
        f"{found.group()} is passed over: give a limit as a number" for found in rest.take(_SHARE)
    )
    bounds: dict[tuple[Metric, Bound], float] = {}
    for metric, names in _METRICS.items():
        for bound, value in _bounded(rest, names) + _exact(rest, metric, names):
            tighter = min if bound == "at most" else max
            bounds[metric, bound] = tighter(value, bounds.get((metric, bound), value))
    for (metric, bound), least in bounds.items():
        most = bounds.get((metric, "at most"))
        if bound == "at least" and most is not None and least > most:
            problem = (
                f"at least {least:g} and at most {most:g} {metric} contradict each other; "
                "keep one of the two limits"
            )
            return (), problem, notes
    return tuple(Constraint(m, b, value) for (m, b), value in bounds.items()), "", notes


def _bounded(rest: Remainder, names: str) -> list[tuple[Bound, float]]:
    """Limits with a bound in words, before or behind the number."""
    forms = (
        rf"{BOUND}\s*{_AMOUNT}{NUMBER}\s+{_KIND}(?:{names})\b",
        rf"\b(?:{names}){_SAID}{_IS}\s*:?\s*{BOUND}\s*{_AMOUNT}{NUMBER}(?:\s+(?:cycles|clocks))?",
        rf"\b{NUMBER}\s+{_KIND}(?:{names})\s+{AFTER}",
    )
    found = [match for form in forms for match in rest.take(re.compile(rf"(?<![\w.]){form}"))]
    words = [match.groupdict() for match in found]
    return [
        (bound_of(said.get("bound") or said.get("after") or ""), number_of(match))
        for said, match in zip(words, found, strict=True)
    ]


def _exact(rest: Remainder, metric: Metric, names: str) -> list[tuple[Bound, float]]:
    """Limits without a bound in words, all from above: "II = 1", "8 DSPs", "no block RAM"."""
    none = (
        rf"(?:no|without|zero|avoid|don't use)\s+(?:any\s+|using\s+|"
        rf"use of\s+)*(?:{names})\b(?! (?:limit|constraint))"
    )
    if metric in ("dsps", "brams") and rest.take(re.compile(rf"\b{none}")):
        return [("at most", 0.0)]
    if metric == "ii":
        forms = [rf"\b(?:{names})\s*(?:of|is|=|:|at)?\s*{NUMBER}\b"]
    elif metric in _BARE:
        names = names.replace(r"(?:hardware |dsp |18x18 )?multipliers?|", "")
        names = names.replace(r"|macs?(?: units?)?", "").replace("|latency", "")
        forms = [
            rf"(?:\b(?:in|using|use|with)\s+)?\b{NUMBER}\s+(?:{names})\b",
            rf"\b(?:{names})\s*(?:of|is|=|:)\s*{NUMBER}\b",
        ]
    return [
        ("at most", number_of(match))
        for form in forms
        for match in rest.take(re.compile(rf"(?<![\w.]){form}"))
    ]
