"""DEPENDENCE: the interval that each of its forms allows, and that results stay right."""

import pytest
from kernel_runs import Kernel, verified

SOURCE = """void top(const unsigned char at[64], int y[16]) {
    int bins[16], bins1[16];
#pragma HLS ARRAY_PARTITION variable=bins cyclic factor=2
FUNCTION
    for (int i = 0; i < 16; i++) bins[i] = bins1[i] = i;
    for (int i = 0; i < 64; i++) {
#pragma HLS PIPELINE II=1
LOOP
        bins[at[i]] += i;
    }
    for (int i = 0; i < 64; i++) {
#pragma HLS PIPELINE II=1
        bins1[at[(i * 7) & 63] >> 1] += i;
    }
    for (int i = 0; i < 16; i++) y[i] = bins[i] * 3 + bins1[i];
}
"""
TESTBENCH = """void top(const unsigned char at[64], int y[16]);
int main() {
    static unsigned char at[64];
    static int y[16];
    for (int call = 0; call < 3; call++) {
        for (int i = 0; i < 64; i++) at[i] = (i * 5 + call) & 15;
        top(at, y);
    }
}
"""
NONE = "#pragma HLS DEPENDENCE variable=bins "


@pytest.mark.parametrize(
    ("function", "loop", "interval"),
    [
        ("", "", 2),
        ("", NONE + "inter false", 1),
        ("", NONE + "type=inter direction=RAW dependent=false", 1),
        (NONE + "inter distance=8 true", "", 1),
        (NONE + "inter WAW false", NONE + "intra false", 2),
    ],
)
def test_dependences_are_those_that_the_source_says(
    function: str, loop: str, interval: int
) -> None:
    source = SOURCE.replace("FUNCTION", function).replace("LOOP", loop)
    report, _ = verified(Kernel("top", {"k.cpp": source}, {"tb.cpp": TESTBENCH}))
    intervals = {loop["line"]: loop["ii"] for loop in report.details["loops"]}
    assert (intervals[6], intervals[11]) == (interval, 2)


def test_a_register_that_is_kept_costs_no_second_cycle() -> None:
    report, _ = verified(Kernel.load("static_registers"))
    assert [loop["ii"] for loop in report.details["loops"]] == [1]


def test_an_array_of_a_round_is_read_in_the_next_one_of_a_flattened_nest() -> None:
    report, _ = verified(Kernel.load("token_rounds"))
    assert [loop["ii"] for loop in report.details["loops"] if loop["line"] == 10] == [1]
    assert report.details["latency"]["max"] < 170
