"""Dataflow regions: what they become, how calls overlap, and what is refused."""

import pytest
from kernel_runs import KERNELS, Kernel, verified

from prompts.design import Design
from tools.cosim import run_vectors
from tools.hls.capture import capture
from tools.hls.engine import VERILOG, hls
from tools.hls.signature import read
from tools.lint import lint
from tools.ports import by_ports
from tools.report import Report
from tools.synthesize import synthesize

HEAD = """#include "hls_stream.h"
static void make(const int in[8], hls::stream<int> &s) {
    for (int i = 0; i < 8; i++) s.write(in[i]);
}
static void take(hls::stream<int> &s, int out[8]) {
    for (int i = 0; i < 8; i++) out[i] = s.read();
}
static void copy(const int from[8], int to[8]) {
    for (int i = 0; i < 8; i++) to[i] = from[i] + 1;
}
static void idle(int n) {}
static int twice(int n) { return 2 * n; }
"""
FIRST = HEAD.count("\n") + 3
"""The line of the first statement of a region."""


def region(*statements: str, parameters: str = "const int in[8], int out[8]") -> Report:
    lines = "\n".join(f"    {s}" for s in statements)
    text = f"{HEAD}void top({parameters}) {{\n#pragma HLS DATAFLOW\n{lines}\n}}\n"
    return hls(Design({"top.cpp": text}, "top"))


@pytest.mark.parametrize(
    ("statements", "line", "sentence"),
    [
        (
            ("int a[8];", "copy(in, a);", "copy(a, out);", "copy(a, other);"),
            3,
            "the array 'a' is used by the tasks 'copy', 'copy' and 'copy'",
        ),
        (
            ("hls::stream<int> s;", "make(in, s);", "take(s, out);", "take(s, other);"),
            3,
            "the stream 's' is read by the tasks 'take' and 'take'",
        ),
        (
            ("hls::stream<int> s;", "make(in, s);", "make(in, s);", "take(s, out);"),
            2,
            "the argument 'in' is used by the tasks 'make' and 'make'",
        ),
        (
            ("hls::stream<int> s;", "make(in, s);"),
            0,
            "the stream 's' is read by no task of the dataflow region",
        ),
        (
            ("hls::stream<int> s;", "take(s, out);"),
            0,
            "the stream 's' is written by no task of the dataflow region",
        ),
        (
            ("int a[8];", "copy(a, out);", "copy(in, a);"),
            1,
            "the array 'a' is read by 'copy', and no task before it writes it",
        ),
        (("idle(3);",), 0, "the task 'idle' has no effect"),
        (
            ("int a[8];", "copy(in, a);", "if (a[0]) copy(a, out);"),
            2,
            "a dataflow region is a list of calls",
        ),
        (
            ("int a[8];", "for (int i = 0; i < 8; i++) a[i] = i;", "copy(a, out);"),
            1,
            "a dataflow region is a list of calls",
        ),
        (
            ("hls::stream<int> s;", "make(in, s);", "out[0] = s.read();"),
            2,
            "code of a dataflow region uses a stream itself",
        ),
    ],
)
def test_a_region_that_cannot_run_at_once_is_refused(
    statements: tuple[str, ...], line: int, sentence: str
) -> None:
    report = region(*statements, parameters="const int in[8], int out[8], int other[8]")
    assert report.status == "failed"
    (found,) = report.diagnostics
    assert sentence in found.message
    assert (found.file, found.line) == ("top.cpp", FIRST + line)


def test_a_task_that_nobody_needs_is_left_out() -> None:
    report = region("int a[8];", "copy(in, out);", "copy(other, a);", "idle(a[0]);",
                    parameters="const int in[8], int out[8], const int other[8]")  # fmt: skip
    assert report.passed, report.text()
    assert [task["name"] for task in report.details["tasks"]] == ["copy"]
    said = [(d.message, d.line) for d in report.diagnostics if d.severity == "warning"]
    left_out = "the task {!r} is left out: nobody needs anything that it computes"
    assert (left_out.format("copy"), FIRST + 2) in said


def test_two_channels_of_one_name_and_other_types_are_refused() -> None:
    """After inlining they could not be told apart."""
    text = f"""{HEAD}static void wide(const int in[8], hls::stream<long> &s) {{
    for (int i = 0; i < 8; i++) s.write(in[i]);
}}
static void narrow(hls::stream<long> &s, hls::stream<int> &t) {{
    for (int i = 0; i < 8; i++) t.write(s.read());
}}
static void first(const int in[8], hls::stream<int> &t) {{
#pragma HLS INLINE
    hls::stream<long> s;
    wide(in, s);
    narrow(s, t);
}}
void top(const int in[8], int out[8]) {{
#pragma HLS DATAFLOW
    hls::stream<int> t;
    hls::stream<int> s;
    first(in, t);
    forward(t, s);
    take(s, out);
}}
""".replace(
        "static void first",
        "static void forward(hls::stream<int> &from, hls::stream<int> &to) {"
        " for (int i = 0; i < 8; i++) to.write(from.read()); }\nstatic void first",
    )
    report = hls(Design({"top.cpp": text}, "top"))
    assert report.status == "failed"
    assert "another variable of that name with another type" in report.summary


