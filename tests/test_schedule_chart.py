"""The schedule of a kernel as tables and charts, out of the reports of high-level synthesis."""

from dataclasses import replace
from typing import Any

from kernel_runs import Kernel

from app.charts_schedule import COLOURS, ROWS_SHOWN, gantt, registers
from app.schedule_rows import Block, blocks, rows
from app.views.schedule import calls_row, loop_row
from prompts.design import Design
from tools.hls.engine import hls


def details(name: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The details of a kernel's report, and its sources."""
    kernel = Kernel.load(name)
    report = hls(Design(kernel.sources, name))
    assert report.passed, report.text()
    return dict(report.details), dict(kernel.sources)


def bars(chart: Any) -> list[tuple[int, int, str, str]]:
    """Begin, cycles, group and words of all bars of a figure."""
    return [
        (begin, round(cycles), trace.name, about)
        for trace in chart.data
        for begin, cycles, about in zip(trace.base, trace.x, trace.customdata, strict=True)
    ]


def test_each_operation_has_a_bar_over_its_cycles_and_its_source_text() -> None:
    report, sources = details("gemm_blocked")
    found = blocks(report)
    assert [block.name for block in found[:2]] == ["loop at line 4", "loop at line 10"]
    chart, left = gantt(found, sources, "operations")
    drawn = bars(chart)
    assert left == 0 and len(drawn) == sum(len(block.operations) for block in found)
    (multiply,) = [bar for bar in drawn if bar[2] == "Multiply, divide"]
    (made,) = [op for op in found[1].operations if op["kind"] == "mul"]
    assert multiply[:2] == (made["cycle"], 1)
    assert "mul, 32 bits<br>line 10: for (int j = 0; j &lt; 4; j++) c[i]" in multiply[3]
    bands = [(shape.x0, shape.x1) for shape in chart.layout.shapes]
    assert bands == [(0, block.interval) for block in found if block.interval]


def test_a_row_for_each_source_line_has_all_of_its_operations() -> None:
    report, sources = details("gemm_blocked")
    block = blocks(report)[1]
    found = rows(block, sources, "source lines")
    assert [row.label.partition(":")[0] for row in found] == ["7", "8", "9", "10", "no line"]
    assert found[2].label == "9: const short held = a[i][kk + k];"
    for row in found:
        taken = {(bar.lane, bar.begin + n) for bar in row.bars for n in range(bar.cycles)}
        assert len(taken) == sum(bar.cycles for bar in row.bars)  # no bar hides another
    chart, _ = gantt([block], sources, "source lines")
    assert {group for _, _, group, _ in bars(chart)} <= set(COLOURS)
    assert any("4 × add, 6 bits" in about for _, _, _, about in bars(chart))


def test_labels_and_tasks_name_the_blocks() -> None:
    report, _ = details("fft16")
    names = [block.name for block in blocks(report)]
    assert names[0] == "loop at line 8" and names[1].startswith("line")
    assert report["loops"][0]["name"] == "stages"
    row = loop_row(report["loops"][0])
    assert (row["Trips"], row["Latency"], row["II"]) == ("4", "28 or more", None)

    region, _ = details("df_diamond")
    assert [block.part for block in blocks(region)] == ["fork", "divide", "join"]
    assert loop_row(region["loops"][0], "Task")["Task"] == "fork"


def test_the_blocks_of_kept_functions_are_apart() -> None:
    report, _ = details("kept_table")
    names = [function["name"] for function in report["functions"]]
    assert list(dict.fromkeys(block.part for block in blocks(report))) == ["", *names]
    own = [loop_row(loop, "Function")["Function"] for loop in report["loops"]]
    assert {None, "mix"} == set(own)


def test_a_large_block_is_cut_and_says_so() -> None:
    operation = {"kind": "new", "name": "<b>", "bits": 0, "line": 0, "cycle": 1, "latency": 2}
    block = Block("control", "", "entry", 3, None, [operation] * (ROWS_SHOWN + 5))
    chart, left = gantt([block, block], {}, "operations")
    assert left == ROWS_SHOWN + 10
    drawn = bars(chart)
    assert len(drawn) == ROWS_SHOWN
    words = "new &lt;b&gt;<br>no line of the source<br>cycles 1 to 2"
    assert drawn[0] == (1, 2, "Other", words)


def test_nothing_is_drawn_of_nothing() -> None:
    assert blocks({}) == [] and blocks({"schedule": [], "loops": []}) == []
    assert gantt([], {}, "operations") == (None, 0)
    assert registers([], []) is None


def test_the_search_of_isdc_is_a_line_for_each_block() -> None:
    block = Block("loop at line 4", "", "for.body.i", 2, 2, [])
    tasks = [
        replace(block, name="line 9", part=task, header="for.end") for task in ("fork", "join")
    ]
    search = {
        "function": "iir",
        "block": "for.body.i",
        "iterations": [189, 141],
        "met": [True, False],
    }
    others = [
        {**search, "function": "top_1_join", "block": "for.end"},
        {**search, "block": "gone"},
        {**search, "iterations": [], "met": []},
    ]
    chart = registers([search, *others], [block, *tasks])
    assert chart is not None
    assert [trace.name for trace in chart.data] == ["loop at line 4", "join: line 9", "iir"]
    assert list(chart.data[0].y) == [189, 141]
    assert list(chart.data[0].marker.symbol) == ["circle", "circle-open"]


def test_calls_that_overlap_are_a_row_with_their_interval_and_the_reason() -> None:
    report, _ = details("piped_histogram")
    (row,) = calls_row(report)
    assert (row["II asked"], row["II"], row["Latency"]) == (1, 3, str(report["latency"]["max"]))
    assert "'counts'" in row["Why"]
    assert calls_row(details("fft16")[0]) == []
