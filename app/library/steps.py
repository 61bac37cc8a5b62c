"""The steps of an entry's check: each yields what is wrong, and adds to the entry's figures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from agents.generated import from_cxx
from app.library.configurations import drawn, scaled, small
from prompts.demo import Demo, Settings
from prompts.design import Design
from tools.cosim import cosim
from tools.csim import csim
from tools.errors import ToolError
from tools.hls.engine import hls
from tools.lint import lint
from tools.parse import parse
from tools.place_route import place_route
from tools.report import Report
from tools.strength import strength
from tools.targets import target_named

CLOCK_MHZ = 100.0
DEVICES = ("ecp5-25k", "ecp5-45k")
"""A small configuration is placed on the first of them that it fits."""
REQUESTS = 6
NEAR_REFERENCE, NEAR_HAND, STRONG = 1.15, 1.3, 0.9
"""Cycles of the Verilog against the reference, of the C++ against the Verilog; mutants noticed."""
Figures = dict[str, float]


@dataclass(frozen=True)
class Effort:
    """How much a check tries."""

    random: int = 2
    """Random settings."""
    mutants: int = 24
    mutants_s: float = 240.0


@dataclass
class Trial:
    """An entry under check, and the figures measured so far."""

    demo: Demo
    effort: Effort
    figures: Figures = field(default_factory=dict)


def folder(trial: Trial) -> Iterator[str]:
    """The files beside the sources are there and fit them."""
    demo = trial.demo
    source = demo.design(small(demo)).verilog[f"{demo.name}.v"]
    demo.instruction(small(demo))
    yield from _description(demo, source)
    if len(demo.requests) < REQUESTS:
        yield f"requests.yaml has {len(demo.requests)} requests; give at least {REQUESTS}"
    if not demo.sheet.scaled:
        yield "demo.yaml has no scaled configuration (field 'scaled')"
    scaled(demo)


def _description(demo: Demo, source: str) -> Iterator[str]:
    """What is said of the Verilog, and drawn of it, is there."""
    blocks, lines = demo.description.blocks.keys(), demo.description.lines
    said = demo.description.located(source).values()
    for line in lines:
        if line.code not in source:
            yield f"description.yaml explains {line.code!r}, which no line of the Verilog has"
        elif line.says not in said:
            yield f"description.yaml explains {line.code!r} after a line that comes behind it"
    arguments = demo.sheet.interface.keys()
    drawn = {name for step in demo.description.edges() for name in step}
    for name in sorted(drawn - blocks - arguments):
        yield f"description.yaml has {name!r} in its flow, which is neither argument nor block"
    for name in sorted(arguments - drawn):
        yield f"description.yaml says in no flow where the argument {name!r} leads"
    if not blocks or len(lines) < len(blocks):
        yield "description.yaml has too little: every block, and a line of each"


def digests(trial: Trial) -> Iterator[str]:
    """The golden model answers what an independent model of the kernel answered."""
    expected, found = trial.demo.sheet.digests, list(trial.demo.accepted())
    trial.figures["digests"] = len(expected)
    if expected != found:
        yield f"the golden model's digests are {found}, and demo.yaml expects {expected}"


def findings(trial: Trial) -> Iterator[str]:
    """Neither parser nor linter has anything to say of the Verilog, not even a warning."""
    for settings in (small(trial.demo), scaled(trial.demo)):
        hand = by_hand(trial.demo.design(settings))
        for report in (parse(hand), lint(hand)):
            if report.diagnostics:
                yield _said(report)


def small_configuration(trial: Trial) -> Iterator[str]:
    """The defaults three ways, and the cycles of each."""
    figures, demo = trial.figures, trial.demo
    settings = small(demo)
    figures["corners"] = len(demo.vectors(settings, count=0).calls)
    figures["lower_bound"] = demo.lower_bound(settings)
    figures["reference"] = demo.reference(settings)
    yield from _agreement(trial, settings, "")
    if (cycles := _pace(figures, "")) and cycles > NEAR_REFERENCE * figures["reference"]:
        times = cycles / figures["reference"]
        yield f"{cycles:g} cycles are {times:.2f} times the reference of {figures['reference']:g}"
    yield from _by_hls(figures, "")


def scaled_configuration(trial: Trial) -> Iterator[str]:
    """The scaled-up parameters three ways."""
    settings = scaled(trial.demo)
    trial.figures["scaled_lower_bound"] = trial.demo.lower_bound(settings)
    trial.figures["scaled_reference"] = trial.demo.reference(settings)
    yield from _agreement(trial, settings, "scaled_", calls=1)
    yield from _by_hls(trial.figures, "scaled_")


def _by_hls(figures: Figures, prefix: str) -> Iterator[str]:
    """HLS is about as quick as the Verilog by hand."""
    cycles, by_hls = _pace(figures, prefix), _pace(figures, f"{prefix}hls_")
    if cycles and by_hls and by_hls > NEAR_HAND * cycles:
        yield f"HLS takes {by_hls:g} cycles, {by_hls / cycles:.2f} times those of the Verilog"


def random_settings(trial: Trial) -> Iterator[str]:
    """Random parameters three ways."""
    for seed in range(trial.effort.random):
        settings = drawn(trial.demo, seed)
        for problem in _agreement(replace(trial, figures={}), settings, ""):
            chosen = ", ".join(f"{name} {value}" for name, value in settings.items())
            yield f"with {chosen}: {problem}"
    trial.figures["random_settings"] = trial.effort.random


def faults(trial: Trial) -> Iterator[str]:
    """The vectors notice small faults in the Verilog.

    Those of which no proof says whether they change an answer do not count.
    """
    demo, effort = trial.demo, trial.effort
    settings = small(demo)
    report = strength(
        by_hand(demo.design(settings)),
        demo.vectors(settings, count=16),
        limit=effort.mutants,
        time_s=effort.mutants_s,
    )
    found = report.metrics
    survived = sum(s["fate"] == "survived" for s in report.details["survivors"])
    noticed = found["killed"] + survived
    trial.figures |= {n: found[n] for n in ("mutants", "killed", "undecided")}
    trial.figures |= {"survived": survived, "score": found["killed"] / noticed if noticed else 0.0}
    if not found["empty_rejected"]:
        yield "the vectors pass on a design that computes nothing"
    if trial.figures["score"] < STRONG:
        yield f"the vectors miss {survived} of {noticed:g} faults that change an answer"


def placement(trial: Trial) -> Iterator[str]:
    """The small configuration on a device: area and speed, of the Verilog and by HLS."""
    design = trial.demo.design(small(trial.demo))
    for prefix, placed in (("", by_hand(design)), ("hls_", generated(design)[0])):
        if placed is None:
            continue  # said in the step before
        device, found, said = _placed(placed)
        names = ("luts", "ffs", "dsps", "brams", "fmax_mhz")
        trial.figures |= {prefix + n: found[n] for n in names if n in found}
        if not device:
            what = "what HLS makes of the C++" if prefix else "the Verilog"
            yield f"{what} is not placed: {said}"
        elif not prefix:
            trial.figures["device_luts"] = target_named(device).holds["luts"]
            if found["fmax_mhz"] < CLOCK_MHZ:
                yield f"{found['fmax_mhz']:.1f} MHz are below {CLOCK_MHZ:g} MHz"


STEPS: tuple[Callable[[Trial], Iterator[str]], ...] = (
    folder, digests, findings, small_configuration, random_settings, scaled_configuration, faults,
    placement,
)  # fmt: skip


def _agreement(trial: Trial, settings: Settings, prefix: str, calls: int = 2) -> Iterator[str]:
    """C++, Verilog and the Verilog that HLS makes of the C++ answer as the golden model does."""
    design = trial.demo.design(settings)
    vectors = trial.demo.vectors(settings, seed=11, count=calls)
    hand = by_hand(design)
    for report in (parse(hand), lint(hand), csim(design, vectors)):
        if not report.passed:
            yield _said(report)
    report = cosim(hand, vectors)
    _keep(trial.figures, report, prefix)
    if not report.passed:
        yield _said(report)
    made, synthesis = generated(design)
    if made is None:
        yield _said(synthesis)
        return
    report = cosim(made, vectors)
    _keep(trial.figures, report, f"{prefix}hls_")
    if not report.passed:
        yield f"what HLS makes of the C++: {_said(report)}"


def generated(design: Design) -> tuple[Design | None, Report]:
    """The design with the Verilog that HLS makes of its C++, and the report of that."""
    report = hls(replace(design, files=design.cxx), clock_mhz=CLOCK_MHZ)
    if not report.passed:
        return None, report
    return by_hand(from_cxx(design, [report])), report


def _placed(design: Design) -> tuple[str, Mapping[str, float], str]:
    """The smallest device that holds a design with its figures, or "" and why the last does not."""
    said = ""
    for device in DEVICES:
        try:
            report = place_route(design, device, CLOCK_MHZ)
        except ToolError as error:
            said = str(error)
            continue
        if "fmax_mhz" in report.metrics:
            return device, report.metrics, ""
        said = report.summary
    return "", {}, said


def by_hand(design: Design) -> Design:
    """The design with its Verilog alone."""
    return replace(design, files=design.verilog)


def _keep(figures: Figures, report: Report, prefix: str) -> None:
    figures |= {prefix + n: report.metrics[n] for n in ("cycles", "ii") if n in report.metrics}


def _pace(figures: Figures, prefix: str) -> float | None:
    """Cycles from a call to the next: calls of a pipelined design overlap."""
    found = [figures[n] for n in (f"{prefix}cycles", f"{prefix}ii") if n in figures]
    return min(found, default=None)


def _said(report: Report) -> str:
    return f"{report.tool}: {report.text(600)}"
