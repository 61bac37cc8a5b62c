"""How figures, times and states read on a page: sensible digits, units, and words with colours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from db import Run, RunStatus
from tools.targets import TARGETS

NOT_RUN = "not run"
"""What stands where a figure was not measured."""


@dataclass(frozen=True)
class Figure:
    """A figure of a design: its name in the records, and how a page shows it."""

    name: str
    label: str
    unit: str = ""
    better: Literal["low", "high"] = "low"
    help: str = ""


METRICS: tuple[Figure, ...] = (
    Figure("cycles", "Cycles", help="From ap_start to ap_done in co-simulation, the most of all."),
    Figure("ii", "II", help="Initiation interval: cycles between calls made back to back."),
    Figure("luts", "LUT", help="Look-up tables."),
    Figure("ffs", "FF", help="Flip-flops."),
    Figure("dsps", "DSP", help="Multiplier blocks."),
    Figure("brams", "BRAM", help="Memory blocks."),
    Figure("fmax_mhz", "Fmax", "MHz", "high", "Highest clock after place and route."),
    Figure("area_um2", "Area", "µm²", help="The sum of the standard cells' areas, not placed."),
    Figure("delay_ps", "Longest path", "ps", help="Through gates alone, by ABC: no wires, set-up."),
)
"""The figures of a run, in the order in which every table has them."""
UNITS: Mapping[str, str] = {
    "mhz": "MHz",
    "ns": "ns",
    "ps": "ps",
    "us": "µs",
    "s": "s",
    "um2": "µm²",
}
"""Units at the end of a name, as they are written."""
_COMMON = ("cycles", "ii", "ffs")
_CELLS = ("area_um2", "delay_ps")

STATUS: Mapping[RunStatus, tuple[str, str]] = {
    "queued": ("gray", "schedule"),
    "running": ("blue", "progress_activity"),
    "passed": ("green", "check_circle"),
    "failed": ("red", "cancel"),
    "stopped": ("orange", "stop_circle"),
    "refused": ("orange", "block"),
    "crashed": ("red", "bug_report"),
}
"""The colour and the icon of a run's status."""
LIVE = ("queued", "running")


def number(x: float | None, unit: str = "") -> str:
    """A figure with three significant digits or more, thousands set apart, and its unit."""
    if x is None:
        return NOT_RUN
    if x == int(x) or abs(x) >= 1000:
        text = f"{x:,.0f}"
    else:
        text = f"{x:.1f}" if abs(x) >= 10 else f"{x:.3g}"
    return f"{text} {unit}".rstrip()


def measured(name: str, value: float) -> tuple[str, str]:
    """A tool's metric, whose name ends in its unit: a label, and the figure with its unit."""
    for metric in METRICS:
        if metric.name == name:
            return metric.label, number(value, metric.unit)
    label, unit = with_unit(name)
    return label, number(value, unit)


def with_unit(name: str) -> tuple[str, str]:
    """A name that may end in a unit, as a label, and the unit as it is written."""
    stem, _, ending = name.rpartition("_")
    unit = UNITS.get(ending, "") if stem else ""
    return (stem if unit else name).replace("_", " ").capitalize(), unit


def figure(run: Run, metric: Figure) -> str:
    """A run's figure as text."""
    return number(getattr(run, metric.name), metric.unit)


def figures_of(runs: Sequence[Run]) -> list[Figure]:
    """The figures that the targets of these runs can have: of a device, of standard cells."""
    kinds = {_on_cells(run) for run in runs} or {False}
    return [
        metric for metric in METRICS if metric.name in _COMMON or (metric.name in _CELLS) in kinds
    ]


def area(run: Run) -> Figure:
    """What measures a run's area: look-up tables, or the sum of its standard cells."""
    name = "area_um2" if _on_cells(run) else "luts"
    return next(metric for metric in METRICS if metric.name == name)


def _on_cells(run: Run) -> bool:
    target = TARGETS.get(run.target)
    return target is not None and target.library is not None


def share(run: Run, name: str) -> float | None:
    """How much of the run's device a count takes, in percent; None when it is not a resource."""
    value, target = getattr(run, name), TARGETS.get(run.target)
    capacity = target.capacity().get(name) if target else None
    return 100 * value / capacity if capacity and value is not None else None


def latency_us(run: Run) -> float | None:
    """The latency in microseconds at the design's highest clock."""
    if run.cycles is None or not run.fmax_mhz:
        return None
    return run.cycles / run.fmax_mhz


def ago(moment: datetime) -> str:
    """How long ago a moment was."""
    seconds = max(0.0, (datetime.now(UTC) - moment).total_seconds())
    if seconds < 2:
        return "just now"
    if seconds < 7 * 86_400:
        return f"{span(seconds, parts=1)} ago"
    return f"{moment.day} {moment:%B %Y}"


def span(seconds: float, parts: int = 2) -> str:
    """A length of time in its largest units, at most so many of them."""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 and parts > 1 else f"{seconds:.0f} s"
    left, words = int(seconds), list[str]()
    for unit, length in (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)):
        count, left = divmod(left, length)
        if count or words:
            words.append(f"{count} {unit}")
    return " ".join(words[:parts])


def took(run: Run) -> str:
    """How long a run has been worked on."""
    if run.started is None:
        return "not begun"
    return span(((run.ended or datetime.now(UTC)) - run.started).total_seconds())


def status_badge(status: RunStatus) -> str:
    """A status as Markdown: a badge with its colour, icon and word."""
    colour, icon = STATUS[status]
    return f":{colour}-badge[:material/{icon}: {status}]"


def price(run: Run) -> str:
    """What the model calls of a run cost."""
    if not run.input_tokens + run.output_tokens:
        return "no model calls"
    unknown = f", {run.unpriced_calls} of unknown price" if run.unpriced_calls else ""
    tokens = f"{run.input_tokens:,} tokens read, {run.output_tokens:,} written"
    known = f"{run.usd:.4f} USD" if run.usd or not run.unpriced_calls else ""
    return ", ".join(part for part in (tokens, known) if part) + unknown
