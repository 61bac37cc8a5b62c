"""C simulation with sanitizers and with coverage, on small designs whose answers are known."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from prompts.demos import demos
from prompts.design import Design
from prompts.interface import Argument, Interface
from prompts.vectors import Call, Vectors
from tools import find as find_module
from tools.coverage import percentages
from tools.csim import csim
from tools.csim_plan import csim_plan
from tools.errors import ToolError
from tools.find import _locate, find, has
from tools.plan import carry_out
from tools.recorded import reached
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


@pytest.fixture
def zig(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The C++ compiler of the zig wheel, as on a machine that has no other."""
    monkeypatch.setenv("CXX", "")
    monkeypatch.setattr(find_module, "_on_path", lambda *_: None)
    _locate.cache_clear()
    yield
    _locate.cache_clear()


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


@pytest.mark.full  # zig builds its C++ library first
@pytest.mark.usefixtures("zig")
def test_without_another_compiler_zig_tells_of_undefined_behaviour_and_coverage() -> None:
    assert find("c++").version.startswith("zig")
    report = csim(design("limit(total)", "limit(total) << (total + 30)"), SMALL, sanitize=True)
    found = report.diagnostics[0]
    assert (found.file, found.line, found.code) == ("sum.cpp", 11, "UNDEFINED")
    assert "shift exponent 40 is too large" in found.message
    inside = csim(
        design("int total = 0;", "static int t[3]; int total = t[x[2]];"), SMALL, sanitize=True
    )
    assert "sum.cpp:8: index 3 out of bounds" in inside.summary
    right = csim(design(), SMALL, sanitize=True)
    assert right.passed
    assert "has no AddressSanitizer" in right.diagnostics[-1].message
    report, lines = covered(SMALL)
    assert (lines[3], lines[4], lines[5], lines[10]) == (1, 0, 1, 4)
    # Unlike gcov it counts no line for the head of a function.
    assert report.metrics["line_percent"] == pytest.approx(100 * 6 / 7, abs=0.1)
    assert report.metrics["branch_percent"] == 75.0


def test_coverage_by_recording_calls_is_like_gcovs() -> None:
    outcome = carry_out(csim_plan(design(), SMALL, 60, "coverage"))
    lines = {line["line"]: line for line in reached(outcome.files)}
    assert [(n, line["count"]) for n, line in lines.items()] == [
        *((3, 1), (4, 0), (5, 1), (8, 1), (9, 5), (10, 4), (11, 1)),
    ]
    assert sorted(lines[3]["branches"]) == [0, 1] and sorted(lines[9]["branches"]) == [1, 4]
    assert percentages(list(lines.values())) == {"line_percent": 85.7, "branch_percent": 75.0}


@pytest.mark.skipif(not has("gcov"), reason="needs gcov (apt-get install gcc)")
def test_coverage_tells_which_lines_the_vectors_reach() -> None:
    if not find("c++").version.startswith("g++"):
        pytest.skip("gcov is g++'s")
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


def ranges_of(made: Design, calls: Vectors) -> dict[str, dict[str, Any]]:
    report = csim(made, calls, ranges=True)
    assert report.passed, report.summary
    return {found["name"]: found for found in report.details["ranges"]}


def test_ranges_tell_the_values_of_each_variable() -> None:
    found = ranges_of(design(), vectors((1, 2, 3, 4), (400, 300, 200, 200), (-7, 0, 0, 0)))
    total = {"file": "sum.cpp", "line": 8, "name": "total", "type": "int", "declared_bits": 32}
    assert found["total"] == {**total, "count": 15, "min": -7, "max": 1100, "bits": 12}
    assert (found["i"]["line"], found["i"]["min"], found["i"]["max"]) == (9, 0, 4)
    assert (found["y"]["min"], found["y"]["max"]) == (-7, 1000)
    assert (found["v"]["line"], found["v"]["bits"]) == (2, 12)
    assert (found["x"]["min"], found["x"]["max"], found["x"]["file"]) == (-7, 400, "")


