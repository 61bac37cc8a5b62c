"""The catalogue of tools, and `./siliwright tool`."""

import inspect
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.commands import tool as command
from prompts.demos import demos
from tools.catalogue import TOOLS
from tools.errors import RequestError
from tools.find import find

GOOD = "module add_one(input [7:0] x, output [7:0] y);\n    assign y = x + 8'd1;\nendmodule\n"
BAD = GOOD.replace("x +", "z +")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    Path("good.v").write_text(GOOD)
    Path("bad.v").write_text(BAD)
    return CliRunner()


@pytest.mark.parametrize("name", TOOLS)
def test_each_tool_says_what_it_does_and_takes_checked_arguments(name: str) -> None:
    tool = TOOLS[name]
    assert tool.description.endswith((".", "`."))
    assert tool.model.model_json_schema()["properties"]
    with pytest.raises(RequestError, match="argument"):
        tool.call({"no such argument": 1})


@pytest.mark.parametrize("name", TOOLS)
def test_each_tool_is_a_command_with_help(name: str) -> None:
    result = CliRunner().invoke(command.app, [name.replace("_", "-"), "--help"])
    assert result.exit_code == 0
    assert "--no-cache" in result.output and "--archive" in result.output


def test_a_tool_runs_on_files_and_the_status_is_the_verdict(run: CliRunner) -> None:
    passed = run.invoke(app, ["tool", "lint", "good.v", "--json"])
    assert passed.exit_code == 0
    assert json.loads(passed.output)["status"] == "passed"
    failed = run.invoke(app, ["tool", "lint", "bad.v", "--json", "--log", "lint.log"])
    assert failed.exit_code == 1
    (found, *_) = json.loads(failed.output)["diagnostics"]
    assert (found["file"], found["line"]) == ("bad.v", 2)
    assert "bad.v:2" in Path("lint.log").read_text()


