"""Ports of synthesised kernels: registers, buses, and what is refused or warned of."""

from dataclasses import replace

import pytest
from kernel_runs import Kernel

from agents.generated import from_cxx
from prompts.demos import demos
from prompts.design import Design
from prompts.register_map import Item, layout
from tools.cosim import cosim
from tools.hls.engine import VERILOG, hls
from tools.hls.signature import read
from tools.lint import lint
from tools.report import Report

BUSES = ("axis_sides", "axi_bytes", "axi_copy", "axi_gather", "axi_gemm", "axi_wide", "df_axi_add",
         "df_axi_tiles", "df_axis", "free_running", "lite_memory", "lite_scalars",
         "scalar_handshakes")  # fmt: skip


def _of(text: str, top: str = "top") -> Report:
    return hls(Design({"kernel.cpp": text}, top))


def test_registers_are_placed_as_vitis_places_them() -> None:
    items = [
        Item("a", "in", 32), Item("p", "in", 64), Item("y", "out", 32), Item("z", "in", 1),
        Item("ap_return", "return", 8), Item("x", "memory", 16, 10),
    ]  # fmt: skip
    found = {r.item.name: (r.offset, r.valid) for r in layout("control", items, True).registers}
    assert found == {
        "ap_return": (0x10, None), "a": (0x18, None), "p": (0x20, None), "y": (0x2C, 0x30),
        "z": (0x3C, None), "x": (0x60, None),
    }  # fmt: skip


def test_the_c_header_tells_the_registers_of_the_report() -> None:
    kernel = Kernel.load("lite_memory")
    report = hls(Design(kernel.sources, kernel.top))
    header = report.artifacts["xlite_memory_hw.h"].read_text()
    (registers,) = report.details["registers"]
    offsets = {row["name"]: row["offset"] for row in registers["rows"]}
    assert f"XLITE_MEMORY_CTRL_ADDR_IN_BASE 0x{offsets['in']:02x}" in header
    assert "XLITE_MEMORY_CTRL_DEPTH_IN 40" in header
    assert f"XLITE_MEMORY_CTRL_ADDR_N_DATA 0x{offsets['n']:02x}" in header


@pytest.mark.parametrize("name", BUSES)
def test_a_kernel_behind_buses_has_clean_verilog(name: str) -> None:
    kernel = Kernel.load(name)
    report = hls(Design(kernel.sources, kernel.top))
    verilog = {VERILOG: report.artifacts[VERILOG].read_text()}
    found = lint(Design(verilog, kernel.top))
    assert found.passed and not found.diagnostics, found.text()


def test_a_report_tells_which_accesses_are_bursts() -> None:
    kernel = Kernel.load("axi_gather")
    found = hls(Design(kernel.sources, kernel.top)).details["bursts"]
    assert {(f["argument"], f["way"], f["burst"]) for f in found} == {
        ("index", "read", True), ("table_r", "read", False), ("out", "write", True),
    }  # fmt: skip


def test_each_part_of_a_beat_has_a_port_of_its_own() -> None:
    kernel = Kernel.load("axis_sides")
    found = {port.name: port.bits for port in read(kernel.sources, kernel.top).interface.ports()}
    expected = {"TDATA": 16, "TKEEP": 2, "TSTRB": 2, "TUSER": 4, "TLAST": 1, "TID": 3, "TDEST": 2}
    assert {n.removeprefix("halved_"): b for n, b in found.items() if n.startswith("halved_")} == {
        **expected, "TVALID": 1, "TREADY": 1,
    }  # fmt: skip
    assert "means_TUSER" not in found


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("static int f(int (*a)[8], int r) { return a[r][2]; }\nint top(int (*a)[8]) {\n"
         "return f(a, 1);\n}", 2, "no number of rows"),
        ("void top(float *a, int n) { for (int i = 0; i < n; i++) a[i] *= 2; }", 1, "declare a[N]"),
        ("int top(int a[]) {\nreturn a[3]; }", 1, "*a into memory behind AXI"),
        ("struct P { int x, y; };\nvoid top(P a[8]) {\n#pragma HLS INTERFACE m_axi port=a\n"
         "a[0].x = 1;\n}", 3, "for each field"),
        ("void top(int a[8]) {\n#pragma HLS INTERFACE axis port=a\n a[0] = 1;\n}", 2,
         "hls::stream"),
        ("void top(int a[8]) {\n#pragma HLS INTERFACE m_axi port=a\n"
         "#pragma HLS ARRAY_PARTITION variable=a complete\n a[0] = 1;\n}", 3, "local array"),
        ("void top(int a[8]) {\n#pragma HLS INTERFACE m_axi port=a max_read_burst_length=512\n"
         "a[0] = 1;\n}", 2, "256"),
        ("#include <hls_stream.h>\nvoid f(int *a, hls::stream<int> &s) { s << a[0]; }\n"
         "void g(hls::stream<int> &s, int *a) { a[1] = s.read(); }\nvoid top(int a[8]) {\n"
         "#pragma HLS INTERFACE m_axi port=a\n#pragma HLS DATAFLOW\nhls::stream<int> s;\n"
         "f(a, s);\ng(s, a);\n}", 9, "the argument 'a' is used by the tasks 'f' and 'g'"),
        ("void top(int a[2000]) {\n#pragma HLS ARRAY_PARTITION variable=a complete\n"
         "for (int i = 0; i < 2000; i++) a[i] = i;\n}", 2, "as many ports"),
    ],
)  # fmt: skip
def test_ports_that_are_not_to_be_had_are_refused_with_a_line(
    text: str, line: int, words: str
) -> None:
    report = _of(text)
    assert not report.passed
    assert words in report.diagnostics[0].message and report.diagnostics[0].line == line


