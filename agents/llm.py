"""The `llm` designer: a language model, prompted with worked examples and told what failed."""

import time
from collections.abc import Generator, Iterator, Sequence

from agents.designer import Attempt, ModelError, NoDesign, Proposal
from agents.designers import Settings
from agents.events import Event, Prompted, Said, Spent
from agents.extract import Extracted, extract, single_root
from agents.models import Answer, Model, answer, chat_model
from prompts.builder import (
    DEFAULT_BUDGET,
    Failure,
    Prompt,
    PromptTooLong,
    build,
    language_of,
)
from prompts.demos import demos
from prompts.design import CXX_SUFFIXES, VERILOG_SUFFIXES, Design, Language
from prompts.interface import Interface
from prompts.kernels import kernel_named
from prompts.select import select
from prompts.task import Task
from prompts.testbench import unit_under_test
from prompts.verilog_text import modules
from tools.hls.pragmas import heeded

FLUSH_S = 0.25
"""Text is passed on in pieces of at least this many seconds: each is a record in the database."""


class LlmDesigner:
    """Asks a model for a design, and for a better one when a check has failed.

    It keeps nothing between proposals: a repair is a conversation that is built anew from the
    attempts. `exclude` names demos that must not be shown, such as a benchmark's own kernels.
    """

    name = "llm"
    repairs = True

    def __init__(
        self,
        model: Model,
        demo_count: int = 2,
        budget_tokens: int = DEFAULT_BUDGET,
        exclude: frozenset[str] = frozenset(),
    ) -> None:
        self.model = model.label
        self._model, self._demo_count = model, demo_count
        self._budget_tokens, self._exclude = budget_tokens, exclude

    @classmethod
    def create(cls, settings: Settings) -> "LlmDesigner":
        """Raises `ModelError` when the model cannot be set up."""
        return cls(chat_model(settings.model, settings.base_url), settings.demo_count)

    def propose(self, task: Task, attempts: Sequence[Attempt]) -> Generator[Event, None, Proposal]:
        """One call of the model; raises `NoDesign` and `ModelError`."""
        interface = interface_of(task)
        prompt = self._prompt(task, interface, attempts)
        yield Prompted(prompt.messages, prompt.demos, prompt.digest)
        reply = yield from self._ask(prompt)
        return proposal_of(reply, task, interface)

    def _prompt(
        self, task: Task, interface: Interface | None, attempts: Sequence[Attempt]
    ) -> Prompt:
        examples = select(task, demos(), self._demo_count, self._exclude)
        try:
            failure, budget = failure_of(attempts), self._budget_tokens
            return build(task, examples, interface, failure, budget, heeded())
        except PromptTooLong as error:
            raise ModelError(str(error)) from error

    def _ask(self, prompt: Prompt) -> Generator[Event, None, Answer]:
        """Put the prompt to the model; its words arrive as `Said`, its cost as `Spent`."""
        asking = answer(self._model, prompt.messages)
        replies: list[Answer] = []
        for text in _in_pieces(_noting(asking, replies)):
            yield Said("model", text)
        (reply,) = replies
        yield Spent(self.model, reply.input_tokens, reply.output_tokens, reply.usd, reply.wall_s)
        return reply


def interface_of(task: Task) -> Interface | None:
    """The interface that the oracle drives; None where a testbench is the oracle."""
    if task.testbench or not task.kernel:
        return None
    kernel = kernel_named(task.kernel)
    return kernel.interface(kernel.settle(task.parameters))


def failure_of(attempts: Sequence[Attempt]) -> Failure | None:
    """What the model is told of the last attempt.

    After the same failure twice in a row it does not see its answer again and starts afresh.
    """
    if not attempts:
        return None
    last = attempts[-1]
    lines = [_line(attempt) for attempt in attempts]
    stuck = len(lines) > 1 and lines[-1] == lines[-2]
    files: dict[str, str] = {}
    if last.proposal is not None and not stuck:
        files = dict(last.proposal.design.files)
        if last.proposal.testbench:
            files["testbench.sv"] = last.proposal.testbench
    report = last.failure.text() if last.failure else last.problem
    return Failure(report, files, tuple(lines[:-1]))


def proposal_of(reply: Answer, task: Task, interface: Interface | None) -> Proposal:
    """The design in an answer; raises `NoDesign`."""
    if reply.cut:
        raise NoDesign(
            "the answer was cut at the model's limit of output tokens; return a shorter one, with "
            "all files whole"
        )
    top = interface.top if interface is not None else unit_under_test(task.testbench)
    found = extract(reply.text, reply.calls, top)
    language = language_of(task, interface)
    _check_languages(found, language)
    if interface is not None:
        return Proposal(Design(found.files, top, interface).only(language))
    if top not in {module.name for module in found.modules}:
        top = single_root(found)
    if not task.testbench:
        _check_testbench(found)
    return Proposal(Design(found.files, top), "" if task.testbench else found.testbench)


def _line(attempt: Attempt) -> str:
    failure = attempt.failure
    return f"{failure.tool}: {failure.summary}" if failure else attempt.problem


def _check_languages(found: Extracted, language: Language) -> None:
    written = (("Verilog", VERILOG_SUFFIXES, "hls"), ("C++", CXX_SUFFIXES, "verilog"))
    for name, suffixes, without in written:
        if language != without and not any(file.endswith(suffixes) for file in found.files):
            there = ", ".join(found.files) or "only a testbench"
            raise NoDesign(f"the answer has no {name} file of the design; it has {there}")


def _check_testbench(found: Extracted) -> None:
    if not any(module.portless for module in modules(found.testbench)):
        raise NoDesign(
            "the answer has no testbench, so nothing can say whether the design is correct; add "
            "'testbench.sv' with a module without ports that prints PASS or FAIL"
        )


def _noting(asking: Generator[str, None, Answer], replies: list[Answer]) -> Iterator[str]:
    """The text of an answer; the whole answer is put into `replies` at the end."""
    replies.append((yield from asking))


def _in_pieces(stream: Iterator[str]) -> Iterator[str]:
    """Join what comes in quick succession."""
    waiting, since = "", time.monotonic()
    for text in stream:
        waiting += text
        if time.monotonic() - since >= FLUSH_S:
            yield waiting
            waiting, since = "", time.monotonic()
    if waiting:
        yield waiting
