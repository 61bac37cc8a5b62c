"""The clock and the least Fmax that a request names: "50 MHz", "10 ns", "at least 0.1 GHz"."""

import re
from dataclasses import dataclass

from prompts.reading.bounds import AFTER, BOUND, bound_of
from prompts.reading.normal import Remainder
from prompts.task import Constraint

CLOCK_RANGE_MHZ = (1.0, 400.0)
"""What can be asked for; above it no ECP5 clock net toggles."""

_MHZ = {"ghz": 1000.0, "mhz": 1.0, "khz": 0.001, "hz": 1e-6}
_SIGNAL = re.compile(
    r"\b(?:sampled|sampling|sampler|samples? (?:rate|frequency|per|a|each)|cut ?-?off|"
    r"pass ?-?band|stop ?-?band|band ?-?width|audio|tone|carrier|nyquist|signals?|"
    r"low ?-?pass|high ?-?pass|band ?-?pass)\b"
)
_LEAD = (
    r"(?:\b(?:running|run|clocked|clock|runs|operating|working|target(?:ing)?|"
    r"aim)\s+)?(?:\b(?:at|for|with|of|@|to)\s+(?:an? |the )?)?@?\s*"
)
_SUBJECT = (
    r"(?:\b(?P<subject>fmax|f max|clock|clk|frequency|freq)(?: frequency| freq|"
    r" speed| rate)?\b(?! cycles)\s*(?:is|of|at|to|=|:|should be|"
    r"must be)?\s*(?:be )?)?"
)
_FREQUENCY = re.compile(
    rf"{_LEAD}{_SUBJECT}(?:{BOUND}\s*)?(?P<number>\d+(?:\.\d+)?)(?P<plus>\s?\+)?[ -]*"
    rf"(?P<unit>[gmk]?hz)\b(?:\s*{AFTER})?(?:\s+(?:clock|clk|fmax|frequency|system clock))?"
)
_UNITLESS = re.compile(
    rf"\b(?P<subject>fmax|f max|clock|clk|frequency|freq)(?: frequency| freq| speed| rate)?"
    rf"\s*(?:is|of|at|to|=|:)?\s*(?:{BOUND}\s*)?(?P<number>\d+(?:\.\d+)?)(?=\s*(?:$|"
    rf"[,;)]|\.(?!\d)|and\b|on\b|with\b))"
)
_PERIOD = re.compile(
    r"(?:\b(?:at|with|for|of)\s+(?:an? )?)?\b(?:(?P<before>(?:clock )?period|clock|"
    r"clk|cycle time)\s*(?:of|is|=|:)?\s*)?"
    rf"(?:{BOUND}\s*)?\b(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>ns|ps)\b"
    r"(?P<behind>\s*(?:clock(?: period)?|clk|period|cycle time|cycles?)\b)?"
)
_LATENCY = re.compile(
    rf"(?:\b(?:latency|time|finish\w*|complet\w+|done|runs?|takes?|response)\b[a-z ]{{0,20}}?)"
    rf"(?:\b(?:in|of|is|be|=|"
    rf":)\s+)*(?:{BOUND}\s*)?\b(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>ns|us|ms)\b|"
    r"\b(?:within|in(?: less than| under|"
    r" at most)?)\s+(?P<number2>\d+(?:\.\d+)?)\s?(?P<unit2>us|ms)\b"
)


@dataclass(frozen=True)
class Clock:
    """What a request says of time; `mhz` is None when it names no clock."""

    mhz: float | None = None
    constraints: tuple[Constraint, ...] = ()
    latency_us: float | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()


def clock(rest: Remainder) -> Clock:
    """Take clocks, periods, Fmax limits and latencies in seconds out of a request."""
    latency_us = _latency(rest)
    plain: list[float] = []
    bounds: dict[str, float] = {}
    notes: list[str] = []
    for found, mhz in [*_frequencies(rest, notes), *_periods(rest)]:
        words = found.groupdict()
        if (
            bound := words.get("bound")
            or words.get("after")
            or ("min" if words.get("plus") else "")
        ):
            kind = bound_of(bound)
            if words.get("unit") in ("ns", "ps"):
                kind = "at least"
            bounds[kind] = max(mhz, bounds.get(kind, 0)) if kind == "at least" else mhz
        elif words.get("subject") in ("fmax", "f max"):
            bounds["at least"] = mhz
        else:
            plain.append(mhz)
    return _decide(plain, bounds, latency_us, notes)


def _decide(
    plain: list[float], bounds: dict[str, float], latency_us: float | None, notes: list[str]
) -> Clock:
    least, most = bounds.get("at least"), bounds.get("at most")
    if least is not None and most is not None and least > most:
        return Clock(
            problem=f"at least {least:g} MHz and at most {most:g} MHz contradict each other; "
            "name one clock frequency"
        )
    if len(set(plain)) > 1:
        return Clock(
            problem=f"two clocks are named, {plain[0]:g} MHz and {plain[1]:g} MHz; name one"
        )
    mhz = plain[0] if plain else most if least is None else least
    low, high = CLOCK_RANGE_MHZ
    for value in (mhz, least):
        if value is not None and not low <= value <= high:
            return Clock(
                problem=(
                    f"a clock of {value:g} MHz is out of range; choose from {low:g} to {high:g} MHz"
                )
            )
    limits = (Constraint("fmax_mhz", "at least", least),) if least is not None else ()
    return Clock(mhz, limits, latency_us, notes=tuple(notes))


def _frequencies(rest: Remainder, notes: list[str]) -> list[tuple[re.Match[str], float]]:
    """Frequencies that are a clock's; one beside "sample rate" or "cut-off" is the signal's."""
    text, found = rest.text, []
    for match in rest.take(_FREQUENCY):
        around = text[max(0, match.start() - 28) : match.end() + 18]
        near_clock = match["subject"] or re.search(r"\b(?:clock|clk|fmax)\b", match.group())
        signal = _SIGNAL.search(around) and not near_clock and not match["bound"]
        if match["unit"] in ("hz", "khz") and not near_clock or signal and match["unit"] != "ghz":
            notes.append(f"{match['number']} {match['unit']} is passed over: not a clock")
        else:
            found.append((match, float(match["number"]) * _MHZ[match["unit"]]))
    for match in rest.take(_UNITLESS):
        notes.append(f"{match['subject']} {match['number']} is taken in MHz")
        found.append((match, float(match["number"])))
    return found


def _periods(rest: Remainder) -> list[tuple[re.Match[str], float]]:
    in_mhz = {"ns": 1e3, "ps": 1e6}
    return [
        (match, in_mhz[match["unit"]] / float(match["number"]))
        for match in rest.take(_PERIOD)
        if float(match["number"])
    ]


def _latency(rest: Remainder) -> float | None:
    in_us = {"ns": 1e-3, "us": 1.0, "ms": 1e3}
    for match in rest.take(_LATENCY):
        number, unit = match["number"] or match["number2"], match["unit"] or match["unit2"]
        return float(number) * in_us[unit]
    return None
