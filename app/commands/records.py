"""`./siliwright runs`, `show`, `compare` and `export`: looking at what was done."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

import db
from agents.events import Called, Ended, Proposed, Returned, Said, Spent, Understood
from app.bundle import bundle
from app.results import result_of
from db.models import MEASURED
from tools.errors import RequestError

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
PIPED_COLUMNS = 200

RunId = Annotated[str, typer.Argument(help="The run's id, as `runs` lists it.")]


def runs(
    kernel: Annotated[str, typer.Option(help="Only runs of this kernel.")] = "",
    status: Annotated[db.RunStatus | None, typer.Option(help="Only runs of this status.")] = None,
    text: Annotated[str, typer.Option(help="Only runs whose request holds this text.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 20,
    as_json: Json = False,
) -> None:
    """List the runs, newest first."""
    where = db.RunFilter(kernel=kernel, status=status, text=text)
    found = db.runs(db.connect(), where, limit=limit)
    if as_json:
        print(json.dumps([_row(run) for run in found], indent=2))
        return
    if not found:
        Console().print('No runs yet. Make one: ./siliwright design "a 16-tap FIR filter"')
        return
    table = Table(box=None, header_style="bold")
    names = _measured(found)
    for title in ("run", "status", "kernel", *names, "request"):
        table.add_column(title, justify="right" if title in names else "left", no_wrap=True)
    for run in found:
        figures = [_figure(getattr(run, name)) for name in names]
        request = " ".join(run.text.split())
        table.add_row(run.id, run.status, run.kernel or "-", *figures, request[:60])
    _print(table)


def show(run: RunId, as_json: Json = False) -> None:
    """Show one run: what happened, in order, and its result."""
    engine = db.connect()
    if as_json:
        print(json.dumps(result_of(engine, run), indent=2))
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(db.run(engine, run).text, markup=False)
    for kept in db.events_after(engine, run, logs=False):
        if line := _line(kept.event):
            console.print(f"{kept.at:%H:%M:%S}  {line}", markup=False)
    for name, path in result_of(engine, run)["files"].items():
        console.print(f"{name}: {path}", markup=False)


def compare(
    chosen: Annotated[list[str], typer.Argument(metavar="RUN RUN...", help="Two runs or more.")],
    as_json: Json = False,
) -> None:
    """Compare runs with the first: figures, and their differences."""
    if len(chosen) < 2:
        raise RequestError("compare takes two runs or more")
    engine = db.connect()
    found = [db.run(engine, run_id) for run_id in chosen]
    if as_json:
        print(json.dumps([_row(run) for run in found], indent=2))
        return
    table = Table(box=None, header_style="bold")
    for title in ("", *chosen):
        table.add_column(title, justify="left" if not title else "right")
    table.add_row("kernel", *(run.kernel or "-" for run in found))
    table.add_row("status", *(run.status for run in found))
    for name in _measured(found):
        values = [getattr(run, name) for run in found]
        cells = [_figure(values[0]), *(_difference(value, values[0]) for value in values[1:])]
        table.add_row(name, *cells)
    _print(table)


def export(
    run: RunId,
    out: Annotated[Path | None, typer.Option(help="The zip file; RUN.zip by default.")] = None,
) -> None:
    """Export a run as a zip: sources, tests, prompts and reports."""
    path = out or Path(f"{run}.zip")
    path.write_bytes(bundle(db.connect(), run))
    Console().print(f"wrote {path}", markup=False)


def _row(run: db.Run) -> dict[str, Any]:
    names = ("id", "status", "stage", "summary", "designer", "model", "kernel", "target")
    row = {name: getattr(run, name) for name in (*names, "clock_mhz", "oracle", *MEASURED)}
    return {**row, "text": run.text, "created": run.created.isoformat(), "usd": run.usd}


def _print(table: Table) -> None:
    """Print a table, as wide as it is where it goes to a file or another program."""
    Console(width=None if sys.stdout.isatty() else PIPED_COLUMNS).print(table)


def _measured(found: list[db.Run]) -> list[str]:
    """The figures that at least one of the runs has: devices and standard cells have others."""
    return [name for name in MEASURED if any(getattr(run, name) is not None for run in found)]


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:,.1f}".removesuffix(".0")


def _difference(value: float | None, base: float | None) -> str:
    if value is None or not base:
        return _figure(value)
    return f"{_figure(value)} ({100 * (value - base) / base:+.0f} %)"


def _line(event: Any) -> str:
    match event:
        case Understood(task=task):
            return f"understood  {task.kernel or 'no kernel of the library'} {task.parameters}"
        case Said(who="designer", text=text):
            return f"said        {text}"
        case Proposed(attempt=attempt, design=design):
            return f"proposed    attempt {attempt}: {', '.join(design.files)}"
        case Returned(report=report):
            return f"{report.tool:11} {report.status}: {report.summary}"
        case Spent(input_tokens=read, output_tokens=written):
            return f"spent       {read} tokens read, {written} written"
        case Ended(outcome=outcome, summary=summary):
            return f"ended       {outcome}: {summary}"
        case Called() | _:
            return ""
