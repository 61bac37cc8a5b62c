"""Bambu behind `hls`. It is not on every machine: a small program of its name stands in for it.

That takes the options and pragmas that Bambu takes, and writes Verilog with Bambu's ports.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from prompts.design import Design
from prompts.interface import Argument, Interface
from prompts.vectors import Call, Vectors
from tools import find
from tools.cosim import cosim
from tools.errors import MissingTool
from tools.hls import bambu_wrapper
from tools.hls.bambu import rewritten
from tools.hls.engine import hls
from tools.hls.signature import read

KERNEL = """\
void scale(const int x[8], int y[8], int by) {
#pragma HLS INTERFACE ap_memory port=x
scaled:
    for (int i = 0; i < 8; i++) {
#pragma HLS PIPELINE II=1
        y[i] = x[i] * by;
    }
}
"""
STAND_IN = r'''
import re, sys
from pathlib import Path

if "--version" in sys.argv:
    print("PandA - Politecnico di Milano - Version: PandA 2024.10 - Revision 0")
    sys.exit(0)
options = dict(a[2:].partition("=")[::2] for a in sys.argv[1:] if a.startswith("--"))
assert options["generate-interface"] == "INFER" and options["reset-level"] == "high", options
source = Path(next(a for a in sys.argv[1:] if a.endswith(".cpp"))).read_text()
if re.search(r"pragma HLS pipeline", source, re.I):
    print("kernel.cpp:5:9: error: Loop pipelining pragma not supported.", file=sys.stderr)
    sys.exit(1)
if "new int" in source:
    print("error -> dynamic memory is not possible", file=sys.stderr)
    sys.exit(1)
memory = "mode=array elem_count=8"
for wanted in (f"port=x {memory}", f"port=y {memory}", "port=by mode=none"):
    assert f"#pragma HLS interface {wanted}" in source, source
Path(options["top-fname"] + ".v").write_text("""
module scale(clock, reset, start_port, done_port, x_q0, by, x_address0, x_ce0, y_address0, y_ce0,
  y_we0, y_d0);
  // IN
  input clock;
  input reset;
  input start_port;
  input [31:0] x_q0;
  input [31:0] by;
  // OUT
  output done_port;
  output [31:0] x_address0;
  output x_ce0;
  output [31:0] y_address0;
  output y_ce0;
  output y_we0;
  output [31:0] y_d0;
  reg [1:0] state;
  reg [3:0] i;
  assign done_port = state == 3;
  assign x_address0 = i;
  assign x_ce0 = state == 1;
  assign y_address0 = i;
  assign y_ce0 = state == 2;
  assign y_we0 = state == 2;
  assign y_d0 = x_q0 * by;
  always @(posedge clock)
    if (reset) begin state <= 0; i <= 0; end
    else case (state)
      0: if (start_port) begin state <= 1; i <= 0; end
      1: state <= 2;
      2: begin i <= i + 1; state <= i == 7 ? 3 : 1; end
      default: state <= 0;
    endcase
endmodule
""")
'''


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "panda" / "bin"
    folder.mkdir(parents=True)
    (folder / "bambu").write_text(f"#!{sys.executable}\n{STAND_IN}")
    (folder / "bambu").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    find._locate.cache_clear()
    yield
    find._locate.cache_clear()


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("PATH", str(tmp_path))
    find._locate.cache_clear()
    yield
    find._locate.cache_clear()


def kernel(text: str = KERNEL) -> Design:
    return Design({"kernel.cpp": text}, "scale")


def test_its_verilog_has_our_ports_and_goes_through_the_same_cosimulation(stand_in: None) -> None:
    report = hls(kernel(), clock_mhz=100, hls_engine="bambu")
    assert report.passed, report.text()
    assert report.versions["bambu"] == "2024.10" and "2024.10" in report.summary
    assert "--clock-period=10" in report.command
    assert [d.line for d in report.diagnostics] == [5]
    verilog = report.artifacts["kernel.v"].read_text()
    interface = Interface(
        "scale",
        (
            Argument("x", "memory", "in", 32, shape=(8,)),
            Argument("y", "memory", "out", 32, shape=(8,)),
            Argument("by", "scalar", "in", 32),
        ),
    )
    calls = [
        Call({"x": np.arange(8) - 4, "by": np.int64(by)}, {"y": (np.arange(8) - 4) * by})
        for by in (3, -7, 0)
    ]
    found = cosim(
        Design({"kernel.v": verilog}, "scale", interface), Vectors(interface, tuple(calls))
    )
    assert found.passed, found.text()
    assert found.metrics["cycles"] == 17


def test_what_it_says_of_an_error_is_the_finding(stand_in: None) -> None:
    report = hls(
        kernel(KERNEL.replace("y[i] =", "int *p = new int; y[i] = *p +")), hls_engine="bambu"
    )
    assert report.status == "failed"
    assert report.summary == "Bambu: dynamic memory is not possible"


def test_what_it_cannot_have_is_refused_before(stand_in: None) -> None:
    cut = "#pragma HLS ARRAY_PARTITION variable=x cyclic factor=2"
    text = KERNEL.replace("#pragma HLS INTERFACE ap_memory port=x", cut)
    report = hls(kernel(text), hls_engine="bambu")
    assert report.status == "failed" and "'x' is partitioned or reshaped" in report.summary
    assert report.diagnostics[0].line == 1


def test_without_it_the_message_says_how_to_get_it(without: None) -> None:
    design = kernel()
    with pytest.raises(
        MissingTool, match="bambu is not installed; to mend it: install PandA-Bambu"
    ):
        hls(design, hls_engine="bambu")


def test_pragmas_are_rewritten_and_lines_keep_their_numbers() -> None:
    text = KERNEL.replace("PIPELINE II=1", "UNROLL factor=2")
    found, dropped = rewritten({"kernel.cpp": text}, read({"kernel.cpp": text}, "scale"))
    lines = found["kernel.cpp"].split("\n")
    assert lines[:3] == [
        "#pragma HLS interface port=x mode=array elem_count=8",
        "#pragma HLS interface port=y mode=array elem_count=8",
        "#pragma HLS interface port=by mode=none",
    ]
    assert lines[3] == '#line 1 "kernel.cpp"' and lines[4].startswith("void scale")
    assert "#pragma HLS unroll factor=2" in lines and not dropped
    assert len(lines) == len(text.split("\n")) + 4


def test_a_top_of_other_ports_is_said() -> None:
    with pytest.raises(ValueError, match="has no module 'scale'"):
        bambu_wrapper.wrapped("module other(input a); endmodule", "scale", {})
    with pytest.raises(ValueError, match="no port 'done_port'"):
        bambu_wrapper.wrapped("module scale(input clock); endmodule", "scale", {})
