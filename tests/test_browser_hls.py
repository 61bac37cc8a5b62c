"""A run in HLS C++ in a real browser: chosen at the left, and its schedule and files drawn."""

import pytest
from playwright.sync_api import Page, expect
from serving import Workbench
from test_browser import RUN_MS, ask, browser, page, runs_of, session_of, workbench

import db
from agents.events import Understood

pytestmark = pytest.mark.browser
__all__ = ["browser", "page", "workbench"]


def test_a_run_in_hls_cxx_shows_its_schedule_and_both_files(
    workbench: Workbench, page: Page
) -> None:
    page.goto(workbench.url)
    language = page.get_by_role("combobox", name="Language")
    expect(language).to_be_visible(timeout=RUN_MS)
    language.click()
    page.get_by_role("option", name="HLS C++, and Verilog made of it").click()
    ask(page, "a dot product of 64 int8 elements with 8 lanes")
    session = session_of(page)
    verified = page.get_by_text("Verified by the library's golden model")
    expect(verified).to_be_visible(timeout=RUN_MS)

    (run,) = runs_of(workbench, session)
    records = db.connect(workbench.database)
    (task,) = (
        kept.event.task
        for kept in db.events_after(records, run.id, kinds=(Understood,))
        if isinstance(kept.event, Understood)
    )
    assert task.language == "hls"
    page.get_by_text("High-level synthesis passed").click()
    page.get_by_text("Loops, operators and schedule").click()
    expect(page.get_by_role("heading", name="Schedule")).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart")).to_be_visible(timeout=RUN_MS)
    page.get_by_role("tab", name="dot_product_hls.v").click()
    expect(page.get_by_text("made of the C++ by high-level synthesis")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
