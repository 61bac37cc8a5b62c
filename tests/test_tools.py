"""The tools on small designs: right ones, wrong ones, and hostile ones."""

import threading
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

import tools.simulate
from prompts.demos import demos
from prompts.design import Design
from prompts.interface import Argument, Interface
from prompts.vectors import Call, Vectors
from tools.cosim import cosim
from tools.csim import csim
from tools.errors import LimitReached, RequestError, TimedOut, ToolError
from tools.find import PROGRAMS, find, has
from tools.lint import lint
from tools.parse import dataflow, parse
from tools.place_route import place_route
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.simulate import simulate
from tools.synthesize import synthesize

ADD_ONE = Interface(
    "add_one",
    (Argument("a", "scalar", "in", 8, False), Argument("y", "scalar", "out", 8, False)),
)
CALLS = Vectors(
    ADD_ONE,
    tuple(Call({"a": np.array(n)}, {"y": np.array((n + 1) % 256)}) for n in (0, 7, 200, 255)),
)
VERILOG = """\
module add_one (
    input ap_clk, input ap_rst, input ap_start,
    output reg ap_done, output ap_idle, output ap_ready,
    input [7:0] a, output reg [7:0] y, output y_ap_vld
);
    assign ap_idle = !ap_start && !ap_done;
    assign ap_ready = ap_done;
    assign y_ap_vld = ap_done;
    always @(posedge ap_clk)
        if (ap_rst) ap_done <= 0;
        else begin
            ap_done <= ap_start && !ap_done;
            y <= a + 8'd1;
        end
endmodule
"""
CXX = """\
#include "ap_int.h"
void add_one(ap_uint<8> a, ap_uint<8> &y) {
    y = a + 1;
}
"""
TESTBENCH = """\
`timescale 1ns/1ps
module tb;
    reg clk = 0, rst = 1, start = 0;
    wire done, idle, ready, valid;
    reg [7:0] a = 41;
    wire [7:0] y;
    add_one dut (clk, rst, start, done, idle, ready, a, y, valid);
    always #5 clk = ~clk;
    initial begin
        #22 rst = 0; start = 1;
        #30 if (y == 42) $display("PASS"); else $display("FAIL: y is %0d", y);
        $finish;
    end
endmodule
"""


def verilog(text: str = VERILOG, top: str = "add_one") -> Design:
    return Design({f"{top}.v": text}, top, ADD_ONE if top == "add_one" else None)


def cxx(text: str) -> Design:
    return Design({"add_one.cpp": text}, "add_one", ADD_ONE)


@pytest.mark.parametrize("name", [n for n, p in PROGRAMS.items() if not p.optional])
def test_every_needed_program_is_found(name: str) -> None:
    assert find(name).version


def test_a_right_design_passes_every_tool() -> None:
    design = verilog()
    assert parse(design).details["tops"] == ["add_one"]
    assert lint(design).passed
    assert csim(cxx(CXX), CALLS).metrics == {"calls": 4, "mismatches": 0}
    simulated = cosim(design, CALLS)
    assert simulated.passed
    assert simulated.metrics["cycles"] == 1
    assert simulated.metrics["ii"] == 2
    synthesized = synthesize(design)
    assert synthesized.metrics["ffs"] == 9
    placed = place_route(design, "ecp5-25k", 50.0)
    assert placed.passed
    assert placed.metrics["fmax_mhz"] > 100


def test_the_second_answer_is_cached() -> None:
    assert lint(verilog()) != lint(verilog(), cache=False)
    again = lint(verilog())
    assert again.cached
    assert again.summary == lint(verilog(), cache=False).summary


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("a + 8'd1;", "b + 8'd1;", "undeclared identifier 'b'"),
        ("output reg [7:0] y,", "output reg [6:0] y,", "port 'y' is output of 7 bits"),
        ("output y_ap_vld", "output valid", "port 'output y_ap_vld' is missing"),
        ("input [7:0] a,", "input [7:0] a, input extra,", "input 'extra' is not in the interface"),
        ("y <= a", '$display("PASS"); y <= a', "$display has no hardware"),
        ("y <= a", '$readmemh("y.out.hex", m); y <= a', "$readmemh has no hardware"),
        ("module add_one", "module add_two", "there is no module 'add_one'"),
        ("endmodule", "endmodule\nmodule add_one; endmodule", "add_one"),
        ("end\nendmodule", "endmodule", "expected 'end'"),
    ],
)
def test_parse_names_what_does_not_fit(old: str, new: str, found: str) -> None:
    report = parse(verilog(VERILOG.replace(old, new)))
    assert report.status == "failed"
    assert any(found in d.message for d in report.diagnostics), report.text()


