"""A run's waveform and schematic in a real browser."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from serving import Workbench
from test_browser import RUN_MS, ask, browser, page, session_of, workbench

import db
from agents.events import Ended, Proposed, Understood
from prompts.demos import demos
from prompts.task import Task

pytestmark = pytest.mark.browser
__all__ = ["browser", "page", "workbench"]
DAILY = ("dot_product", "fir")


def no_exception(page: Page) -> None:
    expect(page.get_by_test_id("stException")).to_have_count(0)


def chart_is_drawn(page: Page) -> None:
    chart = page.get_by_test_id("stPlotlyChart")
    expect(chart).to_be_visible(timeout=RUN_MS)
    expect(chart.get_by_text("dut.ap_start")).to_be_visible()
    expect(chart.get_by_text("Clock cycle")).to_be_visible()
    no_exception(page)


@pytest.mark.parametrize(
    "kernel",
    [name if name in DAILY else pytest.param(name, marks=pytest.mark.full) for name in demos()],
)
def test_the_answer_leads_to_its_waveform_and_schematic(
    workbench: Workbench, page: Page, kernel: str
) -> None:
    page.goto(workbench.url)
    ask(page, demos()[kernel].requests[0].say)
    session_of(page)
    verified = page.get_by_text("Verified by the library's golden model")
    expect(verified).to_be_visible(timeout=RUN_MS)

    page.get_by_role("link", name="Waves").click()
    page.wait_for_url(re.compile(r"/run\?"))
    page.get_by_role("button", name="Record waves").click()
    chart_is_drawn(page)
    # It begins with the last call, whose inputs are random: those of the first are all zero.
    first = page.get_by_label("From cycle").input_value()
    assert int(first) > 0

    page.get_by_role("tab", name="Schematic").click()
    drawing = page.get_by_role("img", name="Schematic")
    expect(drawing).to_be_visible()
    assert drawing.evaluate("image => image.complete && image.naturalWidth") > 100
    no_exception(page)


def test_the_first_mismatch_is_found_again(
    workbench: Workbench, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SILIWRIGHT_HOME", str(workbench.home))  # its files are kept there too
    demo = demos()["dot_product"]
    settings = demo.settle({"length": 16, "lanes": 2})
    design = demo.design(settings)
    wrong = {n: text.replace("total + sum", "total - sum") for n, text in design.files.items()}
    assert wrong != design.files
    engine = db.connect(workbench.database)
    run_id = db.enqueue(engine, db.RunRequest("a wrong dot product"))
    assert db.claim(engine, "nobody", run_id)
    recorder = db.Recorder(engine, run_id, "nobody")
    recorder.record(Understood(Task("a wrong dot product", "dot_product", settings)))
    recorder.record(Proposed(replace(design, files=wrong), 1))
    recorder.record(Ended("failed", "simulate", "cosim: y is wrong", "golden"))

    page.goto(f"{workbench.url}/run?run={run_id}&part=Waves")
    page.get_by_role("button", name="Record waves").click()
    chart_is_drawn(page)
    cycle = page.get_by_label("From cycle")
    near = cycle.input_value()
    cycle.fill("0")
    cycle.press("Enter")
    button = page.get_by_role("button", name="First mismatch")
    expect(button).to_be_visible()
    button.click()
    expect(cycle).to_have_value(near)
    no_exception(page)
