"""The prompt builder: task, worked examples and earlier failures become chat messages."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prompts.design import Design, Language
from prompts.interface import Interface
from prompts.render import render
from prompts.select import Scored
from prompts.task import Task
from prompts.testbench import instantiations

TEMPLATES = Path(__file__).parent / "templates"
CHARACTERS_PER_TOKEN = 4
"""An estimate that needs no tokeniser; code of common models lies between 3 and 4.5."""
DEFAULT_BUDGET = 24_000
_MESSAGE_TOKENS = 4
"""What a chat format adds to each message."""

Message = Mapping[str, str]


class PromptTooLong(ValueError):
    """A request does not fit the budget even without examples and earlier answers."""


@dataclass(frozen=True)
class Failure:
    """The last attempt, as the model is told of it.

    `report` is the failed check's text or why the answer was unusable; `files` are those the model
    proposed, empty when there were none or when it had better start afresh. `earlier` has one line
    for each attempt before.
    """

    report: str
    files: Mapping[str, str]
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prompt:
    """Chat messages, the score of each demo in them, their SHA-256, and their estimated tokens."""

    messages: tuple[Message, ...]
    demos: Mapping[str, float]
    digest: str
    tokens: int


def build(
    task: Task,
    demos: Sequence[Scored],
    interface: Interface | None = None,
    failure: Failure | None = None,
    budget_tokens: int = DEFAULT_BUDGET,
    pragmas: Sequence[str] = (),
) -> Prompt:
    """The prompt for a task, or for its repair when an attempt has failed.

    `pragmas` are those of C++ that have an effect in high-level synthesis. What does not fit
    `budget_tokens` is left out whole: the least similar demo first, then the failed answer. Raises
    `PromptTooLong`.
    """
    kept = sorted(demos, key=lambda scored: -scored.score)
    while True:
        messages = _messages(task, kept, interface, failure, pragmas)
        tokens = estimate(messages)
        if tokens <= budget_tokens:
            break
        if kept:
            kept.pop()
        elif failure is not None and failure.files:
            failure = Failure(failure.report, {}, failure.earlier)
        else:
            raise PromptTooLong(
                f"the request alone takes about {tokens} tokens, and the budget is "
                f"{budget_tokens}; shorten the request or raise the budget"
            )
    return Prompt(messages, {s.demo.name: s.score for s in kept}, digest(messages), tokens)


def estimate(messages: Sequence[Message]) -> int:
    """About how many tokens the messages take."""
    return sum(-(-len(m["content"]) // CHARACTERS_PER_TOKEN) + _MESSAGE_TOKENS for m in messages)


def digest(messages: Sequence[Message]) -> str:
    """SHA-256 of the messages; equal prompts have equal digests."""
    text = json.dumps([dict(m) for m in messages], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def language_of(task: Task, interface: Interface | None) -> Language:
    """What is asked for: C++ only where vectors can check it, so only for a known interface."""
    return "verilog" if interface is None else task.language


def fenced(files: Mapping[str, str]) -> str:
    """Files as an answer has them: each in a fenced block that is headed by its name."""
    return _fill("answer", {"files": files})


def _messages(
    task: Task,
    demos: Sequence[Scored],
    interface: Interface | None,
    failure: Failure | None,
    pragmas: Sequence[str],
) -> tuple[Message, ...]:
    language = language_of(task, interface)
    request = "\n".join(
        [
            *(_example(scored, language, number) for number, scored in enumerate(demos, 1)),
            _request(task, interface, language),
        ]
    )
    names = {"interface": interface, "pragmas": pragmas, **_wanted(language)}
    system = {"role": "system", "content": _fill("system", names)}
    if failure is None:
        return system, {"role": "user", "content": request}
    repair = _fill("repair", {"failure": failure})
    if not failure.files:
        return system, {"role": "user", "content": f"{request}\n{repair}"}
    return (
        system,
        {"role": "user", "content": request},
        {"role": "assistant", "content": fenced(failure.files)},
        {"role": "user", "content": repair},
    )


def _wanted(language: Language) -> dict[str, bool]:
    """Which files are asked for, as the templates want to know it."""
    return {"cxx": language != "verilog", "verilog": language != "hls"}


def _example(scored: Scored, language: Language, number: int) -> str:
    demo = scored.demo
    settings = demo.settle()
    design: Design = demo.design(settings)
    code = fenced(design.only(language).files)
    names = {"number": number, "instruction": demo.instruction(settings), "code": code}
    return _fill("demo", names)


def _request(task: Task, interface: Interface | None, language: Language) -> str:
    wanted = _wanted(language)
    suffixes = {"v": wanted["verilog"], "cpp": wanted["cxx"]}
    names = {
        "task": task,
        "interface": interface,
        **wanted,
        "files": [f"{interface.top}.{suffix}" for suffix, asked in suffixes.items() if asked]
        if interface
        else [],
        "bench": instantiations(task.testbench),
    }
    return _fill("task", names)


def _fill(template: str, names: Mapping[str, Any]) -> str:
    return render((TEMPLATES / f"{template}.md.j2").read_text(encoding="utf-8"), names)
