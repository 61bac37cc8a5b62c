"""The pages of runs: what they show of a database, and that every empty or wrong state is said."""

from datetime import UTC, datetime, timedelta

import pytest
from pages import shown, words
from sqlalchemy import Engine

import db
from agents.events import (
    Called,
    Ended,
    Event,
    Prompted,
    Proposed,
    Returned,
    Said,
    Spent,
    Understood,
)
from app.charts import LOG_FROM, Point, area_latency, pareto
from app.views.diffs import differences
from app.views.format import ago, number, span
from prompts.design import Design
from prompts.task import Task
from tools.report import Diagnostic, Report

TEXT = "A dot product with *stars*, $5 and <b>tags</b>"


def happened(lanes: int, luts: float, verified: bool = True) -> list[Event]:
    """What happens in a run of a model whose second attempt passes, or fails in simulation."""
    files = {"dot.v": f"module dot; // {lanes} lanes\nendmodule\n", "dot.cpp": "int dot();\n"}
    failure = (Diagnostic("error", "y is 3, expected 4", "dot.v", 1),)
    result = {"cycles": 64 // lanes + 4.0, "luts": luts, "fmax_mhz": 100.0} if verified else {}
    return [
        Understood(Task(TEXT, "dot_product", {"length": 64, "lanes": lanes})),
        Prompted(({"role": "user", "content": TEXT},), {"dot_product": 0.9}, "ab"),
        Said("model", "Here it is."),
        Spent("some-model", 100, 20, 0.25, 1.5),
        Proposed(Design({**files, "dot.v": "module dot\n"}, "dot"), 1),
        Called("lint"),
        Returned(Report("lint", "failed", "it does not parse", wall_s=0.1)),
        Proposed(Design(files, "dot"), 2),
        Called("cosim", {"vectors": "visible"}),
        Returned(Report("cosim", "passed", "7 calls bit-exact", metrics={"cycles": 20.0}))
        if verified
        else Returned(Report("cosim", "failed", "y is 3, expected 4", failure)),
        Ended("passed", "done", "verified by golden", "golden", result, True)
        if verified
        else Ended("failed", "simulate", "cosim: y is 3, expected 4", "golden"),
    ]


def made(engine: Engine, events: list[Event], request: db.RunRequest) -> str:
    run_id = db.enqueue(engine, request)
    assert db.claim(engine, "worker", run_id) == run_id
    recorder = db.Recorder(engine, run_id, "worker")
    for event in events:
        recorder.record(event)
    return run_id


def made_run(engine: Engine, lanes: int = 4, luts: float = 200, verified: bool = True) -> str:
    return made(engine, happened(lanes, luts, verified), db.RunRequest(TEXT, designer="llm"))


def test_without_runs_the_table_says_what_to_do(engine: Engine) -> None:
    assert "no runs yet" in words(shown("runs"))


def test_the_table_holds_every_run_with_its_figures(engine: Engine) -> None:
    made_run(engine, verified=False)
    made_run(engine)
    rows = shown("runs").dataframe[0].value
    assert [list(status) for status in rows["status"]] == [["passed"], ["failed"]]
    assert list(rows["request"]) == [TEXT, TEXT]
    assert rows["luts"][0] == 200 and rows["luts"].isna()[1]


def test_the_table_is_filtered_and_sorted_by_its_address(engine: Engine) -> None:
    small, large = made_run(engine, luts=100), made_run(engine, luts=900)
    made_run(engine, verified=False)
    db.enqueue(engine, db.RunRequest("A softmax"))
    by_area = shown("runs", order="fewest LUTs").dataframe[0].value
    assert list(by_area["id"]) == [small, large]
    failed = shown("runs", by_status="failed").dataframe[0].value
    assert len(failed) == 1
    softmax = shown("runs", by_text="softmax").dataframe[0].value
    assert list(softmax["request"]) == ["A softmax"]
    assert "No run is like this" in words(shown("runs", by_text="no such words"))


def test_the_table_shows_one_batch(engine: Engine) -> None:
    batch = db.new_batch(engine, "nightly")
    made_run(engine)
    inside = db.enqueue(engine, db.RunRequest("A softmax", batch=batch, batch_index=0))
    assert list(shown("runs", by_batch=batch).dataframe[0].value["id"]) == [inside]


def test_the_table_has_pages(engine: Engine) -> None:
    db.enqueue_all(engine, [db.RunRequest(f"run {n}") for n in range(30)])
    first = shown("runs")
    assert len(first.dataframe[0].value) == 25
    first.session_state["page"] = 2
    assert len(first.run().dataframe[0].value) == 5


def test_the_page_of_a_run_shows_what_happened(engine: Engine) -> None:
    page = words(shown("run", run=made_run(engine)))
    assert TEXT in page
    assert "Verified" in page and "golden model" in page
    assert "100 tokens read, 20 written, 0.2500 USD" in page


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("Designs", "module dot; // 4 lanes\nendmodule"),
        ("Prompts and cost", "Here it is."),
        ("Record", '"designer": "llm"'),
    ],
)
def test_the_parts_of_a_run_show_its_evidence(engine: Engine, part: str, expected: str) -> None:
    run_id = made_run(engine)
    test = shown("run", run=run_id)
    test.session_state["part"] = part
    assert expected in words(test.run())
    assert not test.exception