def test_every_way_to_assign_is_seen() -> None:
    """Fields, elements, ++ and --, templates, macros and constant expressions."""
    text = """\
#include <stdint.h>
#define TWICE(v) v = v * 2
struct pair { int16_t low; uint8_t high; };
constexpr int cube(int n) { int r = n; r *= n; return r *= n; }
constexpr int EIGHT = cube(2);
template <class T> T more(T given) { T made = given; made += 2; return made; }
void sum(const int32_t x[4], int32_t &y) {
    static const int table[3] = {5, -6, 7};
    struct pair p; int a[2]; int n = 3, m;
    p.low = x[0]; p.high = 200;
    a[0] = n--; a[1] = ++n;
    for (m = 0; m < 2; m++) a[m] = -a[m];
    TWICE(n);
    y = more(x[0]) - 2 + x[1] + x[2] + x[3] + EIGHT - 8 + table[0] - 5;
}
"""
    found = ranges_of(Design({"sum.cpp": text}, "sum", INTERFACE), SMALL)
    seen = {name: (f["min"], f["max"]) for name, f in found.items()}
    assert seen == {
        **{"p.low": (1, 1), "p.high": (200, 200), "a": (-3, 3), "n": (2, 3), "m": (0, 2)},
        **{"table": (-6, 7), "given": (1, 1), "made": (1, 3), "y": (10, 10), "x": (1, 4)},
    }


@pytest.mark.parametrize("name", ["dot_product", "fir"])
def test_ranges_of_kernels_hold_what_their_golden_models_say(name: str) -> None:
    demo = demos()[name]
    settings = demo.settle({})
    calls = demo.vectors(settings)
    report = csim(demo.design(settings), calls, ranges=True)
    assert report.passed, report.summary
    found = {f["name"]: f for f in report.details["ranges"]}
    if name == "dot_product":
        answers = [int(call.outputs["y"]) for call in calls.calls]
        assert (found["y"]["min"], found["y"]["max"]) == (min(answers), max(answers))
        assert found["sum"]["min"] <= min(answers) and max(answers) <= found["sum"]["max"]
        assert found["sum"]["bits"] <= found["sum"]["declared_bits"] == 32
    else:
        samples = [v for call in calls.calls for v in call.inputs["x"].reshape(-1).tolist()]
        assert (found["sample"]["min"], found["sample"]["max"]) == (min(samples), max(samples))
        assert found["partial"]["type"].startswith("sum_t[")
    spare = [d for d in report.diagnostics if d.code == "RANGE"]
    assert all(d.source and d.severity == "info" for d in spare)


def test_sanitizers_and_coverage_are_two_runs() -> None:
    with pytest.raises(ToolError, match="each wants a compilation of its own"):
        csim(design(), SMALL, sanitize=True, coverage=True)


def test_a_crash_says_what_it_may_be() -> None:
    report = csim(design("y = limit(total)", "int *volatile p = 0; y = *p"), SMALL)
    assert "crashed with signal 11 (an index out of bounds" in report.summary


def test_floats_are_their_bits_and_cmath_is_the_engine_s_own() -> None:
    arguments = (
        Argument("x", "memory", "in", 32, False, (3,)),
        Argument("y", "memory", "out", 32, False, (3,)),
    )
    interface = Interface("curve", arguments)
    text = """\
#include <cmath>
void curve(const float x[3], float y[3]) {
    for (int i = 0; i < 3; i++) y[i] = std::exp(x[i]) - 0.5f;
}
"""
    x = np.array([0.0, 1.0, -2.5], np.float32)
    y = (np.exp(x.astype(np.float64)).astype(np.float32) - np.float32(0.5)).view(np.uint32)
    calls = (Call({"x": x.view(np.uint32).astype(np.int64)}, {"y": y.astype(np.int64)}),)
    kernel = Design({"curve.cpp": text}, "curve", interface)
    report = csim(kernel, Vectors(interface, calls))
    assert report.passed, report.text()
    assert "library.cpp" in report.command