def test_a_region_without_tasks_is_refused() -> None:
    report = region("out[0] = in[0];")
    assert report.status == "failed"
    assert "calls no function" in report.summary


def test_each_task_is_a_module_and_tells_of_itself() -> None:
    report = region("hls::stream<int> s;", "make(in, s);", "take(s, out);")
    assert report.passed, report.text()
    text = report.artifacts[VERILOG].read_text()
    assert all(f"module top{n} (" in text for n in ("", "_0_make", "_1_take", "_fifo_32x2"))
    names = [task["name"] for task in report.details["tasks"]]
    assert names == ["make", "take"]
    assert {loop["task"] for loop in report.details["loops"]} == {"make", "take"}
    (channel,) = report.details["channels"]
    assert (channel["kind"], channel["depth"]) == ("fifo", 2)


def test_arguments_are_worked_out_between_the_calls() -> None:
    text = f"""{HEAD}
static void add(const int from[8], int n, int to[8]) {{
    for (int i = 0; i < 8; i++) to[i] = from[i] + n;
}}
static void apart(int a[8], int b[8]) {{
#pragma HLS INLINE
    add(a, 5, b);
}}
int top(const int in[8], int n, int out[8]) {{
#pragma HLS DATAFLOW
    int a[8], b[8];
    int m = twice(n + 1);
    add(in, m - 1, a);
    apart(a, b);
    add(b, 3 * n, out);
    return m + 7;
}}
"""
    testbench = """
int top(const int in[8], int n, int out[8]);
int main() {
    int wrong = 0, in[8], out[8];
    for (int n = -3; n < 4; n++) {
        for (int i = 0; i < 8; i++) in[i] = i * n + 2;
        const int got = top(in, n, out);
        wrong += got != 2 * n + 9;
        for (int i = 0; i < 8; i++) wrong += out[i] != in[i] + 2 * n + 1 + 5 + 3 * n;
    }
    return wrong;
}
"""
    report, measured = verified(Kernel("top", {"top.cpp": text}, {"tb.cpp": testbench}))
    assert [task["name"] for task in report.details["tasks"]] == ["twice", "add", "add", "add"]
    assert measured["mismatches"] == 0


def test_calls_overlap_through_arrays() -> None:
    report, measured = verified(Kernel.load("df_ping_pong"))
    slowest = max(task["latency"]["max"] for task in report.details["tasks"])
    assert report.details["interval"] == {"min": slowest + 1, "max": slowest + 1}
    assert measured["ii"] == slowest + 1
    assert measured["cycles"] == report.details["latency"]["max"] > slowest + 1


def test_tasks_overlap_within_a_call_through_streams() -> None:
    report, measured = verified(Kernel.load("df_load_store"))
    whole = sum(task["latency"]["max"] for task in report.details["tasks"])
    assert measured["cycles"] < whole / 2


def test_a_region_within_what_the_top_calls_is_one_region() -> None:
    text = f"""{HEAD}
static void scale(hls::stream<int> &s, hls::stream<int> &t) {{
    for (int i = 0; i < 8; i++) t.write(3 * s.read());
}}
static void front(const int in[8], hls::stream<int> &t) {{
#pragma HLS DATAFLOW
    hls::stream<int> s;
    make(in, s);
    scale(s, t);
}}
static void all(const int in[8], int out[8]) {{
#pragma HLS DATAFLOW
    hls::stream<int> t;
    front(in, t);
    take(t, out);
}}
void top(const int in[8], int out[8]) {{ all(in, out); }}
"""
    report = hls(Design({"top.cpp": text}, "top"))
    assert report.passed, report.text()
    assert [task["name"] for task in report.details["tasks"]] == ["make", "scale", "take"]
    more = text.replace("all(in, out);", "all(in, out); for (int i = 0; i < 8; i++) out[i]++;")
    refused = hls(Design({"top.cpp": more}, "top"))
    assert "8 words are written to the stream 's' before it is read" in refused.summary
    roomy = more.replace("hls::stream<int> s;", "hls::stream<int, 8> s;")
    roomy = roomy.replace("hls::stream<int> t;", "hls::stream<int, 8> t;")
    report = hls(Design({"top.cpp": roomy}, "top"))
    assert report.passed, report.text()
    said = [d.message for d in report.diagnostics]
    assert "DATAFLOW has no effect in 'all': the top does more than call it" in said


DEADLOCK = """#include "hls_stream.h"
static void one_by_one(const int in[8], hls::stream<int> &low, hls::stream<int> &high) {
    for (int i = 0; i < 8; i++) low.write(in[i]);
    for (int i = 0; i < 8; i++) high.write(in[i] >> 16);
}
static void both(hls::stream<int> &low, hls::stream<int> &high, int out[8]) {
    for (int i = 0; i < 8; i++) out[i] = low.read() + high.read();
}
void top(const int in[8], int out[8]) {
#pragma HLS DATAFLOW
    hls::stream<int> low, high;
#pragma HLS STREAM variable=low depth=3
    one_by_one(in, low, high);
    both(low, high, out);
}
"""


