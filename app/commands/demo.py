"""`./siliwright demo`: the library's worked examples, listed, shown, built, checked and drawn."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.commands.options import setting
from app.library import check as proof
from app.library.steps import Effort
from prompts.demo import Demo
from prompts.demos import LIBRARY, demos
from prompts.sheet import Setting
from tools.errors import RequestError, ToolError

app = typer.Typer(name="demo", help="The library's worked examples.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The kernel, as `demo list` names it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_COLUMNS = {
    "cycles": "cycles", "reference": "reference", "hls_cycles": "HLS cycles", "score": "faults",
    "luts": "LUT", "ffs": "FF", "dsps": "DSP", "brams": "BRAM", "fmax_mhz": "MHz",
}  # fmt: skip


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """The kernels, with what was measured of their default configuration."""
    rows = {name: proof.measured(demo) for name, demo in demos().items()}
    if as_json:
        found = [
            {
                "name": name,
                "title": demos()[name].sheet.title,
                "figures": None if row is None else row.figures,
            }
            for name, row in rows.items()
        ]
        print(json.dumps(found, indent=2))
        return
    table = _table(("kernel", "what it is"))
    for name, row in rows.items():
        table.add_row(name, demos()[name].sheet.title, *_figures(row))
    Console(highlight=False).print(table)


@app.command()
def show(name: Name, as_json: AsJson = False) -> None:
    """What a kernel does, its parameters, and how it is asked for."""
    demo = _demo(name)
    row = proof.measured(demo)
    if as_json:
        sheet = demo.sheet.model_dump()
        described = demo.description.model_dump()
        figures = None if row is None else row.figures
        print(json.dumps({"name": name, **sheet, **described, "figures": figures}, indent=2))
        return
    console = Console(highlight=False)
    console.print(f"[bold]{demo.sheet.title}[/bold]\n\n{demo.sheet.summary}\n")
    for block, says in demo.description.blocks.items():
        console.print(f"[bold]{block}[/bold]: {says}")
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("parameter", "default", "range", "what it is"):
        table.add_column(title)
    for parameter, spec in demo.parameters.items():
        span = ", ".join(spec.choices) or f"{spec.low} to {spec.high}"
        table.add_row(parameter, str(demo.settle()[parameter]), span, spec.help)
    console.print("\n", table, "\nAsked for as, for example:")
    for request in demo.requests[:4]:
        console.print(f"  {request.say}", markup=False)


@app.command()
def build(
    name: Name,
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path(),
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="A parameter, as name=value.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a kernel's C++ and Verilog for some parameters."""
    demo = _demo(name)
    settings = demo.settle(dict(setting(pair) for pair in set_ or ()))
    out.mkdir(parents=True, exist_ok=True)
    files = {out / file: text for file, text in demo.design(settings).files.items()}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    if as_json:
        print(json.dumps({"settings": settings, "files": [str(path) for path in files]}, indent=2))
    else:
        Console(highlight=False).print(*map(str, files), sep="\n", markup=False, soft_wrap=True)