def test_cxx_becomes_verilog_in_a_folder(run: CliRunner) -> None:
    Path("add.cpp").write_text("int add(int a, int b) { return a + b; }\n")
    done = run.invoke(app, ["tool", "hls", "add.cpp", "--top", "add", "--json", "--out", "made"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["details"]["latency"] == {"min": 0, "max": 0}
    assert "module add (" in Path("made/kernel.v").read_text()


def test_vectors_come_from_a_kernel_or_a_file(run: CliRunner) -> None:
    demo = demos()["dot_product"]
    for name, text in demo.design(demo.settle({"length": 16, "lanes": 2})).files.items():
        Path(name).write_text(text)
    kernel = ["--kernel", "dot_product", "--set", "length=16", "--set", "lanes=2"]
    result = run.invoke(app, ["tool", "cosim", "dot_product.v", *kernel, "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["metrics"]["mismatches"] == 0
    Path("mine.json").write_text(
        json.dumps(
            {
                "interface": {
                    "top": "twice",
                    "arguments": [
                        {"name": "x", "kind": "scalar", "direction": "in", "bits": 8},
                        {"name": "y", "kind": "scalar", "direction": "out", "bits": 9},
                    ],
                },
                "calls": [{"inputs": {"x": -5}, "outputs": {"y": -10}}],
            }
        )
    )
    Path("twice.cpp").write_text(
        '#include "ap_int.h"\nvoid twice(ap_int<8> x, ap_int<9> &y) { y = 2 * x; }\n'
    )
    own = ["tool", "csim", "twice.cpp", "--top", "twice", "--vectors", "mine.json", "--json"]
    assert run.invoke(app, own).exit_code == 0
    Path("mine.json").write_text(Path("mine.json").read_text().replace("-10", "-11"))
    wrong = run.invoke(app, own)
    assert wrong.exit_code == 1
    assert "expected -11" in json.loads(wrong.output)["summary"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lint", "missing.v"], "cannot be read"),
        (["lint", "."], "cannot be read"),
        (["lint", "junk.v"], "not text in UTF-8"),
        (["lint", "good.v", "bad.v", "--top", "nope"], None),
        (["parse", "two.v"], "name the top"),
        (["cosim", "good.v"], "a kernel of the library, or an interface"),
        (["cosim", "good.v", "--kernel", "nope"], "no kernel 'nope'"),
        (["cosim", "good.v", "--kernel", "fir", "--set", "taps"], "name=value"),
        (["cosim", "good.v", "--kernel", "fir", "--set", "taps=99999"], "taps"),
        (["cosim", "good.v", "--vectors", "junk.json"], "no JSON"),
        (["cosim", "good.v", "--vectors", "list.json"], "no JSON object"),
        (["synthesize", "good.v", "--target", "moon"], "moon"),
        (["synthesize", "good.v", "--time-s", "-1"], "time limit of -1 s"),
        (["synthesize", "good.v", "--time-s", "nan"], "time limit of nan s"),
    ],
)
def test_wrong_usage_is_one_sentence(
    run: CliRunner, arguments: list[str], words: str | None
) -> None:
    Path("junk.v").write_bytes(b"\xff\xfe\x00")
    Path("two.v").write_text("module a;\nendmodule\nmodule b;\nendmodule\n")
    Path("junk.json").write_text("{")
    Path("list.json").write_text("[]")
    result = run.invoke(app, ["tool", *arguments])
    if words is None:
        assert result.exit_code == 1
        return
    assert isinstance(result.exception, Exception)
    assert words in str(result.exception)


def test_an_archive_is_deterministic_and_reruns_the_step(run: CliRunner) -> None:
    for name in ("one.zip", "two.zip"):
        run.invoke(app, ["tool", "lint", "bad.v", "--archive", name])
    assert Path("one.zip").read_bytes() == Path("two.zip").read_bytes()
    with zipfile.ZipFile("one.zip") as archive:
        archive.extractall("again")
    if shutil.which("make") is None:
        pytest.skip("make is not installed; on Debian: apt-get install make")
    verilator = find("verilator")
    made = subprocess.run(
        ["make", f"VERILATOR={verilator.argv[0]}"],
        cwd="again",
        env={**os.environ, **verilator.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode and "bad.v:2" in made.stderr


def test_the_archive_of_a_simulation_holds_what_it_is_built_on(run: CliRunner) -> None:
    demo = demos()["dot_product"]
    settings = {"length": 16, "lanes": 2}
    Path("dot_product.v").write_text(demo.design(demo.settle(settings)).files["dot_product.v"])
    kernel = ["--kernel", "dot_product", "--set", "length=16", "--set", "lanes=2"]
    run.invoke(app, ["tool", "cosim", "dot_product.v", *kernel, "--archive", "a.zip"])
    names = zipfile.ZipFile(io.BytesIO(Path("a.zip").read_bytes())).namelist()
    wanted = ("Makefile", "simulator/Makefile", "simulator/cosim.v", "simulator/runtime/Makefile")
    assert set(wanted) < set(names)


def test_the_signature_is_the_definition() -> None:
    for tool in TOOLS.values():
        known = set(inspect.signature(tool.function).parameters)
        assert {"stop", "cache"} <= known
        assert known == {*tool.arguments, "stop", "cache"}


def test_the_command_answers_from_a_shell(tmp_path: Path) -> None:
    (tmp_path / "bad.v").write_text(BAD)
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "tool", "lint", str(tmp_path / "missing.v")],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "cannot be read" in done.stderr and "Traceback" not in done.stderr


def test_what_the_files_include_is_read_from_beside_them(run: CliRunner) -> None:
    for folder in ("source", "headers", "tests"):
        Path(folder).mkdir()
    Path("headers/size.h").write_text("#define N 4\n")
    Path("headers/next.h").write_text('#include "size.h"\nvoid next(const int x[N], int y[N]);\n')
    body = "{ for (int i = 0; i < N; i++) y[i] = x[i] + 1; }\n"
    kernel = f'#include "../headers/next.h"\nvoid next(const int x[N], int y[N]) {body}'
    Path("source/next.cpp").write_text(kernel)
    Path("tests/expected.h").write_text("inline int expected(int x) { return x + 1; }\n")
    Path("tests/tb.cpp").write_text(
        '#include "../headers/next.h"\n#include "expected.h"\n'
        "int main() { int x[N] = {1, 2, 3, 4}, y[N]; next(x, y); return y[3] != expected(4); }\n"
    )
    line = ["tool", "cosim", "source/next.cpp", "--top", "next", "--testbench", "tests/tb.cpp"]
    done = run.invoke(app, [*line, "--no-place"])
    assert done.exit_code == 0, done.output
    Path("headers/next.cpp").write_text("")
    with pytest.raises(RequestError, match="have the same name"):
        run.invoke(app, [*line, "headers/next.cpp"], catch_exceptions=False)