def test_a_network_that_stands_still_names_its_fifos() -> None:
    sources = {"top.cpp": DEADLOCK}
    main = "int main() { int in[8] = {1, 2}, out[8]; top(in, out); return 0; }\n"
    testbench = {"tb.cpp": f"void top(const int in[8], int out[8]);\n{main}"}
    verilog = {VERILOG: hls(Design(sources, "top")).artifacts[VERILOG].read_text()}
    signature = read(sources, "top")
    vectors = capture(signature, sources, testbench).vectors(by_ports(signature.interface, verilog))
    replayed = run_vectors(Design(verilog, "top"), vectors, max_cycles=30_000)
    assert replayed.status == "failed"
    assert "the design hangs" in replayed.summary
    assert "the FIFO low of depth 3 is full" in replayed.summary
    assert "the FIFO high is empty" in replayed.summary


def test_a_full_short_way_does_not_stop_the_long_one() -> None:
    kernel = Kernel.load("df_diamond")
    text = kernel.sources["kernel.cpp"].replace("variable=high depth=64", "variable=high depth=3")
    _, measured = verified(Kernel("df_diamond", {"kernel.cpp": text}, kernel.testbench))
    _, roomy = verified(kernel)
    assert measured["cycles"] > roomy["cycles"]


@pytest.mark.parametrize("name", sorted(path.name for path in KERNELS.glob("df_*")))
def test_the_verilog_of_a_network_has_no_warning(name: str) -> None:
    report = hls(Design(Kernel.load(name).sources, name))
    verilog = {VERILOG: report.artifacts[VERILOG].read_text()}
    assert not lint(Design(verilog, name)).diagnostics


LARGE = """#include "hls_stream.h"
static void halves(const int in[1024], hls::stream<int> &low, int high[1024]) {
    for (int i = 0; i < 1024; i++) {
        low.write(in[i] & 0xffff);
        high[i] = in[i] >> 16;
    }
}
static void joined(hls::stream<int> &low, int high[1024], int out[1024]) {
    for (int i = 0; i < 1024; i++) out[i] = high[1023 - i] * 5 + high[i] + low.read();
}
void top(const int in[1024], int out[1024]) {
#pragma HLS DATAFLOW
    hls::stream<int> low;
#pragma HLS STREAM variable=low depth=1024
    int high[1024];
    halves(in, low, high);
    joined(low, high, out);
}
"""


def test_large_channels_are_block_rams() -> None:
    testbench = """#include <cstdlib>
void top(const int in[1024], int out[1024]);
int main() {
    static int in[1024], out[1024];
    int wrong = 0;
    for (int run = 0; run < 3; run++) {
        for (int &v : in) v = std::rand();
        top(in, out);
        for (int i = 0; i < 1024; i++)
            wrong += out[i] != (in[1023 - i] >> 16) * 5 + (in[i] >> 16) + (in[i] & 0xffff);
    }
    return wrong;
}
"""
    kernel = Kernel("top", {"top.cpp": LARGE}, {"tb.cpp": testbench})
    report, measured = verified(kernel)
    assert measured["mismatches"] == 0
    verilog = {VERILOG: report.artifacts[VERILOG].read_text()}
    placed = synthesize(Design(verilog, "top"), "ecp5-85k")
    assert placed.passed, placed.text()
    # 1024 words of 32 bits take two block RAMs: the FIFO once, the array twice.
    assert placed.metrics["brams"] == 6
    assert placed.metrics["ffs"] < 1000


@pytest.mark.parametrize(
    ("words", "fill", "style", "length"),
    [
        (16, "a[i] = in[i];", "distributed", 2),
        (16, "a[i] = a[i + 8] = in[i];", "block", 3),
        (512, "a[i] = in[i];", "block", 3),
    ],
)
def test_tasks_count_on_what_their_buffers_are_built_of(
    words: int, fill: str, style: str, length: int
) -> None:
    text = f"""
static void fill(const int in[8], short a[{words}]) {{ for (int i = 0; i < 8; i++) {fill} }}
static void use(const short a[{words}], int out[8]) {{
    for (int i = 0; i < 8; i++) out[i] = a[i] + a[i + 8] + 1;
}}
void top(const int in[8], int out[8]) {{
#pragma HLS DATAFLOW
    short a[{words}];
    fill(in, a);
    use(a, out);
}}
"""
    report = hls(Design({"top.cpp": text}, "top"), clock_mhz=100, target="ecp5-85k")
    assert f'ram_style = "{style}"' in report.artifacts[VERILOG].read_text()
    assert {b["task"]: b["cycles"] for b in report.details["schedule"]}["use"] == length
