"""The steps that a page makes of a run's events."""

from datetime import UTC, datetime

from agents.events import Called, Ended, Event, Prompted, Returned, Said, Spent, Understood
from app.views.timeline import Asking, Check, Note, Reading, steps, task_of
from app.views.words import plain
from db import Recorded
from prompts.task import Task
from tools.report import Report

TASK = Task("a dot product", kernel="dot_product")


def recorded(*events: Event) -> list[Recorded]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [Recorded(number, at, event) for number, event in enumerate(events, 1)]


def test_an_answer_and_a_report_join_the_step_that_asked_for_them() -> None:
    prompt, spent = Prompted((), {}, "0"), Spent("m", 10, 20, None, 1.5)
    report = Report("lint", "passed", "clean")
    called = Called("lint")
    asking, check = steps(
        recorded(prompt, Said("model", "one "), Said("model", "two"), spent, called)
        + [Recorded(6, datetime(2026, 1, 2, tzinfo=UTC), Returned(report))]
    )
    assert asking == Asking(prompt, "one two", spent)
    assert isinstance(check, Check)
    assert (check.called, check.report, check.number) == (called, report, 6)


def test_a_tool_that_has_not_answered_has_no_report() -> None:
    (check,) = steps(recorded(Called("place_route")))
    assert isinstance(check, Check)
    assert check.report is None


def test_a_run_taken_up_again_shows_its_last_beginning() -> None:
    again = Said("designer", "Taken up again.")
    found = steps(recorded(Understood(TASK), Called("lint"), again, Understood(TASK)))
    assert found == [Note("Taken up again."), Reading(TASK)]


def test_what_the_verdict_says_is_not_said_twice() -> None:
    refused = Ended("refused", "understand", "there is no such kernel")
    events = recorded(Understood(TASK), Said("designer", refused.summary), refused)
    assert steps(events) == [Reading(TASK)]
    assert task_of(events) == TASK


def test_markdown_in_a_text_is_escaped() -> None:
    assert plain("a **b** $c$\n:red[d]") == r"a \*\*b\*\* \$c\$ \:red\[d\]"
