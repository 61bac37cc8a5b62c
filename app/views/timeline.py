"""The events of a run as the steps that a page shows, one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agents.events import Called, Ended, Prompted, Proposed, Returned, Said, Spent, Understood
from db import Recorded
from prompts.task import Task
from tools.report import Report


@dataclass(frozen=True)
class Reading:
    """The request was read as this task."""

    task: Task


@dataclass(frozen=True)
class Note:
    """The designer said something to the person."""

    text: str


@dataclass(frozen=True)
class Asking:
    """A model was asked; its answer so far, and what it cost once it is there."""

    prompt: Prompted
    answer: str = ""
    spent: Spent | None = None


@dataclass(frozen=True)
class Attempt:
    """A design was proposed, in the event of this number."""

    number: int
    proposed: Proposed


@dataclass(frozen=True)
class Check:
    """A tool works on the last attempt since `at`; its report, and that event's number."""

    called: Called
    at: datetime
    number: int
    report: Report | None = None


Step = Reading | Note | Asking | Attempt | Check


def steps(recorded: Sequence[Recorded]) -> list[Step]:
    """The steps of a run; a model's answer and a tool's report join the step that asked for it.

    A run that was taken up again after its worker had died shows its last beginning only.
    """
    found: list[Step] = []
    for kept in recorded:
        last = found[-1] if found else None
        if joined := _joined(last, kept):
            found[-1] = joined
        elif isinstance(kept.event, Understood):
            found = [*found[-1:]] if isinstance(last, Note) else []
            found.append(Reading(kept.event.task))
        elif isinstance(kept.event, Ended):
            if last == Note(kept.event.summary):
                found.pop()  # the verdict says it again
        elif begun := _begun(kept):
            found.append(begun)
    return found


def _joined(last: Step | None, kept: Recorded) -> Step | None:
    """The last step with an event that belongs to it; None when it does not."""
    match last, kept.event:
        case Asking(), Said(who="model", text=text):
            return replace(last, answer=last.answer + text)
        case Asking(), Spent() as spent:
            return replace(last, spent=spent)
        case Check(report=None), Returned(report=report):
            return replace(last, report=report, number=kept.number)
    return None


def _begun(kept: Recorded) -> Step | None:
    """The step that an event begins; None for one that stands alone without its step."""
    match kept.event:
        case Prompted() as prompt:
            return Asking(prompt)
        case Said(text=text):
            return Note(text)
        case Proposed() as proposed:
            return Attempt(kept.number, proposed)
        case Called() as called:
            return Check(called, kept.at, kept.number)
    return None


def task_of(recorded: Sequence[Recorded]) -> Task | None:
    """The task as it was last understood."""
    tasks = [kept.event.task for kept in recorded if isinstance(kept.event, Understood)]
    return tasks[-1] if tasks else None