def test_the_reports_of_a_run_are_a_table(engine: Engine) -> None:
    test = shown("run", run=made_run(engine))
    test.session_state["part"] = "Reports"
    rows = test.run().dataframe[0].value
    assert list(rows["tool"]) == ["lint", "cosim"]
    assert list(rows["attempt"]) == [1, 2]
    assert rows["figures"][1] == "cycles 20"


def test_a_failed_run_says_where_it_failed(engine: Engine) -> None:
    page = words(shown("run", run=made_run(engine, verified=False)))
    assert "Failed" in page and "y is 3, expected 4" in page


@pytest.mark.parametrize("status", ["refused", "stopped"])
def test_a_run_without_a_design_has_a_page(engine: Engine, status: str) -> None:
    events: list[Event] = [
        Understood(Task("A quantum annealer")),
        Ended(status, "understand", "no kernel fits"),  # type: ignore[arg-type]
    ]
    run_id = made(engine, events, db.RunRequest("A quantum annealer"))
    test = shown("run", run=run_id)
    assert "no kernel fits" in words(test)
    test.session_state["part"] = "Designs"
    assert "No design was proposed" in words(test.run())


def test_a_queued_run_can_be_stopped(engine: Engine) -> None:
    run_id = db.enqueue(engine, db.RunRequest("A softmax"))
    test = shown("run", run=run_id)
    assert "queued" in words(test)
    next(button for button in test.button if button.label == "Stop").click().run()
    assert db.run(engine, run_id).status == "stopped"


def test_design_again_puts_the_same_request(engine: Engine) -> None:
    run_id = made_run(engine)
    test = shown("run", run=run_id)
    next(button for button in test.button if button.label == "Design again").click().run()
    assert db.count_runs(engine) == 2
    again = db.runs(engine, db.RunFilter(status="queued"))[0]
    assert db.requested(engine, again.id) == db.requested(engine, run_id)


def test_a_run_that_is_not_there_is_an_error_in_words(engine: Engine) -> None:
    assert "no run 'nothing'" in words(shown("run", run="nothing"))
    assert "No run is named" in words(shown("run"))


def test_compare_says_what_to_do_before_runs_are_chosen(engine: Engine) -> None:
    assert "Choose two runs" in words(shown("compare"))
    assert "one more run" in words(shown("compare", runs=made_run(engine)))
    assert "no run 'gone'" in words(shown("compare", runs="gone"))


def test_compare_shows_differences_to_the_first(engine: Engine) -> None:
    base, other = made_run(engine, 4, 200), made_run(engine, 8, 300)
    test = shown("compare", runs=f"{base},{other}")
    table = test.table[0].value.set_index(" ")
    assert list(table.loc["lanes"]) == ["4", "8"]
    assert "+50 %, worse" in table.loc["**LUT**", "B"]
    assert "−40 %, better" in table.loc["**Cycles**", "B"]
    assert "not run" in table.loc["**DSP**", "A"]
    assert "-module dot; // 4 lanes\n+module dot; // 8 lanes" in words(test)


