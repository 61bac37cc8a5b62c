"""`./siliwright tools`: what is installed, where, and what mends what is missing."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tools import sandbox
from tools.errors import ToolError
from tools.find import PROGRAMS, find, has
from tools.targets import TARGETS


def tools(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List every tool: found where, which version, and what is missing."""
    rows = [_row(name) for name in PROGRAMS]
    contained = _sandbox()
    if as_json:
        print(json.dumps({"tools": rows, "sandbox": contained, "targets": list(TARGETS)}, indent=2))
    else:
        table = Table(box=None, header_style="bold")
        for title in ("tool", "for", "version", "found in", "to mend"):
            table.add_column(title)
        for row in rows:
            table.add_row(*(row[key] for key in ("name", "purpose", "version", "where", "mend")))
        console = Console(highlight=False)
        console.print(table)
        console.print(f"sandbox: {contained}", markup=False)
        console.print(f"targets: {', '.join(TARGETS)}", markup=False)
    missing = [row["name"] for row in rows if not row["version"] and not row["optional"]]
    raise typer.Exit(1 if missing or contained.startswith("no sandbox") else 0)


def _row(name: str) -> dict[str, str]:
    program = PROGRAMS[name]
    optional = "yes" if program.optional else ""
    row = {"name": name, "purpose": program.purpose, "optional": optional}
    if has(name):
        found = find(name)
        return {**row, "version": found.version, "where": found.where, "mend": ""}
    where = "not found (optional)" if optional else "not found"
    return {**row, "version": "", "where": where, "mend": program.mend}


def _sandbox() -> str:
    try:
        return sandbox.description()
    except ToolError as error:
        return str(error)
