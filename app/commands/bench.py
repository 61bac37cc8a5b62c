"""`./siliwright bench`: measurements, as ratios to the plain way."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.bench.tools import LONG, SIZES, Row, measure
from tools.errors import RequestError

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
