"""A run's waveform and schematic in a real browser."""

import pytest
from playwright.sync_api import Page, expect
from serving import Workbench
from test_browser import RUN_MS, ask, browser, page, runs_of, session_of, workbench

pytestmark = pytest.mark.browser
__all__ = ["browser", "page", "workbench"]


def test_a_run_shows_its_waveform_and_schematic(workbench: Workbench, page: Page) -> None:
    page.goto(workbench.url)
    ask(page, "a dot product of 16 int8 elements with 2 lanes")
    session = session_of(page)
    verified = page.get_by_text("Verified by the library's golden model")
    expect(verified).to_be_visible(timeout=RUN_MS)
    (run,) = runs_of(workbench, session)

    page.goto(f"{workbench.url}/run?run={run.id}")
    page.get_by_role("tab", name="Waves").click()
    page.get_by_role("button", name="Record waves").click()
    chart = page.get_by_test_id("stPlotlyChart")
    expect(chart).to_be_visible(timeout=RUN_MS)
    expect(chart.get_by_text("dut.ap_start")).to_be_visible()
    expect(chart.get_by_text("Clock cycle")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)

    page.get_by_role("tab", name="Schematic").click()
    drawing = page.get_by_role("img", name="Schematic")
    expect(drawing).to_be_visible()
    assert drawing.evaluate("image => image.complete && image.naturalWidth") > 100
    expect(page.get_by_test_id("stException")).to_have_count(0)
