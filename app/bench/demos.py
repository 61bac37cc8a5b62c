"""The library's kernels by hand and by the HLS engine: same vectors, cycles and area of both."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from agents.generated import from_cxx
from agents.oracle import oracle_for
from prompts.demos import demos
from prompts.design import Design
from prompts.task import Task
from prompts.vectors import Vectors
from tools.cosim import cosim
from tools.errors import RequestError, ToolError
from tools.hls.engine import hls
from tools.place_route import place_route


@dataclass(frozen=True)
class Figures:
    """One Verilog of a kernel; a figure that was not measured is None."""

    verified: bool
    problem: str = ""
    cycles: float | None = None
    luts: float | None = None
    dsps: float | None = None
    fmax_mhz: float | None = None


@dataclass(frozen=True)
class Row:
    """A kernel of the library with its default parameters."""

    name: str
    by_hand: Figures
    by_hls: Figures

    @property
    def verified(self) -> bool:
        return self.by_hand.verified and self.by_hls.verified

    @property
    def ratio(self) -> float | None:
        """Cycles of the generated Verilog for one of the hand-written."""
        made, written = self.by_hls.cycles, self.by_hand.cycles
        return made / written if made and written else None


def names_of(chosen: str | None) -> list[str]:
    """All kernels, or those that are named with commas between them. Raises `RequestError`."""
    names = chosen.split(",") if chosen else list(demos())
    if unknown := sorted(set(names) - set(demos())):
        raise RequestError(f"there is no kernel {unknown[0]!r}; choose of {', '.join(demos())}")
    return names


def measure(
    names: Sequence[str], target: str, clock_mhz: float, place: bool, jobs: int
) -> Iterator[Row]:
    """Each kernel both ways, called with the vectors that its golden model answers."""
    row = partial(_row, target=target, clock_mhz=clock_mhz, place=place)
    if jobs == 1:
        yield from map(row, names)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(row, names)


def _row(name: str, *, target: str, clock_mhz: float, place: bool) -> Row:
    demo = demos()[name]
    design = demo.design(demo.settle())
    oracle = oracle_for(Task(name, name))
    if oracle.visible is None:
        raise RequestError(f"the kernel {name!r} has no vectors")
    called = partial(
        _figures, vectors=oracle.visible, patience=oracle.max_cycles, target=target,
        clock_mhz=clock_mhz, place=place,
    )  # fmt: skip
    report = hls(design.only("hls"), target, clock_mhz=clock_mhz)
    made = from_cxx(design, [report])
    by_hls = called(made) if report.passed else Figures(False, report.summary)
    return Row(name, called(design.only("verilog")), by_hls)


def _figures(
    design: Design, *, vectors: Vectors, patience: int, target: str, clock_mhz: float, place: bool
) -> Figures:
    report = cosim(design, vectors, max_cycles=patience)
    found = dict(report.metrics)
    problem = "" if report.passed else report.summary
    if place and report.passed:
        try:
            found |= place_route(design, target, clock_mhz).metrics
        except ToolError as error:
            problem = str(error)
    kept = {name: found.get(name) for name in ("cycles", "luts", "dsps", "fmax_mhz")}
    return Figures(report.passed, problem, **kept)
