"""`./siliwright test`: the whole test suite."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

ROOT = Path(__file__).parents[2]


def test(
    options: Annotated[
        list[str] | None, typer.Argument(help="Passed on to pytest, after --.")
    ] = None,
) -> None:
    """Check the code's form and types, and run the tests, on all cores."""
    steps = {
        "format": [sys.executable, "-m", "ruff", "format", "--check", "."],
        "lint": [sys.executable, "-m", "ruff", "check", "."],
        "types": [sys.executable, "-m", "mypy"],
        "tests": [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal"],
    }
    failed = []
    console = Console(highlight=False)
    for name, command in steps.items():
        console.rule(name)
        extra = options or [] if name == "tests" else []
        if subprocess.run([*command, *extra], cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        console.print(f"failed: {', '.join(failed)}")
        raise typer.Exit(1)
