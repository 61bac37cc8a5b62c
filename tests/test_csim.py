"""C simulation with sanitizers and with coverage, on small designs whose answers are known."""

import numpy as np
import pytest

from prompts.design import Design
from prompts.interface import Argument, Interface
from prompts.vectors import Call, Vectors
from tools.csim import csim
from tools.errors import ToolError
from tools.find import find, has
from tools.report import Report

INTERFACE = Interface(
    "sum",
    (Argument("x", "memory", "in", 32, True, (4,)), Argument("y", "scalar", "out", 32, True)),
)
CXX = """\
#include <stdint.h>
static int limit(int v) {
    if (v > 1000)
        return 1000;
    return v;
}
void sum(const int32_t x[4], int32_t &y) {
    int total = 0;
    for (int i = 0; i < 4; i++)
        total += x[i];
    y = limit(total);
}
"""


def vectors(*rows: tuple[int, int, int, int]) -> Vectors:
    calls = [Call({"x": np.array(row)}, {"y": np.array(min(sum(row), 1000))}) for row in rows]
    return Vectors(INTERFACE, tuple(calls))


SMALL = vectors((1, 2, 3, 4))


def design(old: str = "", new: str = "") -> Design:
    assert old in CXX
    return Design({"sum.cpp": CXX.replace(old, new) if old else CXX}, "sum", INTERFACE)


def sanitized(made: Design, calls: Vectors = SMALL) -> Report:
    try:
        return csim(made, calls, sanitize=True)
    except ToolError as error:
        pytest.skip(str(error))


def test_a_right_design_passes_in_every_mode() -> None:
    assert csim(design(), SMALL).summary == "1 calls bit-exact"
    assert sanitized(design()).summary == "1 calls bit-exact"


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "message"),
    [
        ("i < 4", "i <= 4", "ADDRESS", 10, "global-buffer-overflow"),
        ("return v;", "return v + 2147483647;", "UNDEFINED", 5, "signed integer overflow"),
        ("limit(total)", "limit(total) << (total + 30)", "UNDEFINED", 11, "shift exponent 40"),
        ("limit(total)", "total / (total - 10)", "UNDEFINED", 11, "division by zero"),
        (
            "int total = 0;",
            "static int t[3]; int total = t[x[2]];",
            "UNDEFINED",
            8,
            "index 3 out of bounds",
        ),
    ],
)
def test_undefined_behaviour_is_found_at_its_line(
    old: str, new: str, code: str, line: int, message: str
) -> None:
    report = sanitized(design(old, new))
    assert report.status == "failed"
    found = report.diagnostics[0]
    assert (found.file, found.line, found.code) == ("sum.cpp", line, code)
    assert message in found.message
    assert found.source.strip() == design(old, new).files["sum.cpp"].splitlines()[line - 1].strip()
    assert f"sum.cpp:{line}: " in report.summary


def covered(calls: Vectors) -> tuple[Report, dict[int, int]]:
    report = csim(design(), calls, coverage=True)
    lines = {line["line"]: line["count"] for line in report.details["coverage"]}
    return report, lines


@pytest.mark.skipif(not has("gcov"), reason="needs gcov (apt-get install gcc)")
def test_coverage_tells_which_lines_the_vectors_reach() -> None:
    if not find("c++").version.startswith("g++"):
        with pytest.raises(ToolError, match=r"coverage needs g\+\+"):
            csim(design(), SMALL, coverage=True)
        return
    report, lines = covered(SMALL)
    assert report.passed
    assert (lines[3], lines[4], lines[5], lines[10]) == (1, 0, 1, 4)
    assert report.metrics["line_percent"] == 90.0
    assert report.metrics["branch_percent"] == 75.0
    branches = {line["line"]: line["branches"] for line in report.details["coverage"]}
    assert sorted(branches[3]) == [0, 1]
    assert "90 % of lines, 75 % of branches" in report.summary

    report, lines = covered(vectors((1, 2, 3, 4), (400, 300, 200, 200)))
    assert (lines[4], lines[5]) == (1, 1)
    assert report.metrics["line_percent"] == report.metrics["branch_percent"] == 100.0


@pytest.mark.skipif(not has("gcov"), reason="needs gcov (apt-get install gcc)")
def test_coverage_is_told_of_a_wrong_design_too() -> None:
    if not find("c++").version.startswith("g++"):
        pytest.skip("coverage needs g++")
    report = csim(design("return v;", "return v + 1;"), SMALL, coverage=True)
    assert report.status == "failed"
    assert report.diagnostics[0].code == "MISMATCH"
    assert report.metrics["line_percent"] == 90.0


def test_sanitizers_and_coverage_are_two_runs() -> None:
    with pytest.raises(ToolError, match="each wants a compilation of its own"):
        csim(design(), SMALL, sanitize=True, coverage=True)


def test_a_crash_says_what_it_may_be() -> None:
    report = csim(design("y = limit(total)", "int *volatile p = 0; y = *p"), SMALL)
    assert "crashed with signal 11 (an index out of bounds" in report.summary
