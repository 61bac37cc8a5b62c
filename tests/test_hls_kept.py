"""Functions that are kept: one module, shared by its calls, and what is inlined all the same."""

import pytest
from kernel_runs import Kernel

from prompts.design import Design
from tools.hls.engine import VERILOG, hls
from tools.report import Report
from tools.synthesize import synthesize

CALLS = """static int sum(const int *a, const int *b) {
FIRST
    int t = 0;
    for (int i = 0; i < 8; i++) t += a[i] * b[i];
    return t;
}
int top(const int x[8], const int y[8]) {
SECOND
    int own[8];
    for (int i = 0; i < 8; i++) own[i] = x[i] ^ i;
    int t = sum(x, own);
    LAST
    return t;
}
"""


def _report(sources: dict[str, str], top: str) -> Report:
    report = hls(Design(sources, top))
    assert report.passed, report.text()
    return report


def _calls(first: str, second: str, last: str) -> Report:
    text = CALLS.replace("FIRST", first).replace("SECOND", second).replace("LAST", last)
    return _report({"k.cpp": text}, "top")


def test_refining_one_module_inlines_and_says_so() -> None:
    text = (
        CALLS.replace("FIRST", "#pragma HLS INLINE off").replace("SECOND", "").replace("LAST", "")
    )
    report = hls(Design({"k.cpp": text}, "top"), schedule="isdc", feedback_s=1)
    (said,) = [d for d in report.diagnostics if d.code == "PRAGMA"]
    assert (said.line, said.severity) == (2, "warning") and "'isdc'" in said.message
    assert "functions" not in report.details


def _luts(report: Report, top: str) -> float:
    verilog = {VERILOG: report.artifacts[VERILOG].read_text()}
    return synthesize(Design(verilog, top), "ecp5-85k").metrics["luts"]


def test_a_kept_function_is_one_module_and_saves_area() -> None:
    kernel = Kernel.load("kept_blend")
    inlined = {n: t.replace("#pragma HLS INLINE off", "") for n, t in kernel.sources.items()}
    kept, plain = _report(dict(kernel.sources), kernel.top), _report(inlined, kernel.top)
    text = kept.artifacts[VERILOG].read_text()
    assert text.count("module kept_blend_kept_blend (") == 1
    assert text.count("    kept_blend_kept_blend ") == 1
    (function,) = kept.details["functions"]
    assert (function["name"], function["instances"], function["calls"]) == ("blend", 1, 3)
    assert "functions" not in plain.details
    assert _luts(kept, kernel.top) < _luts(plain, kernel.top)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("#pragma HLS INLINE off", ""),
        ("", "#pragma HLS ALLOCATION function instances=sum limit=1"),
        ("", "#pragma HLS ALLOCATION instances=sum limit=1 function"),
    ],
)
def test_the_source_asks_for_it_with_either_pragma(first: str, second: str) -> None:
    report = _calls(first, second, "t += sum(own, y);")
    (function,) = report.details["functions"]
    assert (function["name"], function["instances"], function["calls"]) == ("sum", 1, 2)
    assert not [d for d in report.diagnostics if d.severity == "warning"]


@pytest.mark.parametrize(
    ("second", "last", "line", "why"),
    [
        ("", "t += sum(own, own);", 2, "one array twice"),
        ("#pragma HLS ARRAY_PARTITION variable=own cyclic factor=2", "", 2, "partitioned"),
        ("#pragma HLS PIPELINE", "", 11, "a pipeline cannot wait"),
        ("#pragma HLS INTERFACE m_axi port=x depth=8", "", 2, "m_axi"),
    ],
)
def test_what_is_inlined_all_the_same_is_said(second: str, last: str, line: int, why: str) -> None:
    report = _calls("#pragma HLS INLINE off", second, last)
    said = [d for d in report.diagnostics if "inlined" in d.message]
    assert [(d.file, d.line) for d in said] == [("k.cpp", line)], report.diagnostics
    assert why in said[0].message
    assert "functions" not in report.details


def test_a_kept_function_counts_on_the_time_that_its_callers_memories_take() -> None:
    """Words of a block RAM leave no room for a sum in the same cycle."""
    lengths = []
    for words in ("8", "256"):
        text = CALLS.replace("FIRST", "#pragma HLS INLINE off").replace("SECOND", "")
        text = text.replace("LAST", "t += sum(own, y);").replace("a[i] * b[i]", "a[i] + b[i]")
        text = text.replace("int own[8]", f"int own[{words}]")
        report = hls(Design({"k.cpp": text}, "top"), clock_mhz=100, target="ecp5-85k")
        blocks = [b for b in report.details["schedule"] if b.get("function") == "sum"]
        lengths.append(max(block["cycles"] for block in blocks))
    assert lengths[0] < lengths[1]
