"""`./siliwright bench demos`: the library's kernels by hand and by the HLS engine."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.bench.demos import Figures, Row, measure, names_of
from tools.errors import ToolError


def demos(
    kernels: Annotated[
        str | None, typer.Option(help="Names with commas between them; all without it.")
    ] = None,
    target: Annotated[str, typer.Option(help="The device to place on.")] = "ecp5-25k",
    clock_mhz: Annotated[float, typer.Option(help="The clock to schedule for.")] = 50.0,
    place: Annotated[bool, typer.Option(help="Place and route too, which takes minutes.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Kernels at once.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The library's kernels: hand-written Verilog beside what the HLS engine makes of their C++."""
    names = names_of(kernels)
    rows: list[Row] = []
    console = Console(stderr=True, highlight=False)
    with console.status(f"{len(names)} kernels") as status:
        for row in measure(names, target, clock_mhz, place, jobs):
            rows.append(row)
            status.update(f"{len(rows)} of {len(names)} kernels: {row.name}")
    if as_json:
        print(json.dumps([{**asdict(row), "ratio": row.ratio} for row in rows], indent=2))
    else:
        Console(highlight=False).print(_table(rows, place))
    if wrong := [row.name for row in rows if not row.verified]:
        raise ToolError(f"not verified: {', '.join(wrong)}; see `problem` in --json")


def _table(rows: list[Row], place: bool) -> Table:
    """Of two figures in a cell the first is by hand, the second by the engine."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in (
        "kernel",
        "verified",
        "cycles",
        "ratio",
        *(("LUT", "DSP", "MHz") if place else ()),
    ):
        left = title in ("kernel", "verified")
        table.add_column(title, justify="left" if left else "right", no_wrap=True)
    for row in rows:
        table.add_row(
            row.name,
            "yes" if row.verified else "NO",
            _both(row, "cycles"),
            "" if row.ratio is None else f"{row.ratio:.2f}",
            *(_both(row, name) for name in ("luts", "dsps", "fmax_mhz") if place),
        )
    return table


def _both(row: Row, name: str) -> str:
    def shown(figures: Figures) -> str:
        value: float | None = getattr(figures, name)
        return "not run" if value is None else f"{value:,.0f}"

    return f"{shown(row.by_hand)} | {shown(row.by_hls)}"
