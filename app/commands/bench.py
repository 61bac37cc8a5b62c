"""`./siliwright bench`: measurements, as ratios to the plain way."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.bench import hls as over_kernels
from app.bench import isdc as against_sdc
from app.bench.tools import LONG, SIZES, Row, measure
from tools.errors import RequestError, ToolError

app = typer.Typer(name="bench", help="Measure, against the plain way.", no_args_is_help=True)


@app.callback()
def bench() -> None:
    """Measure, against the plain way."""


@app.command()
def tools(
    size: Annotated[
        list[str] | None, typer.Option(help="small, middle, large or long; all without it.")
    ] = None,
    repeats: Annotated[int, typer.Option(min=1, help="The median of so many is taken.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Time each tool to its verdict, cold and cached, against its plain command."""
    sizes = (*SIZES, LONG)
    if unknown := set(size or ()) - set(sizes):
        raise RequestError(f"there is no size {unknown.pop()!r}; choose of {', '.join(sizes)}")
    rows: list[Row] = []
    console = Console(stderr=True, highlight=False)
    with console.status("preparing") as status:
        for row in measure(repeats, tuple(size or sizes)):
            rows.append(row)
            status.update(f"{row.tool}, {row.size} design: {row.cold_s:.2f} s")
    if as_json:
        print(json.dumps([{**asdict(row), "speedup": row.speedup} for row in rows], indent=2))
    else:
        Console(highlight=False).print(_table(rows))


