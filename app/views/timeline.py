"""The events of a run as the steps that a page shows, one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agents.events import Called, Prompted, Proposed, Returned, Said, Spent, Understood
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
        match kept.event:
            case Understood(task=task):
                found = [*found[-1:], Reading(task)] if isinstance(last, Note) else [Reading(task)]
            case Prompted() as prompt:
                found.append(Asking(prompt))
            case Said(who="model", text=text) if isinstance(last, Asking):
                found[-1] = replace(last, answer=last.answer + text)
            case Spent() as spent if isinstance(last, Asking):
                found[-1] = replace(last, spent=spent)
            case Said(text=text):
                found.append(Note(text))
            case Proposed() as proposed:
                found.append(Attempt(kept.number, proposed))
            case Called() as called:
                found.append(Check(called, kept.at, kept.number))
            case Returned(report=report) if isinstance(last, Check):
                found[-1] = replace(last, report=report, number=kept.number)
    return found


def task_of(recorded: Sequence[Recorded]) -> Task | None:
    """The task as it was last understood."""
    tasks = [kept.event.task for kept in recorded if isinstance(kept.event, Understood)]
    return tasks[-1] if tasks else None
