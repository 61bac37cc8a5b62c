"""Waveforms: what a co-simulation leaves, what is read of a file, and files that are none."""

from pathlib import Path

import pytest
from test_tools import CALLS, VERILOG, verilog

from tools.cosim import cosim
from tools.errors import ToolError
from tools.find import has
from tools.simulate import simulate
from tools.verilator import WaveFormat
from tools.waves import first_mismatch, signals, table, value_at, waves, window

VCD = """\
$timescale 10ns $end
$scope module tb $end
$var wire 1 ! clk $end
$var wire 8 " d [7:0] $end
$var wire 8 # q[3] [7:0] $end
$var real 64 $ r $end
$upscope $end
$enddefinitions $end
#0
0!
bxxxx0000 "
b1 #
r1.5 $
#5
1!
b1 "
#10
0!
b11111110 "
"""


@pytest.fixture
def vcd(tmp_path: Path) -> Path:
    path = tmp_path / "a.vcd"
    path.write_text(VCD)
    return path


def test_signals_are_found_by_glob_with_brackets_as_they_are(vcd: Path) -> None:
    assert [s.path for s in signals(vcd)] == ["tb.clk", "tb.d", "tb.q[3]", "tb.r"]
    assert [(s.path, s.bits) for s in signals(vcd, "q[*")] == [("tb.q[3]", 8)]


def test_a_window_begins_with_the_value_that_holds(vcd: Path) -> None:
    found = window(vcd, ("d", "r"), 7, 10)
    assert found.traces == {"tb.d": [(7, 1), (10, 254)], "tb.r": [(7, 1.5)]}
    assert found.unit_s == pytest.approx(1e-8)
    assert value_at(found.traces["tb.d"], 9) == 1
    assert value_at(found.traces["tb.d"], 6) is None


def test_undefined_bits_are_no_mismatch(vcd: Path) -> None:
    assert first_mismatch(vcd, "tb.d", "q[3]") == 10
    assert first_mismatch(vcd, "d", "d") is None


def test_a_table_has_a_row_for_each_change(vcd: Path) -> None:
    lines = [line.split() for line in table(vcd, ("d", "clk"), radix="signed").splitlines()]
    assert lines == [
        ["in", "tb"],
        ["time", "clk", "d"],
        ["0", "0", "xxxx0000"],
        ["5", "1", "1"],
        ["10", "0", "-2"],
    ]
    assert "(2 more times; start at 5 to see them)" in table(vcd, ("*",), rows=1)


def test_a_wrong_name_is_answered_with_near_ones(vcd: Path) -> None:
    with pytest.raises(ToolError, match=r"no signal is named 'clock'; the nearest are tb\.clk"):
        window(vcd, ("clock",))


@pytest.mark.parametrize(
    "content",
    [b"", b"junk\n", bytes(range(256)) * 40, VCD[:60].encode(), VCD[:150].encode()],
    ids=["empty", "text", "binary", "cut in the header", "cut before the values"],
)
def test_what_is_no_waveform_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.vcd"
    path.write_bytes(content)
    with pytest.raises(ToolError, match="cannot be read as a waveform"):
        window(path, ("*",))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="there is no file"):
        waves(str(tmp_path / "none.vcd"))


def test_cosim_leaves_a_waveform_that_shows_the_mismatch() -> None:
    wrong = VERILOG.replace("a + 8'd1", "a == 200 ? 8'd7 : a + 8'd1")
    report = cosim(verilog(wrong), CALLS, trace=True)
    assert report.status == "failed"
    path = report.artifacts["waves.vcd"]
    found = window(path, ("cosim.mismatches", "cosim.y_port", "cosim.y_expects"))
    time = next(t for t, value in found.traces["TOP.cosim.mismatches"] if value)
    shown = {name: value_at(trace, time - 1) for name, trace in found.traces.items()}
    assert (shown["TOP.cosim.y_port"], shown["TOP.cosim.y_expects"]) == (7, 201)
    asked = waves(str(path), "cosim.y_port", differ=("cosim.y_port", "cosim.y_expects"))
    assert asked.passed and "first differ at" in asked.summary


TESTBENCH = """`timescale 1ns/1ps
module tb;
    reg clk = 0;
    reg [7:0] count = 0;
    always #5 clk = !clk;
    always @(posedge clk) count <= count + 1;
    initial begin
        $dumpfile("mine.vcd");
        $dumpvars;
        {body}
        $display("PASS");
        $finish;
    end
endmodule
"""


@pytest.mark.parametrize("wave_format", ["vcd", "fst"])
@pytest.mark.parametrize(
    ("simulator", "body"),
    [
        pytest.param(
            "Icarus Verilog",
            "#100;",
            marks=pytest.mark.skipif(not has("vvp"), reason="needs Icarus Verilog"),
        ),
        ("Verilator", "#100; if (0) #1000000;"),
    ],
)
def test_simulate_leaves_a_waveform(simulator: str, body: str, wave_format: WaveFormat) -> None:
    testbench = TESTBENCH.format(body=body)
    report = simulate(verilog(), testbench, trace=True, wave_format=wave_format)
    assert report.passed, report.summary
    assert report.details["simulator"] == simulator
    assert list(report.artifacts) == [f"waves.{wave_format}"]
    path = report.artifacts[f"waves.{wave_format}"]
    found = window(path, ("tb.count",))
    name = next(iter(found.traces))
    per_ns = round(1e-9 / found.unit_s)
    assert [value_at(found.traces[name], ns * per_ns) for ns in (1, 6, 16, 96)] == [0, 1, 2, 10]
    assert not simulate(verilog(), testbench).artifacts


def test_cosim_says_the_same_with_and_without_a_waveform() -> None:
    plain, traced = cosim(verilog(), CALLS), cosim(verilog(), CALLS, trace=True)
    assert (plain.metrics, plain.summary) == (traced.metrics, traced.summary)
    assert not plain.artifacts