@app.command()
def isdc(
    designs: Annotated[
        str | None, typer.Option(help="Names with commas between them; all without it.")
    ] = None,
    target: Annotated[str, typer.Option(help="cells or ecp5-25k.")] = "cells",
    liberty: Annotated[
        Path | None, typer.Option(help="Standard cells of your own, .lib or .lib.gz.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Syntheses at once.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Registers of pipelines by ISDC and by SDC at the same clock, each checked in all respects."""
    used = against_sdc.technology(target, liberty)
    names = against_sdc.names_of(designs)
    rows: list[against_sdc.Row] = []
    console = Console(stderr=True, highlight=False)
    with console.status(names[0]) as status:
        for row, after in zip(
            against_sdc.measure(names, used, jobs), [*names[1:], ""], strict=True
        ):
            rows.append(row)
            console.print(f"{row.name}: {row.sdc_registers} to {row.isdc_registers} registers")
            status.update(after)
    total = against_sdc.summary(rows)
    if as_json:
        found = [
            {
                **asdict(row),
                "reduction": row.reduction,
                "reduction_equal_latency": row.reduction_equal_latency,
            }
            for row in rows
        ]
        print(json.dumps({"technology": used.name, "designs": found, **total}, indent=2))
    else:
        Console(highlight=False).print(_isdc_table(rows), _isdc_summary(total))
    if wrong := [row.name for row in rows if not row.verified]:
        raise ToolError(
            f"the schedules of {', '.join(wrong)} do not hold; see `problems` in --json"
        )


@app.command()
def hls(
    folder: Annotated[
        Path, typer.Argument(help="A folder for each kernel, named after its top.")
    ] = over_kernels.SUITE,
    kernels: Annotated[
        str | None, typer.Option(help="Names with commas between them; all without it.")
    ] = None,
    target: Annotated[str, typer.Option(help="The device to place on.")] = "ecp5-85k",
    clock_mhz: Annotated[float, typer.Option(help="The clock to schedule for.")] = 100.0,
    place: Annotated[bool, typer.Option(help="Place and route too.")] = True,
    time_s: Annotated[
        float, typer.Option(min=1, help="How long simulation and placement of a kernel may take.")
    ] = 600.0,
    jobs: Annotated[int, typer.Option(min=1, help="Kernels at once.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The HLS engine over a suite of kernels, each simulated with its own testbench."""
    names = over_kernels.kernels(folder, kernels.split(",") if kernels else [])
    rows: list[over_kernels.Row] = []
    console = Console(stderr=True, highlight=False)
    try:
        with console.status(f"{len(names)} kernels"):
            measured = over_kernels.measure(folder, names, target, clock_mhz, place, jobs, time_s)
            for row in measured:
                rows.append(row)
                console.print(f"{len(rows)} of {len(names)}: {_hls_line(row)}")
    finally:  # when it is stopped, the figures that there are
        rows.sort(key=lambda row: names.index(row.name))  # they come as they end
        total = over_kernels.summary(rows, clock_mhz)
        if as_json:
            found = [asdict(row) for row in rows]
            print(json.dumps({"kernels": found, "summary": total}, indent=2))
        else:
            Console(highlight=False).print(_hls_table(rows), _hls_summary(total))
    if wrong := [row.name for row in rows if not row.verified]:
        raise ToolError(f"not verified: {', '.join(wrong)}; see `problem` in --json")


def _hls_line(row: over_kernels.Row) -> str:
    """A kernel that is done, in a line."""
    if not row.verified:
        return f"{row.name}: {row.problem}"
    figures = ((row.cycles, "cycles"), (row.luts, "LUT"), (row.fmax_mhz, "MHz"))
    return f"{row.name}: " + ", ".join(f"{n:,.0f} {unit}" for n, unit in figures if n is not None)


def _hls_table(rows: list[over_kernels.Row]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    titles = ("kernel", "verified", "cycles", "LUT", "FF", "DSP", "BRAM", "MHz", "expected", "HLS")
    for title in titles:
        left = title in ("kernel", "verified")
        table.add_column(title, justify="left" if left else "right", no_wrap=True)
    for row in rows:
        clocks = (row.fmax_mhz, row.estimated_mhz)
        figures = (row.cycles, row.luts, row.ffs, row.dsps, row.brams, *clocks)
        table.add_row(
            row.name,
            "yes" if row.verified else "NO",
            *("" if figure is None else f"{figure:,.0f}" for figure in figures),
            "" if row.hls_s is None else f"{row.hls_s:.1f} s",
        )
    return table


def _hls_summary(total: dict[str, int]) -> str:
    return (
        f"\n{total['verified']} of {total['kernels']} kernels verified, {total['placed']} placed, "
        f"{total['in_time']} of them at the clock that was asked.\n"
        f"As many cycles as reported: {total['latency_exact']} of {total['latency_told']} whose "
        "latency does not depend on data.\n"
        f"Within {over_kernels.SLACK - 1:.0%} of the cycles of the iterations alone: "
        f"{total['dense_near_bound']} of {total['dense']} with {over_kernels.DENSE} and more.\n"
        f"Pipelined loops at the least interval that ports and recurrences allow: "
        f"{total['at_least_ii']} of {total['pipelined']}."
    )


def _isdc_table(rows: list[against_sdc.Row]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    titles = ("design", "clock", "SDC", "ISDC", "fewer", "equal", "checked", "calls", "time")
    for title in titles:
        left = title in ("design", "checked")
        table.add_column(title, justify="left" if left else "right", no_wrap=True)
    for row in rows:
        table.add_row(
            row.name,
            f"{row.clock_ps:.0f} ps",
            f"{row.sdc_registers} in {row.sdc_stages}",
            f"{row.isdc_registers} in {row.isdc_stages}",
            f"{100 * row.reduction:.0f} %",
            f"{100 * row.reduction_equal_latency:.0f} %",
            "yes" if row.verified else "NO",
            f"{row.synthesis_calls}",
            f"{row.seconds:.0f} s",
        )
    return table


def _isdc_summary(total: dict[str, float | bool]) -> str:
    percent = {name: f"{100 * value:.1f} %" for name, value in total.items()}
    return (
        "\nSDC and ISDC: registers in stages. Calls: pieces to synthesise.\n"
        f"On average {percent['reduction']} fewer registers (geometric mean "
        f"{percent['reduction_geomean']}, all together {percent['reduction_total']});\n"
        f"with as many stages as SDC's (equal): {percent['reduction_equal_latency']}.\n"
        f"ISDC's authors report {percent['paper_reduction']} over 17 designs, "
        "with sky130 and OpenSTA."
    )


def _table(rows: list[Row]) -> Table:
    table = Table(box=None, header_style="bold")
    for title in ("tool", "design", "plain", "cold", "times faster", "own code", "cached"):
        table.add_column(title, justify="left" if title in ("tool", "design") else "right")
    for row in rows:
        table.add_row(
            row.tool,
            row.size,
            "not run" if row.plain_s is None else f"{row.plain_s:.2f} s",
            f"{row.cold_s:.2f} s",
            "" if row.speedup is None else f"{row.speedup:.1f}",
            f"{1000 * row.overhead_s:.0f} ms",
            f"{1000 * row.cached_s:.1f} ms",
        )
    return table
