"""The scripted designer through the real tools."""

import pytest

from agents.designer import Attempt, ModelError, Proposal
from agents.designers import Settings, designer_named
from agents.events import Ended, Event, Prompted, Returned, Said
from agents.loop import work
from agents.oracle import oracle_for
from agents.scripted import Script
from prompts.task import Task
from tools.cosim import cosim
from tools.csim import csim
from tools.lint import lint
from tools.parse import parse

TASK = Task(Script.load("tour").request, kernel="dot_product")


def proposal(task: Task, turn: int) -> Proposal:
    designer = designer_named("scripted", Settings(model="scripted:tour"))
    steps = designer.propose(task, (Attempt(None, problem="not yet"),) * turn)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: Proposal = done.value
            return found


@pytest.mark.parametrize("parameters", [{}, {"length": 10, "lanes": 4, "width": 5}])
def test_the_tour_fails_lint_then_cosimulation_then_passes(parameters: dict[str, int]) -> None:
    task = Task(TASK.text, "dot_product", parameters)
    vectors = oracle_for(task).visible
    assert vectors is not None
    latch, unsigned, right = (proposal(task, turn).design for turn in range(3))
    assert parse(latch).passed
    assert [d.code for d in lint(latch).diagnostics if d.severity == "error"] == ["LATCH"]
    for design, correct in ((unsigned, False), (right, True)):
        assert parse(design).passed
        assert lint(design).passed
        assert csim(design, vectors).passed
        assert cosim(design, vectors).passed is correct


def test_the_loop_on_the_tour_repairs_twice_and_ends_verified() -> None:
    events: list[Event] = list(work(TASK, designer_named("scripted", Settings("scripted:tour"))))
    failed = [e.report.tool for e in events if isinstance(e, Returned) and not e.report.passed]
    assert failed == ["lint", "cosim"]
    prompts = [e for e in events if isinstance(e, Prompted)]
    assert [len(p.messages) for p in prompts] == [2, 4, 4]
    assert "LATCH" in prompts[1].messages[3]["content"]
    assert "call 2" in prompts[2].messages[3]["content"]
    said = "".join(e.text for e in events if isinstance(e, Said) and e.who == "model")
    assert said == "".join(Script.load("tour").answer(TASK, turn) for turn in range(3))
    end = events[-1]
    assert isinstance(end, Ended)
    assert (end.outcome, end.stage, end.oracle) == ("passed", "done", "golden")


def test_the_script_in_hls_cxx_is_refused_by_the_engine_then_wrong_then_right() -> None:
    task = Task(Script.load("hls").request, kernel="dot_product", language="hls")
    events: list[Event] = list(work(task, designer_named("scripted", Settings("scripted:hls"))))
    failed = [e.report for e in events if isinstance(e, Returned) and not e.report.passed]
    assert [report.tool for report in failed] == ["hls", "csim"]
    assert "calls itself" in failed[0].summary and failed[0].diagnostics[0].line == 21
    prompts = [e for e in events if isinstance(e, Prompted)]
    assert "calls itself" in prompts[1].messages[3]["content"]
    assert "dot_product.cpp:21" in prompts[1].messages[3]["content"]
    assert "expected" in prompts[2].messages[3]["content"]
    end = events[-1]
    assert isinstance(end, Ended)
    assert (end.outcome, end.stage, end.verified) == ("passed", "done", True)


def test_a_script_in_hls_cxx_does_not_answer_for_another_language() -> None:
    designer = designer_named("scripted", Settings("scripted:hls"))
    with pytest.raises(ModelError, match="answers in HLS C\\+\\+ alone"):
        next(designer.propose(Task("a dot product", "dot_product"), ()))


@pytest.mark.parametrize("task", [Task("a uart"), Task("x", "dot_product", testbench="module t;")])
def test_a_request_that_the_script_does_not_know_is_told(task: Task) -> None:
    with pytest.raises(ModelError, match="only answers requests for its kernel 'dot_product'"):
        proposal(task, 0)


def test_an_unknown_script_names_those_there_are() -> None:
    with pytest.raises(ModelError, match="no script 'nonesuch'; there is hls, tour"):
        designer_named("scripted", Settings("scripted:nonesuch"))