def test_lint_gives_the_place_and_a_hint() -> None:
    lines = ("module m(input a, input b, output reg y);", "always @*", "if (a) y = b;", "endmodule")
    text = "\n".join(lines)
    report = lint(verilog(text, "m"))
    assert report.status == "failed"
    latch = next(d for d in report.diagnostics if d.code == "LATCH")
    assert (latch.file, latch.line) == ("m.v", 2)
    assert "default" in latch.hint


def test_cosim_says_which_value_is_wrong() -> None:
    report = cosim(verilog(VERILOG.replace("8'd1", "8'd2")), CALLS)
    assert report.summary == "call 0, made alone: y is 2, expected 1"
    assert report.metrics["mismatches"] == 8


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<= ap_start && !ap_done;", "<= 0;", "the design hangs"),
        ("<= ap_start && !ap_done;", "<= ap_start;", "ap_done came without a call in progress"),
        ("assign y_ap_vld = ap_done", "assign y_ap_vld = 0", "y_ap_vld was never high"),
        ("!ap_start && !ap_done", "0", "ap_idle is low while no call runs"),
    ],
)
def test_cosim_names_the_rule_that_is_broken(old: str, new: str, rule: str) -> None:
    report = cosim(verilog(VERILOG.replace(old, new)), CALLS, max_cycles=1000)
    assert report.status == "failed"
    assert rule in report.summary


def test_a_long_call_whose_stream_flows_does_not_hang() -> None:
    demo = demos()["relu_requant"]
    settings = demo.settle({"length": 1024, "lanes": 1})
    report = cosim(demo.design(settings), demo.vectors(settings, count=2), max_cycles=100)
    assert report.passed, report.text()
    assert report.metrics["cycles"] > 1000


def test_cosim_is_not_fooled_by_an_early_end() -> None:
    text = VERILOG.replace("y <= a", 'begin $display("@0 end 0"); $finish; end y <= a')
    report = cosim(verilog(text), CALLS)
    assert report.status == "failed"
    assert "ended before the harness did" in report.summary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CXX.replace("a + 1", "b + 1"), "'b' was not declared"),
        (CXX.replace("a + 1", "a + 2"), "y is 2, expected 1"),
        (CXX.replace("y = a + 1;", "int *volatile p = 0; y = *p;"), "crashed with signal 11"),
        (CXX.replace("a, ap", "a, int b, ap"), "must have 2 parameters"),
    ],
)
def test_csim_says_what_is_wrong(text: str, found: str) -> None:
    report = csim(cxx(text), CALLS)
    assert report.status == "failed"
    assert found in report.summary