def test_a_run_on_standard_cells_shows_their_area_and_delay(engine: Engine) -> None:
    def on_cells(area_um2: float) -> str:
        task = Task(TEXT, "dot_product", {"length": 64}, target="cells")
        figures = {"cycles": 20.0, "ffs": 40.0, "area_um2": area_um2, "delay_ps": 1234.0}
        ended = Ended("passed", "done", "verified by golden", "golden", figures, True)
        return made(engine, [Understood(task), ended], db.RunRequest(TEXT, designer="llm"))

    base, other = on_cells(2000.0), on_cells(1500.0)
    labels = [metric.label for metric in shown("run", run=base).metric]
    assert labels == ["Cycles", "II", "FF", "Area", "Longest path"]
    assert {m.label: m.value for m in shown("run", run=base).metric}["Area"] == "2,000 µm²"
    table = shown("compare", runs=f"{base},{other}").table[0].value.set_index(" ")
    assert table.loc["**Area**", "B"] == "1,500 µm² :green[−25 %, better]"
    assert table.loc["**Longest path**", "A"] == "1,234 ps"
    assert "**LUT**" not in table.index
    rows = shown("runs", order="smallest area (µm²)").dataframe[0].value
    assert list(rows["area_um2"]) == [1500, 2000] and "luts" not in rows
    made_run(engine)
    both = shown("runs").dataframe[0].value
    assert both["luts"][0] == 200 and both["area_um2"].isna()[0] and both["area_um2"][2] == 2000


def test_compare_does_not_praise_what_is_not_verified(engine: Engine) -> None:
    base, other = made_run(engine), made_run(engine, verified=False)
    table = shown("compare", runs=f"{base},{other}").table[0].value.set_index(" ")
    assert "no" in table.loc["**Verified**", "B"]
    assert not table["B"].str.contains("better|worse").any()


def point(area: float, latency: float) -> Point:
    return Point("id", "", area, latency, "")


def test_the_front_holds_what_nothing_else_beats() -> None:
    best = [point(1, 9), point(2, 5), point(7, 1)]
    beaten = [point(2, 6), point(3, 5), point(8, 1), point(9, 9)]
    assert pareto([*beaten, *best]) == best
    assert pareto([]) == []


def test_an_axis_over_orders_of_magnitude_is_logarithmic() -> None:
    wide = area_latency([point(1, 5), point(LOG_FROM + 1, 6)], "Latency")
    assert (wide.layout.xaxis.type, wide.layout.yaxis.type) == ("log", "linear")


def test_a_renamed_file_is_compared_with_what_it_was() -> None:
    before = Design({"a.v": "one\ntwo\n", "same.h": "x\n", "gone.txt": "g\n"}, "a")
    after = Design({"b.v": "one\n2\n", "same.h": "x\n", "new.md": "n\n"}, "a")
    found = differences(before, after)
    assert found["b.v"].splitlines() == [
        "--- a.v",
        "+++ b.v",
        "@@ -1,2 +1,2 @@",
        " one",
        "-two",
        "+2",
    ]
    assert found["same.h"] == ""
    assert found["gone.txt"].endswith("-g") and found["new.md"].endswith("+n")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "not run"), (0, "0"), (1234567, "1,234,567"), (121.84, "121.8"), (0.09852, "0.0985")],
)
def test_figures_have_sensible_digits(value: float | None, text: str) -> None:
    assert number(value) == text
    assert number(1.5, "MHz") == "1.5 MHz"


def test_times_are_in_words() -> None:
    now = datetime.now(UTC)
    assert ago(now) == "just now"
    assert ago(now - timedelta(minutes=5, seconds=20)) == "5 min ago"
    assert ago(datetime(2024, 3, 1, tzinfo=UTC)) == "1 March 2024"
    assert [span(3.21), span(61), span(7322)] == ["3.2 s", "1 min 1 s", "2 h 2 min"]
