"""The design loop, with designers that the test writes itself."""

import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

import pytest

from agents.designer import Attempt, ModelError, NoDesign, Proposal
from agents.events import Called, Ended, Event, Proposed, Returned, Said, Spent, Understood
from agents.generated import as_built
from agents.library import LibraryDesigner
from agents.loop import RunLimits, work
from prompts.demos import demos
from prompts.design import Design
from prompts.interface import Interface
from prompts.task import Constraint, Task

TASK = Task("a dot product", kernel="dot_product", parameters={"length": 16, "lanes": 4})
TESTBENCH = """\
module tb;
    reg [3:0] a = 5; wire [3:0] y;
    twice dut (a, y);
    initial #1 begin if (y == 10) $display("PASS"); else $display("FAIL"); $finish; end
endmodule
"""


TABLE = """\
#include "ap_int.h"
#include <cstdlib>
static int *kept = (int *)malloc(4);
"""
"""What a C++ compiler takes and high-level synthesis does not: memory from the heap."""


class Listed:
    """Proposes what it is given, one after the other; an error is raised in its turn."""

    name, model, repairs = "listed", "", True

    def __init__(self, *answers: Proposal | Exception | Spent) -> None:
        self.answers: Iterator[Proposal | Exception | Spent] = iter(answers)
        self.told: list[str] = []

    def propose(self, task: Task, attempts: Sequence[Attempt]) -> Generator[Event, None, Proposal]:
        if attempts:
            failure = attempts[-1].failure
            self.told.append(failure.tool if failure else attempts[-1].problem)
        while True:
            answer = next(self.answers)
            if isinstance(answer, Exception):
                raise answer
            if isinstance(answer, Proposal):
                return answer
            yield answer


def right() -> Proposal:
    return Proposal(demos()["dot_product"].design(demos()["dot_product"].settle(TASK.parameters)))


def changed(old: str, new: str) -> Proposal:
    design = right().design
    text = design.files["dot_product.v"]
    assert old in text
    files = {**design.files, "dot_product.v": text.replace(old, new)}
    return Proposal(Design(files, design.top, design.interface))


def parts(proposal: Proposal) -> tuple[str, Interface | None]:
    return proposal.design.top, proposal.design.interface


def ended(events: list[Event]) -> Ended:
    last = events[-1]
    assert isinstance(last, Ended)
    assert not any(isinstance(event, Ended) for event in events[:-1])
    return last


def tools_of(events: list[Event]) -> list[str]:
    called = [(e.tool, e.beside) for e in events if isinstance(e, Called)]
    returned = [(e.report.tool, e.beside) for e in events if isinstance(e, Returned)]
    assert called == returned
    return [f"beside {tool}" if beside else tool for tool, beside in called]


def test_the_library_designs_verifies_and_measures() -> None:
    events = list(work(TASK, LibraryDesigner()))
    assert tools_of(events) == [
        *("parse", "lint", "csim", "cosim", "cosim", "synthesize", "place_route"),
        *("beside hls", "beside cosim"),
    ]
    assert isinstance(events[0], Understood)
    end = ended(events)
    assert (end.outcome, end.stage, end.oracle, end.verified) == ("passed", "done", "golden", True)
    assert end.metrics["dsps"] == 4
    assert end.metrics["cycles"] >= 4
    assert end.metrics["fmax_mhz"] > 50


def test_of_cxx_alone_verilog_is_made_and_goes_the_same_way() -> None:
    events = list(work(replace(TASK, language="hls"), LibraryDesigner()))
    assert tools_of(events) == [
        *("csim", "hls", "parse", "lint", "cosim", "cosim", "synthesize", "place_route")
    ]
    (proposed,) = (e.design for e in events if isinstance(e, Proposed))
    assert list(proposed.files) == ["dot_product.cpp"]
    reports = [event.report for event in events if isinstance(event, Returned)]
    built = as_built(proposed, reports)
    assert list(built.verilog) == ["dot_product_hls.v"] and built.cxx == proposed.cxx
    end = ended(events)
    assert (end.outcome, end.stage, end.oracle, end.verified) == ("passed", "done", "golden", True)
    # The report before the simulation told the same cycles; both are of the generated Verilog.
    assert end.metrics["cycles"] == reports[1].metrics["latency_max"]
    assert end.metrics["dsps"] == 4 and end.metrics["fmax_mhz"] > 50


def test_cxx_that_the_engine_refuses_goes_back_with_its_line() -> None:
    task = replace(TASK, language="hls")
    text = right().design.files["dot_product.cpp"]
    assembler = text.replace("{", '{\n    asm volatile("nop");', 1)
    refused = Proposal(Design({"dot_product.cpp": assembler}, *parts(right())))
    events = list(work(task, Listed(refused), RunLimits(repairs=0)))
    end = ended(events)
    assert (end.outcome, end.stage, end.verified) == ("failed", "hls", False)
    report = [e.report for e in events if isinstance(e, Returned)][-1]
    assert report.diagnostics[0].line == 8 and "assembler" in report.text()


