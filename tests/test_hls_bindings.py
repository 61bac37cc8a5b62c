"""BIND_OP, BIND_STORAGE, RESOURCE and LATENCY: what becomes of them, and what is said otherwise."""

import pytest

from prompts.design import Design
from tools.hls.engine import VERILOG, hls
from tools.report import Report

KERNEL = """int top(const short a[64], const short b[64]) {
    TOP
    int t = 0;
    short kept[64];
    STORAGE
    for (int i = 0; i < 64; i++) kept[i] = b[i] + 1;
sum:
    for (int i = 0; i < 64; i++) {
        LOOP
        int p = a[i] * kept[63 - i] + kept[i];
        t += p;
    }
    return t;
}
"""


def _made(**pragmas: str) -> Report:
    text = KERNEL
    for place in ("TOP", "STORAGE", "LOOP"):
        asked = pragmas.get(place.lower(), "")
        text = text.replace(place, f"#pragma HLS {asked}" if asked else "")
    report = hls(Design({"k.cpp": text}, "top"))
    assert report.passed, report.text()
    return report


def _loop(report: Report) -> dict[str, int]:
    found: dict[str, int] = next(x for x in report.details["loops"] if x["name"] == "sum")
    return found


def _said(report: Report) -> list[str]:
    return [d.message for d in report.diagnostics if d.code == "PRAGMA" and d.line]


def test_the_ports_of_a_memory_limit_its_accesses() -> None:
    assert _loop(_made())["ii"] == 1
    for asked in ("BIND_STORAGE variable=kept type=ram_1p", "RESOURCE variable=kept core=RAM_1P"):
        report = _made(storage=asked)
        assert _loop(report)["ii"] == 2 and not _said(report)


@pytest.mark.parametrize(("impl", "style"), [("bram", "block"), ("lutram", "distributed")])
def test_synthesis_is_told_what_a_memory_is_built_of(impl: str, style: str) -> None:
    report = _made(storage=f"BIND_STORAGE variable=kept type=ram_2p impl={impl}")
    assert f'ram_style = "{style}"' in report.artifacts[VERILOG].read_text()
    assert not _said(report)


def test_a_product_is_made_of_logic_or_has_its_depth() -> None:
    plain = _made()
    fabric = _made(loop="BIND_OP variable=p op=mul impl=fabric")
    assert "mul" in [o["kind"] for o in plain.details["operators"]]
    assert "mul" not in [o["kind"] for o in fabric.details["operators"]]
    deep = _made(loop="BIND_OP variable=p op=mul impl=dsp latency=3")
    assert _loop(deep)["depth"] >= _loop(plain)["depth"] + 2
    assert not _said(fabric) and not _said(deep)


def test_a_call_is_as_long_as_its_least() -> None:
    assert _made(top="LATENCY min=200").metrics["latency_max"] == 200
    (said,) = _said(_made(top="LATENCY max=100"))
    assert "max=100 is not met" in said and "133 cycles" in said
    (said,) = _said(_made(loop="LATENCY max=2"))
    assert "max=2 is not met" in said


def test_an_iteration_of_a_loop_is_as_long_as_its_least() -> None:
    pipelined = _made(loop="LATENCY min=90")
    assert _loop(pipelined)["depth"] == 90 and _loop(pipelined)["ii"] == 1
    one_by_one = _made(loop="PIPELINE off\n#pragma HLS LATENCY min=7 max=7")
    assert _loop(one_by_one)["latency"] == {"min": 7 * 64, "max": 7 * 64}
    assert not _said(pipelined) and not _said(one_by_one)


@pytest.mark.parametrize(
    ("place", "asked", "why"),
    [
        ("storage", "BIND_STORAGE variable=kept type=ram_2p impl=uram", "impl=uram"),
        ("storage", "BIND_STORAGE variable=kept type=ram_2p latency=3", "one cycle"),
        ("storage", "BIND_STORAGE variable=lost type=ram_2p", "'lost'"),
        ("loop", "BIND_OP variable=lost op=mul impl=dsp", "'lost'"),
        ("loop", "BIND_OP variable=p op=sqrt", "'sqrt'"),
    ],
)
def test_what_cannot_be_done_is_said(place: str, asked: str, why: str) -> None:
    (said,) = _said(_made(**{place: asked}))
    assert why in said


def test_pragmas_that_another_one_or_the_source_leaves_no_effect_are_told() -> None:
    unequal = "ARRAY_PARTITION variable=kept cyclic factor=5"
    assert _said(_made(storage=unequal)) == [
        "5 does not divide the 64 elements of dimension 1 of 'kept': each bank has room for 13"
    ]
    twice = _said(_made(loop="PIPELINE off\n#pragma HLS PIPELINE II=1"))
    assert [text.rstrip("0123456789") for text in twice] == [
        "PIPELINE has no effect beside that of line "
    ]
    pragma = "\n#pragma HLS ARRAY_PARTITION variable=k\n"
    text = f"int top(int k, const int a[4]) {{{pragma}return a[k & 3];\n}}\n"
    report = hls(Design({"kernel.cpp": text}, "top"))
    assert _said(report) == ["ARRAY_PARTITION has no effect: 'k' is no array"]