def test_beside_axi_there_are_no_handshakes() -> None:
    lines = "s_axilite port=return", "ap_hs port=a", "ap_ctrl_chain port=return"
    pragmas = "\n".join(f"#pragma HLS INTERFACE {line}" for line in lines)
    report = _of(f"int top(int a) {{\n{pragmas}\n return a + 1;\n}}")
    chain, shaken = report.diagnostics
    assert report.passed and (chain.line, shaken.line) == (4, 3)
    assert "beside AXI4-Lite" in chain.message and "no acknowledgement" in shaken.message


@pytest.mark.parametrize(
    ("pragma", "words"),
    [
        ("INTERFACE ap_ctrl_none port=return", "needs a top of streams"),
        ("INTERFACE ap_bus port=a", "not known"),
    ],
)
def test_a_protocol_without_its_ports_is_warned_of(pragma: str, words: str) -> None:
    report = _of(f"int top(int a) {{\n#pragma HLS {pragma}\n return a + 1;\n}}")
    (found,) = report.diagnostics
    assert report.passed and found.line == 2 and words in found.message


def test_the_last_word_of_a_reshaped_array_is_written_without_being_read() -> None:
    report = _of("""
        #include "ap_int.h"
        void top(const ap_int<8> x[2][7], ap_int<8> y[2][7]) {
        #pragma HLS ARRAY_RESHAPE variable=y cyclic factor=4 dim=2
            for (int row = 0; row < 2; row++) {
                for (int col = 0; col < 4; col++) {
        #pragma HLS UNROLL
                    y[row][col] = x[row][col];
                }
                for (int col = 4; col < 7; col++) {
        #pragma HLS UNROLL
                    y[row][col] = -x[row][col];
                }
            }
        }
    """)
    verilog = report.artifacts[VERILOG].read_text()
    assert "y_d0" in verilog
    assert "y_q" not in verilog


def test_an_array_whose_last_dimension_is_one_is_partitioned() -> None:
    report = _of("""
        void top(const int x[12], int y[12]) {
            int kept[2][6][1];
        #pragma HLS ARRAY_PARTITION variable=kept complete dim=1
        #pragma HLS ARRAY_PARTITION variable=kept complete dim=3
            for (int i = 0; i < 12; i++)
                kept[i % 2][i / 2][0] = x[i];
            for (int i = 0; i < 12; i++)
                y[i] = kept[1 - i % 2][i / 2][0];
        }
    """)
    assert report.passed, report.text()


def test_what_is_left_alone_in_an_array_that_is_only_written_stays() -> None:
    demo = demos()["dma"]
    settings = demo.settle({"rows": 2, "columns": 3})
    design = demo.design(settings)
    made = from_cxx(design, [hls(replace(design, files=design.cxx))])
    vectors = demo.vectors(settings, count=1)
    assert cosim(replace(made, files=made.verilog), vectors).passed
    vectors.calls[0].outputs["target"].flat[-1] ^= 1
    assert cosim(replace(made, files=made.verilog), vectors).diagnostics[0].code == "MISMATCH"
