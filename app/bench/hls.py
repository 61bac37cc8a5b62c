"""The HLS engine over a suite of kernels: verified, how many cycles, how large and how fast."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from prompts.design import Design
from tools.cosim import cosim
from tools.errors import RequestError
from tools.hls.engine import VERILOG
from tools.report import Report

SUITE = Path(__file__).parents[2] / "tests" / "kernels"
"""A folder for each kernel, named after its top; its testbench's files begin with `tb`."""
DENSE = 100
"""Cycles of pipelined iterations from which on the depth of pipelines hardly counts."""
SLACK = 1.1
"""What a dense kernel may take of the cycles of its iterations."""
_WAITING = ("_TVALID", "_empty_n", "_full_n", "m_axi_")
"""Parts of the names of ports whose other side says how quick a kernel is."""


@dataclass(frozen=True)
class Row:
    """One kernel; a figure that was not measured is None."""

    name: str
    verified: bool
    problem: str
    """Why it is not verified, or has no figures of placement."""
    cycles: float | None
    latency: int | None
    """What the report says before simulation, where it depends on neither data nor streams."""
    least_cycles: int | None
    """What the pipelines' iterations alone take at their least intervals, where it is constant."""
    pipelined: int
    """Loops that are pipelines,"""
    at_least_ii: int
    """and those of them at the least interval that ports and recurrences allow."""
    luts: float | None
    ffs: float | None
    dsps: float | None
    brams: float | None
    fmax_mhz: float | None
    estimated_mhz: float | None
    """The clock that the schedule expects."""
    hls_s: float | None

    @property
    def is_dense(self) -> bool:
        """Whether the pipelines' iterations are the most of what a kernel of known latency does."""
        return self.latency is not None and (self.least_cycles or 0) >= DENSE


def kernels(folder: Path, names: Sequence[str]) -> list[str]:
    """The kernels of a folder, or those of them that are named."""
    there = sorted(path.name for path in folder.iterdir() if any(path.glob("tb*"))) \
        if folder.is_dir() else []  # fmt: skip
    if not there:
        raise RequestError(
            f"there is no kernel in {str(folder)!r}: give a folder with one for each kernel, named "
            "after its top, with the kernel's files and a testbench tb.cpp"
        )
    if unknown := set(names) - set(there):
        raise RequestError(f"there is no kernel {unknown.pop()!r}; choose of {', '.join(there)}")
    return list(names) or there


def measure(
    folder: Path,
    names: Sequence[str],
    target: str,
    clock_mhz: float,
    place: bool,
    jobs: int,
    time_s: float = 600.0,
) -> Iterator[Row]:
    """Each kernel synthesised, simulated with its testbench and, if asked, placed, as they end.

    A kernel at which a tool or the engine itself fails is a row with the reason. Its placement may
    take `time_s` seconds.
    """
    work = partial(_cosim, folder, target=target, clock_mhz=clock_mhz, place=place, time_s=time_s)
    with ThreadPoolExecutor(jobs) as pool:  # the work is done by processes of their own
        names_of = {pool.submit(work, name): name for name in names}
        for done in as_completed(names_of):
            yield _row(names_of[done], done)


def _cosim(folder: Path, name: str, **options: Any) -> Report:
    texts = {path.name: path.read_text() for path in sorted((folder / name).iterdir())}
    testbench = {n: text for n, text in texts.items() if n.startswith("tb")}
    design = Design({n: text for n, text in texts.items() if n not in testbench}, name)
    return cosim(design, testbench=testbench, **options)


def _row(name: str, done: Future[Report]) -> Row:
    if (error := done.exception()) is not None:
        problem = str(error) or repr(error)
        return Row(name, False, problem, None, None, None, 0, 0, *[None] * 7)
    report = done.result()
    figures = {n: report.metrics.get(n) for n in ("luts", "ffs", "dsps", "brams", "fmax_mhz")}
    loops = [loop for loop in report.details.get("loops", ()) if loop["ii"]]
    problems = [d.message for d in report.diagnostics if d.code == "PLACE"]
    return Row(
        name,
        report.passed,
        "" if report.passed and not problems else (problems or [report.summary])[0],
        report.metrics.get("cycles"),
        _latency(report),
        report.details.get("least_cycles"),
        len(loops),
        sum(loop["ii"] == loop["least_ii"] for loop in loops),
        estimated_mhz=report.details.get("estimated_mhz"),
        hls_s=report.metrics.get("hls_s"),
        **figures,
    )


def _latency(report: Report) -> int | None:
    """The cycles that the report tells, if they are always the same."""
    latency: dict[str, int | None] = report.details.get("latency", {})
    if VERILOG not in report.artifacts or latency.get("min") != latency.get("max"):
        return None
    text = report.artifacts[VERILOG].read_text()
    return None if any(port in text for port in _WAITING) else latency.get("max")


def summary(rows: Sequence[Row], clock_mhz: float) -> dict[str, int]:
    """How many kernels are verified, as quick as reported, and meet the clock; how many dense ones
    are near their bound, and how many pipelines at their least interval."""
    told = [row for row in rows if row.latency is not None and row.cycles is not None]
    return {
        "kernels": len(rows),
        "verified": sum(row.verified for row in rows),
        "placed": sum(row.fmax_mhz is not None for row in rows),
        "latency_told": len(told),
        "latency_exact": sum(row.latency == row.cycles for row in told),
        "dense": sum(row.is_dense for row in rows),
        "dense_near_bound": sum(
            row.is_dense and (row.latency or 0) <= SLACK * (row.least_cycles or 0) for row in rows
        ),
        "in_time": sum((row.fmax_mhz or 0.0) >= clock_mhz for row in rows),
        "pipelined": sum(row.pipelined for row in rows),
        "at_least_ii": sum(row.at_least_ii for row in rows),
    }
