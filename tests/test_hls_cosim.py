"""Co-simulation of C++ kernels with the user's own testbench: what it answers, good and bad."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from app.cli import app
from prompts.design import Design
from prompts.interface import Argument, Interface
from prompts.vectors import Call, Vectors
from tools.cosim import cosim
from tools.errors import ToolError
from tools.hls.engine import hls

KERNEL = """\
void scale(const int x[8], int y[8], int by) {
    for (int i = 0; i < 8; i++) y[i] = x[i] * by;
}
"""
TESTBENCH = """\
#include <cstdlib>
#include <cstdio>
void scale(const int x[8], int y[8], int by);
int main(int argc, char **argv) {
    int x[8], y[8], wrong = 0;
    for (int call = 0; call < 3; call++) {
        for (int i = 0; i < 8; i++) x[i] = rand() - RAND_MAX / 2;
        scale(x, y, call + (argc > 1 ? atoi(argv[1]) : 0));
        for (int i = 0; i < 8; i++) wrong += y[i] != x[i] * (call + (argc > 1 ? atoi(argv[1]) : 0));
    }
    printf("%d wrong\\n", wrong);
    return wrong != 0;
}
"""
TB = {"tb.cpp": TESTBENCH}


def kernel(text: str = KERNEL, **files: str) -> Design:
    return Design({"kernel.cpp": text, **files}, "scale")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    Path("kernel.cpp").write_text(KERNEL)
    Path("tb.cpp").write_text(TESTBENCH)
    yield tmp_path


def test_the_command_answers_with_the_verdict_and_the_figures(folder: Path) -> None:
    line = ["tool", "cosim", "kernel.cpp", "--top", "scale", "--testbench", "tb.cpp", "--json"]
    done = CliRunner().invoke(app, [*line, "--arg", "-7"])
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["verified"] is True
    assert (answer["calls"], answer["mismatches"], answer["testbench"]) == (3, 0, 0)
    cycles = answer["cycles"]
    assert cycles["min"] == cycles["avg"] == cycles["max"] == answer["details"]["latency"]["max"]
    assert answer["luts"] > 0 and answer["ffs"] > 0 and answer["dsps"] > 0
    assert answer["brams"] == 0 and answer["fmax_mhz"] > 10 and answer["hls_s"] > 0


def test_without_placement_there_are_no_figures_of_it() -> None:
    report = cosim(kernel(), testbench=TB, place=False)
    assert report.details["result"]["verified"]
    assert report.details["result"]["luts"] is None


def test_an_output_that_the_verilog_reads_too_has_its_ports() -> None:
    text = """\
void sums(const int x[8], int y[8]) {
    for (int i = 0; i < 8; i++) y[i] = 1;
    for (int j = 0; j < 3; j++)
        for (int i = 0; i < 8; i++) y[i] += x[i];
}
"""
    x, y = (Argument(n, "memory", d, 32, shape=(8,)) for n, d in (("x", "in"), ("y", "out")))
    interface = Interface("sums", (x, y))
    values = np.arange(8) - 3
    calls = tuple(Call({"x": values * k}, {"y": 1 + 3 * k * values}) for k in (1, -5))
    verilog = hls(Design({"k.cpp": text}, "sums")).artifacts["kernel.v"].read_text()
    assert "input [31:0] y_q0" in verilog
    report = cosim(Design({"k.v": verilog}, "sums"), Vectors(interface, calls))
    assert report.passed, report.text()
    unset = hls(Design({"k.cpp": text.replace("y[i] = 1", "")}, "sums")).artifacts["kernel.v"]
    report = cosim(Design({"k.v": unset.read_text()}, "sums"), Vectors(interface, calls))
    assert report.status == "failed" and report.metrics["mismatches"] > 0


def test_a_wrong_verilog_is_told_apart_from_a_wrong_testbench() -> None:
    right = cosim(kernel(), testbench=TB, place=False)
    text = right.artifacts["kernel.v"].read_text()
    wrong = cosim(kernel(**{"kernel.v": text.replace(" * ", " + ")}), testbench=TB, place=False)
    assert wrong.status == "failed"
    assert wrong.details["result"]["mismatches"] > 0
    assert "y[0] is" in wrong.summary
    upset = {"tb.cpp": TESTBENCH.replace("return wrong != 0", "return 3")}
    failed = cosim(kernel(), testbench=upset, place=False)
    assert not failed.details["result"]["verified"]
    assert "ends with status 3" in failed.summary


def test_what_does_not_fit_is_verified_all_the_same() -> None:
    text = """\
static int seen[1 << 13];
void scale(const int x[8], int y[8], int by) {
    for (int i = 0; i < 8; i++) {
        int at = (x[i] >> 3) & 0x1fff;
        y[i] = x[i] * by + seen[at];
        seen[at] += x[i];
    }
}
"""
    lenient = {"tb.cpp": TESTBENCH.replace("return wrong != 0", "return 0")}
    report = cosim(kernel(text), testbench=lenient, target="ice40-up5k")
    assert report.details["result"]["verified"]
    assert report.details["result"]["luts"] is None
    assert any(d.code == "PLACE" for d in report.diagnostics)


@pytest.mark.parametrize(
    ("files", "testbench", "words"),
    [
        ({}, {"tb.cpp": "int main() { return missing; }"}, "missing"),
        ({}, {"tb.cpp": "int main() { return 0; }"}, "never came to"),
        ({}, {"tb.cpp": "int main() { int *p = 0; return *p; }"}, "it crashed"),
        ({}, {"tb.cpp": "int main() { for (;;) ; }"}, "5 s"),
    ],
)
def test_a_testbench_that_cannot_be_used_is_a_sentence(
    files: dict[str, str], testbench: dict[str, str], words: str
) -> None:
    try:
        text = cosim(kernel(**files), testbench=testbench, place=False, time_s=5).text()
    except ToolError as error:
        text = str(error)
    assert words in text


def test_a_main_beside_the_kernel_is_the_testbench() -> None:
    report = cosim(kernel(**TB), testbench={"empty.cpp": "\n"}, place=False)
    assert report.passed, report.text()
