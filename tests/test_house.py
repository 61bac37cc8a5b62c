"""The house rules: who imports whom, and that documents say what the code does."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from prompts import reading
from tools.targets import TARGETS

ROOT = Path(__file__).parents[1]
PACKAGES = ("prompts", "tools", "agents", "db", "app")
FILES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
COMMANDS = ("serve", "test", "design", "batch", "runs", "show", "compare", "export", "tools")
COMMANDS += ("tool", "mcp", "bench", "demo")


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_package_imports_only_those_to_its_left(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    right = set(PACKAGES[PACKAGES.index(package) + 1 :])
    assert not imported(path) & right


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_only_one_module_starts_programs_of_a_design() -> None:
    """The others may ask a fixed program for its version, start Siliwright, or are contained."""
    starting = {str(path.relative_to(ROOT)) for path in FILES if "subprocess" in imported(path)}
    assert starting == {
        "tools/process.py",
        "tools/find.py",
        "tools/run_instrument.py",
        "tools/sandbox.py",
        "app/commands/serve.py",
        "app/commands/test.py",
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_and_stands_in_the_readme(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", command, "--help"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"./siliwright {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_every_setting() -> None:
    """Settings are the environment variables that the code reads."""
    text = "".join(path.read_text(encoding="utf-8") for path in FILES)
    settings = set(re.findall(r"\"(SILIWRIGHT_[A-Z]+)\"", text))
    assert settings
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in settings if name not in readme} == set()


def test_requirements_are_pinned() -> None:
    constraints = (ROOT / "constraints.txt").read_text()
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith(("#", "-")):
                assert re.fullmatch(r"[A-Za-z0-9_.-]+==[\w.]+", line), line
                assert line.lower() in constraints.lower(), f"{line} is not in constraints.txt"


def test_the_reader_and_the_tools_know_the_same_targets() -> None:
    assert {name: target.dsps for name, target in TARGETS.items()} == reading.TARGETS
