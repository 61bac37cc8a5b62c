"""The page of tools: each has its fields, and runs to a report or a sentence."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from kernel_runs import Kernel
from pages import shown, words
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import db
from agents.events import Ended, Proposed, Understood
from app.cli import app
from app.views.format import measured
from prompts.demos import demos
from prompts.task import Task
from tools.catalogue import TOOLS

GOOD = "module add_one(input [7:0] x, output [7:0] y);\n    assign y = x + 8'd1;\nendmodule\n"
BAD = GOOD.replace("x +", "z +")
PATIENCE_S = 120


def ran(test: AppTest, tool: str) -> AppTest:
    """The page after Run was pressed and the tool has ended."""
    next(button for button in test.button if button.label == "Run").click().run()
    if f"job-{tool}" in test.session_state:
        test.session_state[f"job-{tool}"].thread.join(PATIENCE_S)
        test.run()
    assert not test.exception, test.exception[0].message
    return test


def command(test: AppTest) -> list[str]:
    """The words of the command line on the page."""
    line = next(code.value for code in test.code if code.value.startswith("./siliwright"))
    return shlex.split(line)[1:]


@pytest.mark.parametrize("name", TOOLS)
def test_each_tool_has_a_page_and_says_what_is_missing(engine: Engine, name: str) -> None:
    test = shown("tools", tool=name)
    assert [header.value for header in test.header] == [name]
    ran(test, name)
    assert len(test.error) == 1 and not test.metric


def test_lint_of_a_pasted_module_shows_its_finding(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = shown("tools", tool="lint")
    test.text_area(key="tool-design-text").set_value(BAD)
    page = words(ran(test, "lint"))
    assert "failed" in page and "design.v:2: error:" in page
    assert "assign y = z + 8'd1;" in page
    assert {metric.label: metric.value for metric in test.metric}["Errors"] == "1"

    monkeypatch.chdir(tmp_path)
    Path("design.v").write_text(BAD)
    said = json.loads(CliRunner().invoke(app, [*command(test), "--json"]).stdout)
    assert said["status"] == "failed" and said["diagnostics"][0]["line"] == 2


def test_the_options_go_to_the_tool_and_to_the_command_line(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = shown("tools", tool="synthesize")
    test.text_area(key="tool-design-text").set_value(GOOD)
    test.text_input(key="tool-design-top").set_value("add_one")
    test.selectbox(key="synthesize-target").set_value("ice40-hx8k")
    test.number_input(key="synthesize-clock_mhz").set_value(25.0)
    ran(test, "synthesize")
    assert command(test)[2:] == shlex.split(
        "design.v --top add_one --target ice40-hx8k --clock-mhz 25.0"
    )
    monkeypatch.chdir(tmp_path)
    Path("design.v").write_text(GOOD)
    said = json.loads(CliRunner().invoke(app, [*command(test), "--json"]).stdout)
    assert said["cached"] and said["status"] == "passed"


def test_a_design_of_a_run_is_called_as_its_kernel(engine: Engine) -> None:
    demo = demos()["dot_product"]
    run_id = db.enqueue(engine, db.RunRequest("A dot product"))
    assert db.claim(engine, "worker", run_id) == run_id
    recorder = db.Recorder(engine, run_id, "worker")
    for event in (
        Understood(Task("A dot product", "dot_product")),
        Proposed(demo.design(demo.settle()), 1),
        Ended("passed", "done", "verified by golden", "golden", {}, True),
    ):
        recorder.record(event)
    test = shown("tools", tool="csim")
    control: Any = next(group for group in test.button_group if group.key == "tool-design-way")
    control.set_value("A run's design").run()
    test.selectbox(key="tool-design-run").set_value(run_id)
    test.selectbox(key="csim-vectors").set_value("dot_product").run()
    ran(test, "csim")
    figures = {metric.label: metric.value for metric in test.metric}
    assert figures["Mismatches"] == "0"
    at = command(test).index("--kernel")
    assert command(test)[at + 1 : at + 3] == ["dot_product", "--set"]


@pytest.mark.parametrize(
    ("tool", "field", "value", "sentence"),
    [
        ("lint", "tool-design-top", "nothing", "nothing"),
        ("lint", "tool-design-name", "../x.v", "is not allowed"),
        ("synthesize", "synthesize-clock_mhz", -1.0, "clock"),
        ("synthesize", "synthesize-time_s", 0.0, "time"),
        ("prove", "prove-depth", -1, "depth"),
    ],
)
def test_wrong_input_is_answered_by_a_sentence(
    engine: Engine, tool: str, field: str, value: str | float, sentence: str
) -> None:
    test = shown("tools", tool=tool)
    test.text_area(key="tool-design-text").set_value(GOOD)
    kind = test.text_input if isinstance(value, str) else test.number_input
    kind(key=field).set_value(value)
    assert sentence in words(ran(test, tool))


def test_a_metric_has_its_unit() -> None:
    assert measured("fmax_mhz", 121.84) == ("Fmax", "121.8 MHz")
    assert measured("slack_ns", -0.5) == ("Slack", "-0.5 ns")
    assert measured("cycles_min", 20) == ("Cycles min", "20")


def test_a_tool_at_work_is_stopped(engine: Engine) -> None:
    test = shown("tools", tool="simulate")
    test.text_area(key="tool-design-text").set_value(GOOD)
    endless = "module tb;\n    reg c = 0;\n    always #1 c = !c;\nendmodule\n"
    test.text_area(key="simulate-testbench-text").set_value(endless)
    test.number_input(key="simulate-time_s").set_value(600.0)
    next(button for button in test.button if button.label == "Run").click().run()
    assert next(button for button in test.button if button.label == "Run").disabled
    next(button for button in test.button if button.label == "Stop").click().run()
    test.session_state["job-simulate"].thread.join(PATIENCE_S)
    assert "stopped" in words(test.run())


def test_the_parameters_of_a_kernel_are_fields(engine: Engine) -> None:
    test = shown("tools", tool="cosim")
    test.selectbox(key="cosim-vectors").set_value("dot_product").run()
    lanes = test.number_input(key="cosim-vectors-dot_product-lanes")
    assert lanes.value == demos()["dot_product"].settle()["lanes"]


def test_the_schedule_of_a_kernel_is_drawn_by_task_block_and_line(engine: Engine) -> None:
    kernel = Kernel.load("df_diamond")
    (text,) = kernel.sources.values()
    test = shown("tools", tool="hls")
    test.text_input(key="tool-design-name").set_value("kernel.cpp")
    test.text_area(key="tool-design-text").set_value(text)
    test.text_input(key="tool-design-top").set_value("df_diamond")
    ran(test, "hls")
    titles = [subheader.value for subheader in test.subheader]
    assert "Loops" in titles and "Operators" in titles and "Schedule" in titles
    table = next(frame.value for frame in test.dataframe if "Why" in frame.value)
    assert list(table["Loop"]) == ["loop at line 9", "loop at line 17", "loop at line 25"]
    assert len(drawn_bars(test)) == 5
    test.selectbox(key="hls-schedule-part").set_value("join").run()
    assert test.selectbox(key="hls-schedule-block").options == ["All blocks", "loop at line 25"]
    assert len(drawn_bars(test)) == 6
    control: Any = next(group for group in test.button_group if group.key == "hls-schedule-by")
    control.set_value("source lines").run()
    assert not test.exception
    assert any("read parts, 18 bits<br>read high" in words for words in drawn_bars(test))


def drawn_bars(test: AppTest) -> list[str]:
    """What the bars of the schedule's chart say when they are pointed at."""
    (chart,) = test.get("plotly_chart")
    figure = json.loads(chart.proto.spec)
    return [words for trace in figure["data"] for words in trace["customdata"]]
