"""The dependence that a report blames for a loop's interval."""

import pytest
from kernel_runs import Kernel, verified

from prompts.design import Design
from tools.hls.dependences import Edge
from tools.hls.engine import hls
from tools.hls.ir import Op
from tools.hls.recurrence import cycle, told

READ, ADD, KEPT = (Edge(1, 1, 1, 1), Edge(2, 3, 5), Edge(3, 2, 3, 2))


def test_a_cycle_is_one_that_the_interval_is_too_short_for() -> None:
    edges = (READ, Edge(1, 2, 9), ADD, KEPT)
    assert set(cycle(edges, 3)) == {ADD, KEPT}
    assert cycle(edges, 4) == []


def test_an_access_in_no_such_cycle_is_not_blamed() -> None:
    ops = {
        1: Op(1, "load", 8, name="in", line=4),
        2: Op(2, "add", 8, line=5),
        3: Op(3, "add", 8, line=6),
    }
    assert told((READ, ADD, KEPT), ops, 4).startswith("a recurrence through a value (line 6)")
    assert told((READ, ADD, KEPT), {**ops, 3: Op(3, "store", 0, name="sum", line=6)}, 4).startswith(
        "a recurrence through 'sum' (line 6)"
    )
    assert told((ADD,), ops, 4) == "the loop's condition is known no sooner"


@pytest.mark.parametrize(
    "name",
    ["running_words", "scaled_groups", "best_list", "clamped_rows", "listed_rows"],
)
def test_no_iteration_waits_for_a_memory_that_it_need_not_wait_for(name: str) -> None:
    report, _ = verified(Kernel.load(name))
    assert {loop["ii"] for loop in report.details["loops"]} == {1}


@pytest.mark.parametrize("test", ["sum < 0", "sum >= 0", "0 > sum", "-1 < sum"])
def test_the_sign_of_a_sum_is_a_wire(test: str) -> None:
    text = f"""#include <ap_int.h>
ap_int<10> top(const ap_int<10> a[64], ap_int<10> step) {{
    ap_int<10> sum = 0;
    for (int i = 0; i < 64; i++) {{
        sum += a[i];
        if ({test}) sum = ap_int<10>(sum + step);
    }}
    return sum;
}}
"""
    report = hls(Design({"kernel.cpp": text}, "top"), clock_mhz=125)
    assert report.metrics["ii"] == 1


def test_tiles_are_one_pipeline_over_all_their_rows() -> None:
    report, _ = verified(Kernel.load("gemm_blocked"))
    cleared, products = 8 * 8, 8 * 8 * 8
    assert report.metrics["latency_max"] <= 1.1 * (cleared + products)
