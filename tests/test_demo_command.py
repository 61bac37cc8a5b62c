"""`./siliwright demo`, and what it says of a kernel's folder that is incomplete or wrong."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from app.cli import app
from app.library.check import Row, check, digest, measured, save
from app.library.steps import Effort, Trial, digests, findings, folder
from prompts.demo import Demo
from prompts.demos import LIBRARY, demos


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    unmeasured = shutil.ignore_patterns("measured.json")
    return Path(
        shutil.copytree(LIBRARY / "dot_product", tmp_path / "dot_product", ignore=unmeasured)
    )


def test_the_kernels_are_listed_with_their_figures() -> None:
    found = json.loads(CliRunner().invoke(app, ["demo", "list", "--json"]).stdout)
    assert [entry["name"] for entry in found] == list(demos())
    assert "dot_product" in CliRunner().invoke(app, ["demo", "list"]).stdout


def test_a_kernel_is_built_for_parameters(tmp_path: Path) -> None:
    out = str(tmp_path / "fir")
    arguments = ["demo", "build", "fir", "--set", "taps=8", "--out", out, "--json"]
    found = json.loads(CliRunner().invoke(app, arguments).stdout)
    assert found["settings"]["taps"] == 8
    assert {Path(name).name for name in found["files"]} == {"fir.cpp", "fir.v"}
    assert all(Path(name).read_text() for name in found["files"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: (f / "golden.py").unlink(), "has no golden.py"),
        (lambda f: (f / "dot_product.v.j2").unlink(), "has no dot_product.v.j2"),
        (lambda f: (f / "demo.yaml").write_bytes(b"title: \xff"), "is not UTF-8 YAML"),
        (lambda f: (f / "demo.yaml").write_text("title: x"), "field"),
    ],
)
def test_an_incomplete_folder_is_one_sentence(
    copy: Path, change: Callable[[Path], object], says: str
) -> None:
    change(copy)
    row = check(copy, Effort())
    assert not row.ok
    assert len(row.problems) == 1
    assert says in row.problems[0]
    assert str(copy) in row.problems[0]


def test_a_description_of_lines_that_are_not_there_is_named(copy: Path) -> None:
    lines = "blocks: {c: d}\nflow: [a -> e]\nlines: [{code: no such code, says: nothing}]\n"
    (copy / "description.yaml").write_text(lines)
    problems = "\n".join(folder(Trial(Demo.load(copy), Effort())))
    assert "'no such code'" in problems
    assert "'e' in its flow, which is neither" in problems
    assert "in no flow where the argument 'y' leads" in problems


def test_lines_described_in_another_order_than_the_source_s_are_named(copy: Path) -> None:
    assert not list(folder(Trial(Demo.load(copy), Effort())))
    description = yaml.safe_load((copy / "description.yaml").read_text())
    description["lines"].reverse()
    (copy / "description.yaml").write_text(yaml.safe_dump(description))
    problems = list(folder(Trial(Demo.load(copy), Effort())))
    assert f"{description['lines'][1]['code']!r} after a line that comes behind it" in problems[0]


def test_a_golden_model_with_other_digests_is_named(copy: Path) -> None:
    text = (copy / "demo.yaml").read_text()
    (copy / "demo.yaml").write_text(f"{text}digests: ['0123456789abcdef']\n")
    assert "0123456789abcdef" in next(digests(Trial(Demo.load(copy), Effort())))


def test_a_warning_of_the_linter_is_told(copy: Path) -> None:
    assert not list(findings(Trial(Demo.load(copy), Effort())))
    source = copy / "dot_product.v.j2"
    ports = source.read_text().replace(");\n", ");\n    wire [3:0] narrow = 5'd17;\n", 1)
    source.write_text(ports)
    small, scaled = findings(Trial(Demo.load(copy), Effort()))
    assert "narrow" in small and "narrow" in scaled


def test_figures_are_kept_until_the_sources_change(copy: Path) -> None:
    demo = Demo.load(copy)
    assert measured(demo) is None
    row = Row("dot_product", (), {"cycles": 14.0}, digest(demo))
    save(copy, row)
    assert measured(demo) == row
    source = copy / "dot_product.v.j2"
    source.write_text(source.read_text() + "// changed\n")
    assert measured(Demo.load(copy)) is None