def test_what_the_engine_says_beside_hand_written_verilog_decides_nothing() -> None:
    design = right().design
    upset = design.files["dot_product.cpp"].replace('#include "ap_int.h"', TABLE, 1)
    proposal = Proposal(Design({**design.files, "dot_product.cpp": upset}, *parts(right())))
    events = list(work(TASK, Listed(proposal), RunLimits(repairs=0)))
    assert tools_of(events)[-1] == "beside hls"
    last = [e.report for e in events if isinstance(e, Returned)][-1]
    end = ended(events)
    assert last.status == "failed" and end.outcome == "passed" and end.metrics["dsps"] == 4


def test_what_failed_goes_back_until_it_passes() -> None:
    designer = Listed(
        changed("input ap_rst", "input reset"),
        NoDesign("there was no code in the answer"),
        changed("total + sum", "total - sum"),
        right(),
    )
    events = list(work(TASK, designer))
    assert designer.told == ["parse", "there was no code in the answer", "cosim"]
    assert ended(events).outcome == "passed"
    assert [e.attempt for e in events if isinstance(e, Proposed)] == [1, 3, 4]


def test_withheld_vectors_differ_from_those_that_are_seen() -> None:
    events = list(work(TASK, LibraryDesigner()))
    calls = [e for e in events if isinstance(e, Called) and e.tool == "cosim"]
    options = [e.options for e in calls if not e.beside]
    assert [o["vectors"] for o in options] == ["visible", "withheld"]


def test_repairs_are_bounded() -> None:
    wrong = [changed("total + sum", f"total + {n}") for n in range(3)]
    end = ended(list(work(TASK, Listed(*wrong), RunLimits(repairs=2))))
    assert (end.outcome, end.stage, end.verified) == ("failed", "simulate", False)
    assert end.summary.startswith("cosim: call")


def test_a_model_that_cannot_be_reached_ends_the_run() -> None:
    end = ended(list(work(TASK, Listed(ModelError("nothing listens at that address")))))
    assert (end.outcome, end.stage) == ("failed", "generate")
    assert end.summary == "nothing listens at that address"


def test_spending_is_limited() -> None:
    dear = Spent("m", 10, 10, 2.0, 1.0)
    events = list(work(TASK, Listed(dear, dear, right()), RunLimits(usd=1.0)))
    assert sum(isinstance(event, Spent) for event in events) == 1
    assert ended(events).outcome == "stopped"
    assert "spending limit of 1 USD" in ended(events).summary


def test_a_run_is_stopped_between_tools() -> None:
    stop = threading.Event()
    seen = []
    for event in work(TASK, LibraryDesigner(), stop=stop):
        seen.append(event)
        if isinstance(event, Returned) and event.report.tool == "csim":
            stop.set()
    assert ended(seen).outcome == "stopped"
    assert not any(isinstance(e, Called) and e.tool == "cosim" for e in seen)


@pytest.mark.parametrize(("bound", "outcome"), [(4, "passed"), (3, "failed")])
def test_constraints_are_held_against_what_was_measured(bound: int, outcome: str) -> None:
    constrained = Task(
        TASK.text,
        TASK.kernel,
        TASK.parameters,
        constraints=(Constraint("dsps", "at most", bound),),
    )
    end = ended(list(work(constrained, LibraryDesigner())))
    assert (end.outcome, end.verified, end.met) == (outcome, True, outcome == "passed")
    if outcome == "failed":
        assert end.stage == "constraints"
        assert "DSPs at most 3" in end.summary


def test_a_testbench_of_the_persons_own_is_the_oracle() -> None:
    text = "module twice(input [3:0] a, output [3:0] y); assign y = a * 2; endmodule"
    twice = Design({"t.v": text}, "twice")
    task = Task("twice", testbench=TESTBENCH)
    end = ended(list(work(task, Listed(Proposal(twice)), RunLimits(repairs=0))))
    assert (end.oracle, end.verified) == ("testbench", True)


def test_a_design_without_any_test_is_not_called_verified() -> None:
    text = "module twice(input [3:0] a, output [3:0] y); assign y = a; endmodule"
    twice = Design({"t.v": text}, "twice")
    events = list(work(Task("twice"), Listed(Proposal(twice)), RunLimits(repairs=0)))
    assert not ended(events).verified
    assert "no testbench" in ended(events).summary
    assert not any(isinstance(e, Said) for e in events)
