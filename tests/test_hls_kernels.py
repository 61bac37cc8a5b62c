"""Every kernel of the suite: synthesised, and bit-exact with its own testbench."""

import json
import re

import pytest
from kernel_runs import KERNELS, Kernel, played, verified

from prompts.demos import demos
from prompts.design import Design
from tools.hls.capture import capture
from tools.hls.engine import VERILOG, hls
from tools.hls.signature import read
from tools.place_route import place_route
from tools.ports import by_ports

NAMES = sorted(path.name for path in KERNELS.iterdir())
SLOWER = {"elastic_linear", "hint_aug"}
"""Kernels of the library with a loop whose interval is 2, as one pass waits for the one before."""


@pytest.mark.parametrize("name", NAMES)
def test_a_kernel_is_bit_exact_and_as_quick_as_reported(name: str) -> None:
    report, measured = verified(Kernel.load(name))
    latency = report.details["latency"]
    text = report.artifacts[VERILOG].read_text()
    waits = any(port in text for port in ("_empty_n", "_full_n", "m_axi_", "ap_start = 1'b1"))
    if not waits:  # for tasks before it, FIFOs or a bus, or is never called
        assert latency["min"] <= measured["cycles_min"]
        assert latency["max"] is None or measured["cycles"] <= latency["max"]
    if latency["min"] == latency["max"] and not waits:
        assert measured["cycles"] == latency["max"]
    if calls := report.details.get("calls", {}).get("ii"):
        assert measured["ii"] == calls


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_a_kernel_is_placed_on_an_ecp5(name: str) -> None:
    kernel = Kernel.load(name)
    report = hls(Design(kernel.sources, kernel.top))
    verilog = {VERILOG: report.artifacts[VERILOG].read_text()}
    placed = place_route(Design(verilog, kernel.top), "ecp5-85k", 100.0)
    assert placed.passed, placed.text()
    assert placed.metrics["fmax_mhz"] > 0


@pytest.mark.parametrize("name", sorted(demos()))
def test_the_library_s_cxx_goes_through_synthesis(name: str) -> None:
    demo = demos()[name]
    parameters = demo.settle({})
    design = demo.design(parameters)
    report = hls(Design(design.cxx, design.top))
    assert report.passed, report.text()
    assert name in SLOWER or not [d for d in report.diagnostics if d.code == "II"], report.text()
    verilog = {VERILOG: report.artifacts[VERILOG].read_text()}
    vectors = demo.vectors(parameters, 1, 1)
    interface = by_ports(read(design.cxx, design.top).interface, verilog)
    written = {a.name: a.direction for a in interface.arguments}
    given = {a.name: a.direction for a in vectors.interface.arguments}
    # Of an array that the vectors also fill, the Verilog may only write some words.
    partly = {n for n, direction in written.items() if (direction, given[n]) == ("out", "inout")}
    assert written == given | dict.fromkeys(partly, "out")
    played(Design(verilog, design.top), vectors)


def test_a_register_that_is_never_loaded_is_noticed() -> None:
    kernel = Kernel.load("piped_early")
    text = hls(Design(kernel.sources, kernel.top)).artifacts[VERILOG].read_text()
    signature = read(kernel.sources, kernel.top)
    calls = capture(signature, kernel.sources, kernel.testbench)
    vectors = calls.vectors(by_ports(signature.interface, {VERILOG: text}))
    (register,) = re.findall(r"assign ap_return = (\w+);", text)
    broken, loads = re.subn(rf".* {register} <= .*\n", "", text)
    assert loads == 1
    with pytest.raises(AssertionError):
        played(Design({VERILOG: broken}, kernel.top), vectors)


def test_the_facts_are_json_and_tell_of_loops() -> None:
    kernel = Kernel.load("gemm")
    report = hls(Design(kernel.sources, kernel.top))
    json.dumps(report.details)
    (loop,) = report.details["loops"]  # the nest of three is one pipeline
    assert loop["trips"] == {"min": 256, "max": 256}
    assert loop["pipelined"] and loop["ii"] == 1 and loop["line"] == 6


def test_constants_with_a_point_leave_no_conversion() -> None:
    kernel = Kernel.load("decimals")
    report = hls(Design(kernel.sources, kernel.top))
    (loop,) = report.details["loops"]
    assert loop["ii"] == 1
    assert report.metrics["latency_max"] < 24


def test_loops_stay_as_they_are_when_the_source_says_so() -> None:
    kernel = Kernel.load("gemm")
    text = kernel.sources["kernel.cpp"]
    apart = text.replace("j++) {", "j++) {\n#pragma HLS LOOP_FLATTEN off\n", 1)
    report = hls(Design({"kernel.cpp": apart}, "gemm"))
    assert len(report.details["loops"]) > 1
    serial = hls(Design(kernel.sources, "gemm"), pipeline_loops=False)
    assert not any(loop["pipelined"] for loop in serial.details["loops"])


def test_short_inner_loops_use_both_ports_of_memories_unless_the_source_says_how() -> None:
    (name, text), *_ = Kernel.load("gemm").sources.items()
    inner = "for (int k = 0; k < 8; k++) "
    assert inner in text
    found = hls(Design({name: text}, "gemm"))
    assert [loop["unrolled"] for loop in found.details["loops"]] == [2]
    assert found.metrics["latency_max"] <= 270
    told = text.replace(inner, f"{inner}{{\n#pragma HLS UNROLL factor=1\n").replace(
        "sum += a[i][k] * b[k][j];", "sum += a[i][k] * b[k][j]; }"
    )
    left = hls(Design({name: told}, "gemm"))
    assert [loop["unrolled"] for loop in left.details["loops"]] == [1]
    assert left.metrics["latency_max"] > 512
