"""DEPENDENCE: the interval that each of its forms allows, and that results stay right. Nests."""

from itertools import accumulate, combinations, pairwise, product
from operator import mul
from pathlib import Path

import pytest
from fuzz.direct import direct, prepare
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_runs import KERNELS, Kernel, verified

from prompts.design import Design
from tools.hls import flatten
from tools.hls.engine import hls
from tools.hls.turns import Turn, soonest

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


IN_PLACE = """\
void top(const int by, int a[6][16], int b[5][4][6], int c[12][12]) {
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 16; j++) a[i][j] = a[i][j] * by + i;
    for (int i = 0; i < 5; i++)
        for (int j = 1; j < 4; j++)
            for (int k = 0; k < 6; k++) b[i][j][k] = b[i][j][k] * by + k;
    for (int i = 0; i < 12; i++)
        for (int j = 0; j <= i; j++) c[i][j] = c[i][j] * by + j;
}
"""
FILLS_IN_PLACE = """\
void top(const int by, int a[6][16], int b[5][4][6], int c[12][12]);
int main() {
    int a[6][16], b[5][4][6], c[12][12];
    for (int call = 0; call < 3; call++) {
        for (int i = 0; i < 144; i++) {
            a[0][i % 96] = 5 * i, b[0][0][i % 120] = i, c[0][i] = i * 7 - call;
        }
        top(call * 3 - 2, a, b, c);
    }
}
"""


def test_each_word_of_an_array_that_nested_loops_change_is_its_own() -> None:
    report, _ = verified(Kernel("top", {"k.cpp": IN_PLACE}, {"tb.cpp": FILLS_IN_PLACE}))
    assert {loop["ii"] for loop in report.details["loops"] if loop["ii"]} == {1}


@settings(deadline=None)
@given(
    lengths=st.lists(st.integers(2, 5), min_size=1, max_size=3),
    factors=st.lists(st.integers(-9, 9), min_size=4, max_size=4),
    start=st.integers(-20, 20),
)
def test_counters_of_a_nest_meet_no_sooner_than_they_do(
    lengths: list[int], factors: list[int], start: int
) -> None:
    periods = list(accumulate([1, *lengths], mul))
    turns = [Turn(1, every, length) for every, length in pairwise([*periods, 0])]
    counters = list(product(*(range(n) for n in (8, *reversed(lengths)))))
    places = [sum(f * n for f, n in zip(factors, reversed(c), strict=False)) for c in counters]
    found = soonest(list(zip(factors, turns, strict=False)), start, 1 << 16)
    meeting = (
        second - first
        for first, second in combinations(range(len(places)), 2)
        if places[second] - places[first] + start == 0
    )
    soon = min([*meeting, 64])
    # It looks no farther, and knows nothing of the end of the outermost loop.
    assert found <= soon and (found == soon or soon > periods[-1])


RUNS = """\
void top(const unsigned char in[64], int count[16]) {
    int total = 0, old = in[0] & 15;
    for (int i = 0; i < 16; i++) count[i] = 0;
    for (int i = 0; i < 64; i++) {
#pragma HLS PIPELINE II=1
#pragma HLS DEPENDENCE variable=count type=intra direction=RAW dependent=false
#pragma HLS DEPENDENCE variable=count type=inter direction=RAW dependent=false
        const int value = in[i] & 15;
        if (old == value) total++;
        else { count[old] = total; total = count[value] + 1; }
        old = value;
    }
    count[old] = total;
}
"""
COUNTS_RUNS = """\
void top(const unsigned char in[64], int count[16]);
int main() {
    unsigned char in[64];
    int count[16], sums[16], wrong = 0;
    for (int call = 0; call < 4; call++) {
        for (int &n : sums) n = 0;
        for (int i = 0; i < 64; i++) sums[(in[i] = i / 3 * (2 * call + 1)) & 15]++;
        top(in, count);
        for (int i = 0; i < 16; i++) wrong += count[i] != sums[i];
    }
    return wrong != 0;
}
"""


def test_an_iteration_does_not_wait_for_what_it_never_reads_itself() -> None:
    report, _ = verified(Kernel("top", {"k.cpp": RUNS}, {"tb.cpp": COUNTS_RUNS}))
    assert {loop["ii"] for loop in report.details["loops"]} == {1}


def test_a_nest_that_is_too_large_to_be_tried_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flatten, "_MOST_OPS", 20)
    text = (KERNELS / "gemm" / "kernel.cpp").read_text()
    prepare()
    with direct(tmp_path):
        report = hls(Design({"kernel.cpp": text}, "gemm"))
    assert report.passed
    (told,) = {d.message.split("; ")[0] for d in report.diagnostics if d.code == "II"}
    assert told.endswith("one pipeline with the loop within is tried up to 20 operations")