@app.command()
def check(
    names: Annotated[list[str] | None, typer.Argument(help="Kernels, or folders of them.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every kernel of the library.")] = False,
    random: Annotated[int, typer.Option(min=0, help="Random settings tried.")] = 2,
    mutants: Annotated[int, typer.Option(min=1, help="Faults put in, one by one.")] = 24,
    save: Annotated[bool, typer.Option("--save", help="Keep the figures in the folder.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Kernels at once.")] = 2,
    as_json: AsJson = False,
) -> None:
    """Say what is missing or wrong: files, golden model, three ways, faults, placement."""
    if every == bool(names):
        raise RequestError("name the kernels to check, or give --all")
    folders = [_folder(name) for name in names or demos()]
    effort = Effort(random, mutants)
    rows: list[proof.Row] = []
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        bar = progress.add_task("kernels", total=len(folders))
        for row in proof.check_all(folders, effort, jobs):
            rows.append(row)
            if save:
                proof.save(next(f for f in folders if f.name == row.name), row)
            progress.advance(bar)
            console.print(f"{row.name}: {'ok' if row.ok else row.problems[0]}", markup=False)
    rows.sort(key=lambda row: row.name)
    if as_json:
        found = [
            {"name": r.name, "ok": r.ok, "problems": list(r.problems), **r.figures} for r in rows
        ]
        print(json.dumps({"kernels": found}, indent=2))
    else:
        table = _table(("kernel", "ok"))
        for row in rows:
            table.add_row(row.name, "yes" if row.ok else "NO", *_figures(row))
        Console(highlight=False).print(table)
        for row in rows:
            for problem in row.problems:
                Console(highlight=False).print(f"{row.name}: {problem}", markup=False)
    if wrong := [row.name for row in rows if not row.ok]:
        raise ToolError(f"not as they have to be: {', '.join(wrong)}")


@app.command()
def gallery(
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("docs/gallery"),
    blocks: Annotated[str, typer.Option(help="The kernel of the block diagram.")] = "attention",
    circuit: Annotated[str, typer.Option(help="The kernel of the schematic.")] = "rope",
    waves: Annotated[str, typer.Option(help="The kernel of the waveform.")] = "rope",
    sweep: Annotated[str, typer.Option(help="The kernel that is explored.")] = "linear",
    over: Annotated[
        str, typer.Option(help="The parameter and its values.")
    ] = "lanes=1,2,4,8,16,32",
) -> None:
    """Draw pictures of kernels as SVG: blocks, schematic, waveform, area against time."""
    from app import gallery as draw  # Plotly takes a while

    console = Console(stderr=True, highlight=False)
    outlined, wired, timed, swept = (_demo(name) for name in (blocks, circuit, waves, sweep))
    parameter, values = _swept(swept, over)
    pictures: dict[str, Callable[[], str]] = {
        f"blocks_{blocks}": lambda: draw.blocks(outlined),
        f"schematic_{circuit}": lambda: draw.circuit(wired),
        f"waveform_{waves}": lambda: draw.waveform(timed),
        f"sweep_{sweep}": lambda: draw.explored(swept, parameter, values, console.print),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, make in pictures.items():
        (out / f"{name}.svg").write_text(make(), encoding="utf-8")
        print(out / f"{name}.svg")


def _swept(demo: Demo, over: str) -> tuple[str, list[Setting]]:
    """The parameter to explore, and its values as the kernel takes them."""
    parameter, found, values = over.partition("=")
    if not found or parameter not in demo.parameters:
        known = ", ".join(demo.parameters)
        raise RequestError(f"{over!r}: say PARAMETER=VALUE,VALUE,… with one of {known}")
    pairs = [setting(f"{parameter}={value}") for value in values.split(",")]
    return parameter, [demo.settle(dict([pair]))[parameter] for pair in pairs]


def _demo(name: str) -> Demo:
    if name not in demos():
        raise RequestError(f"there is no kernel {name!r}; choose of {', '.join(demos())}")
    return demos()[name]


def _folder(name: str) -> Path:
    """A kernel's folder by its name, or a folder that is not in the library yet."""
    path = Path(name)
    if "/" in name and path.is_dir():
        return path
    return LIBRARY / _demo(name).name


def _table(titles: tuple[str, ...]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    longest = max(len(name) for name in demos())
    for number, title in enumerate(titles):
        table.add_column(title, no_wrap=True, min_width=longest if number == 0 else None)
    for title in _COLUMNS.values():
        table.add_column(title, justify="right", no_wrap=True)
    return table


def _figures(row: proof.Row | None) -> list[str]:
    if row is None:
        return ["not run"]
    found = (row.figures.get(name) for name in _COLUMNS)
    return ["" if f is None else f"{f:.2f}" if 0 < f < 1 else f"{f:,.0f}" for f in found]
