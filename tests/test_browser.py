"""The workbench in a real browser, with a real server, worker and tools."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import Workbench, serving

import db
from db import Run, RunFilter, RunRequest

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
PAGE_MS = 60_000
RUN_MS = 300_000
expect.set_options(timeout=PAGE_MS)
REQUEST = "a dot product of 16 int8 elements with 2 lanes"


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Iterator[Workbench]:
    home = tmp_path_factory.mktemp("workbench")
    (shared_cache / "cache").mkdir(parents=True, exist_ok=True)
    (home / "cache").symlink_to(shared_cache / "cache")
    with serving(home) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a new visitor, who must not be sent to another host."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(PAGE_MS)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    yield context.new_page()
    context.close()
    hosts = {urlsplit(url).hostname for url in asked if url.startswith("http")}
    assert hosts == {"127.0.0.1"}


def ask(page: Page, text: str) -> None:
    """Type a message and send it."""
    field = page.get_by_test_id("stChatInputTextArea")
    expect(field).to_be_enabled()
    field.fill(text)
    field.press("Enter")


def session_of(page: Page) -> str:
    """The session in the address of the page, once it is there."""
    page.wait_for_url(re.compile(r"session=\w+"))
    return parse_qs(urlsplit(page.url).query)["session"][0]


def runs_of(workbench: Workbench, session: str) -> list[Run]:
    """The runs of a session in the records, the first one first."""
    engine = db.connect(workbench.database)
    return db.runs(engine, RunFilter(session=session), descending=False)


def test_a_run_outlives_its_tab_and_is_followed_up(workbench: Workbench, page: Page) -> None:
    page.goto(workbench.url)
    expect(page.get_by_role("heading", name="What shall be designed?")).to_be_visible()
    ask(page, REQUEST)
    session = session_of(page)
    page.goto("about:blank")

    page.goto(f"{workbench.url}/?session={session}")
    expect(page.get_by_text("Verified by the library's golden model")).to_be_visible(timeout=RUN_MS)
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text(REQUEST)
    (run,) = runs_of(workbench, session)
    assert (run.status, run.verified) == ("passed", True)
    figures = page.get_by_test_id("stMetric")
    assert run.luts and run.fmax_mhz
    expect(figures.filter(has_text="LUT")).to_contain_text(f"{run.luts:,.0f}")
    expect(figures.filter(has_text="Fmax")).to_contain_text(f"{run.fmax_mhz:.1f} MHz")
    page.get_by_role("tab", name="dot_product.v").last.click()
    expect(page.get_by_text("module dot_product").last).to_be_visible()

    ask(page, "make it 4 lanes")
    answer = page.get_by_test_id("stChatMessage").nth(3)
    expect(answer).to_contain_text("Verified by the library's golden model", timeout=RUN_MS)
    first, second = runs_of(workbench, session)
    assert second.parent_run_id == first.id
    assert second.cycles and first.cycles and second.cycles < first.cycles


def test_a_refused_request_is_mended_in_the_form(workbench: Workbench, page: Page) -> None:
    page.goto(workbench.url)
    ask(page, "a dot product of <b>16</b> int8 elements with 4000 lanes, $x$ and *y*")
    expect(page.get_by_text("Not designed.")).to_be_visible(timeout=RUN_MS)
    asked = page.get_by_test_id("stChatMessage").first
    expect(asked).to_contain_text("<b>16</b>")
    expect(asked).to_contain_text("$x$ and *y*")

    page.get_by_text("Edit and run again").click()
    for label, value in (("lanes", "2"), ("length", "16")):
        page.get_by_role("spinbutton", name=label, exact=True).fill(value)
    # By key: the page may still scroll, and carry the button away from under a mouse.
    page.get_by_role("button", name="Run again with these").press("Enter")
    expect(page.get_by_text(re.compile("Edited: .*lanes 2"))).to_be_visible()
    expect(page.get_by_text("Verified by the library's golden model")).to_be_visible(timeout=RUN_MS)
    refused, mended = runs_of(workbench, session_of(page))
    assert (refused.status, mended.status) == ("refused", "passed")


def test_the_tour_fails_twice_and_passes(workbench: Workbench, page: Page) -> None:
    page.goto(workbench.url)
    page.get_by_role("button", name="Take the tour").first.click()
    expect(page.get_by_text("Verified by the library's golden model")).to_be_visible(timeout=RUN_MS)
    expect(page.get_by_text(re.compile("^Lint failed"))).to_have_count(1)
    expect(
        page.get_by_text(re.compile("^RTL co-simulation, visible vectors failed"))
    ).to_have_count(1)
    expect(page.get_by_text("Attempt 3")).to_be_visible()
    (run,) = runs_of(workbench, session_of(page))
    assert (run.status, run.designer, run.model) == ("passed", "scripted", "scripted:tour")


def test_an_opened_session_has_its_last_settings(workbench: Workbench, page: Page) -> None:
    engine = db.connect(workbench.database)
    session = db.new_session(engine, "asked of a model")
    asked = RunRequest(
        "a dot product of 2000 lanes", designer="llm", model="openai:mine", session=session
    )
    db.enqueue(engine, asked)
    page.goto(f"{workbench.url}/?session={session}")
    expect(page.get_by_role("textbox", name="Model", exact=True)).to_have_value("openai:mine")


def test_a_live_run_is_stopped(workbench: Workbench, page: Page) -> None:
    page.goto(workbench.url)
    ask(page, "a 16x16 systolic array for 64x64 matrices on the ecp5-85k")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Stopped.")).to_be_visible(timeout=RUN_MS)
    (run,) = runs_of(workbench, session_of(page))
    assert run.status == "stopped"


def test_a_session_that_is_not_there_is_said_and_a_new_one_begins(
    workbench: Workbench, page: Page
) -> None:
    page.goto(f"{workbench.url}/?session=nowhere")
    expect(page.get_by_text("There is no session 'nowhere' in the records")).to_be_visible()
    expect(page.get_by_role("heading", name="What shall be designed?")).to_be_visible()


def test_every_page_is_reached_and_none_is_blank(workbench: Workbench, page: Page) -> None:
    page.goto(workbench.url)
    main = page.get_by_test_id("stMainBlockContainer")
    pages = (
        ("Library", "Library"),
        ("Runs", "Runs"),
        ("Compare", "Compare"),
        ("Tools", "Tools"),
        ("Design", "What shall be"),
    )
    for name, words in pages:
        page.get_by_role("link", name=name, exact=True).click()
        expect(main.get_by_role("heading", name=words).first).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