@pytest.mark.parametrize("icarus", [True, False], ids=["icarus", "verilator"])
def test_a_testbench_decides(icarus: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if icarus and not has("iverilog"):
        pytest.skip("needs iverilog (apt-get install iverilog)")
    monkeypatch.setattr(tools.simulate, "has", lambda name: icarus)
    assert simulate(verilog(), TESTBENCH, "tb").passed
    wrong = simulate(verilog(VERILOG.replace("8'd1", "8'd2")), TESTBENCH, "tb")
    assert wrong.summary.startswith("the testbench reports: FAIL: y is 43 (")
    silent = simulate(verilog(), TESTBENCH.replace('"PASS"', '"fine"'), "tb")
    assert silent.summary.startswith("the testbench never printed PASS (")
    broken = simulate(verilog(), TESTBENCH.replace("reg [7:0] a = 41;", "reg [7:0 a;"), "tb")
    assert "do not build" in broken.summary


def test_dataflow_of_verilog_2001() -> None:
    if not has("iverilog"):
        pytest.skip("needs iverilog (apt-get install iverilog)")
    report = dataflow(verilog())
    assert "add_one.a" in report.details["add_one.y"][0]


def test_a_design_that_is_too_large_says_what_of() -> None:
    text = """module m(input clk, input [511:0] a, output reg [31:0] y);
    integer i; always @(posedge clk) begin y = 0;
    for (i = 0; i < 32; i = i + 1) y = y ^ (a[i*16 +: 8] * a[i*16+8 +: 8]); end endmodule"""
    report = synthesize(verilog(text, "m"))
    assert report.status == "failed"
    assert "32 DSPs of 28" in report.summary


def test_a_missed_clock_shows_the_critical_path() -> None:
    text = """module m(input clk, input [17:0] a, output reg [63:0] y);
    reg [17:0] r; always @(posedge clk) begin r <= a; y <= r * r * r + y * 3; end endmodule"""
    report = place_route(verilog(text, "m"), "ecp5-25k", 400.0)
    assert report.status == "failed"
    assert "misses 400 MHz" in report.summary
    assert report.diagnostics[0].code == "TIMING"
    assert any(d.line == 2 for d in report.diagnostics)
    steps = report.details["critical_path"]
    assert len(steps) < 16  # a carry chain of 64 bits is one of them
    assert steps[-1]["at_ns"] == pytest.approx(sum(s["delay_ns"] for s in steps), abs=0.02)


def test_an_unknown_target_lists_those_there_are() -> None:
    with pytest.raises(RequestError, match="ecp5-25k, ecp5-45k, ecp5-85k"):
        synthesize(verilog(), "zynq")


@pytest.mark.parametrize("name", ["../x.v", "a b.v", "x/y.v", "", "q'.v", "-o.v\n"])
def test_odd_file_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not allowed"):
        Design({name: "module m; endmodule"}, "m")


HOSTILE_CXX = {
    "hang": "for (volatile int i = 0;; i = i) ;",
    "flood": 'for (;;) printf("flood flood flood flood flood flood flood flood\\n");',
    "fork": "for (int i = 0; i < 10; i++) fork(); for (;;) pause();",
    "ignore": "signal(SIGTERM, SIG_IGN); setsid(); for (;;) pause();",
}


@pytest.mark.parametrize("name", HOSTILE_CXX)
def test_hostile_programs_are_ended(name: str) -> None:
    includes = "#include <stdio.h>\n#include <unistd.h>\n#include <signal.h>\n"
    text = includes + CXX.replace("y = a + 1;", HOSTILE_CXX[name] + " y = a;")
    with pytest.raises(TimedOut, match="limit"):
        csim(cxx(text), CALLS, time_s=3.0)
    time.sleep(0.3)
    assert "./csim" not in _commands()


def _commands() -> list[str]:
    """The first word of every process's command."""
    commands = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            commands.append(path.read_bytes().split(b"\0")[0].decode())
    return commands


def test_generated_code_sees_nothing_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = Path.home() / ".siliwright-test-secret"
    secret.write_text("secret")
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    body = f"""
        FILE *f = fopen("{secret}", "r");
        if (f) {{ fprintf(stderr, "read a file\\n"); exit(9); }}
        if (getenv("OPENAI_API_KEY")) {{ fprintf(stderr, "read a key\\n"); exit(9); }}
        struct sockaddr_in to = {{}}; to.sin_family = AF_INET; to.sin_port = htons(9);
        to.sin_addr.s_addr = htonl(0x7f000001);
        int s = socket(AF_INET, SOCK_STREAM, 0);
        if (s >= 0 && connect(s, (struct sockaddr *)&to, sizeof to) == 0) exit(9);
        FILE *w = fopen("/usr/siliwright", "w");
        if (w) {{ fprintf(stderr, "wrote a file\\n"); exit(9); }}
        y = a + 1;"""
    heads = ("stdio.h", "stdlib.h", "sys/socket.h", "netinet/in.h", "arpa/inet.h")
    includes = "".join(f"#include <{head}>\n" for head in heads)
    try:
        report = csim(cxx(includes + CXX.replace("y = a + 1;", body)), CALLS)
    finally:
        secret.unlink()
    assert report.passed, report.summary


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hang", VERILOG.replace("y <= a", "while (1) y <= a")),
        ("flood", VERILOG.replace("y <= a", 'while (1) $display("flood flood"); y <= a')),
    ],
)
def test_hostile_verilog_is_ended(name: str, text: str) -> None:
    with pytest.raises(TimedOut, match="limit"):
        cosim(verilog(text), CALLS, time_s=5.0)


def test_a_tool_is_stopped_from_outside() -> None:
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    text = CXX.replace("y = a", "for (volatile int i = 0;; i = i) ; y = a")
    with pytest.raises(LimitReached):
        csim(cxx(text), CALLS, stop=stop)


def test_a_design_without_the_right_files_is_an_error_of_the_tool() -> None:
    for tool in (parse, lint, synthesize):
        with pytest.raises(ToolError, match="needs a Verilog file"):
            tool(cxx(CXX))  # type: ignore[operator]
    with pytest.raises(ToolError, match=r"needs a C\+\+ file"):
        csim(verilog(), CALLS)


def test_a_digest_depends_on_all_that_decides_the_result() -> None:
    plan = Plan({"a.v": "x"}, (Command("verilator", ("--version",)),))
    others = [
        Plan({"a.v": "y"}, plan.commands),
        Plan({"b.v": "x"}, plan.commands),
        Plan(plan.files, (Command("verilator", ("--help",)),)),
        Plan(plan.files, plan.commands, keep=("*.json",)),
        Plan(plan.files, plan.commands, limits=Limits(time_s=1)),
    ]
    assert len({plan.digest(), *(other.digest() for other in others)}) == 1 + len(others)
    assert carry_out(plan).returncode == 0
