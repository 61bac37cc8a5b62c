"""The `scripted` designer: the `llm` designer on a model that replays answers from a file.

It shows the whole loop, repairs included, with no model and no network, and plays the tests.
"""

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import BaseModel, ConfigDict, Field

from agents.designer import Attempt, ModelError, Proposal
from agents.designers import Settings
from agents.events import Event
from agents.llm import LlmDesigner
from agents.models import Model
from prompts.demos import demos
from prompts.design import Language
from prompts.render import render
from prompts.task import Task

SCRIPTS = Path(__file__).parent / "scripts"


class Script(BaseModel):
    """Answers for one kernel: templates of its settled parameters and its interface."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    request: str
    """A request that the script answers, for people to try."""
    kernel: str
    language: Language = "both"
    """What its answers are written in."""
    answers: list[str] = Field(min_length=1)

    @classmethod
    def load(cls, name: str) -> "Script":
        """Read a script by name; raises `ModelError` for an unknown one."""
        there = {path.stem: path for path in sorted(SCRIPTS.glob("*.yaml"))}
        if name not in there:
            raise ModelError(f"there is no script {name!r}; there is {', '.join(there)}")
        return cls.model_validate(yaml.safe_load(there[name].read_text(encoding="utf-8")))

    def answer(self, task: Task, turn: int) -> str:
        """The answer of a turn, counted from 0; the last one is repeated."""
        if task.kernel != self.kernel or task.testbench:
            raise ModelError(
                f"this script only answers requests for its kernel {self.kernel!r}; ask, for "
                f"example, {self.request!r}"
            )
        if self.language == "hls" != task.language:
            raise ModelError(
                "this script answers in HLS C++ alone; choose that language, or ask, for example, "
                f"{self.request!r}"
            )
        demo = demos()[self.kernel]
        settings = demo.settle(task.parameters)
        names = {**settings, "interface": demo.interface(settings)}
        return render(self.answers[min(turn, len(self.answers) - 1)], names)


class ReplayedChat(BaseChatModel):
    """A chat model with one answer, given line by line."""

    text: str

    @property
    def _llm_type(self) -> str:
        return "replayed"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=self.text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for line in self.text.splitlines(keepends=True):
            yield ChatGenerationChunk(message=AIMessageChunk(content=line))


class ScriptedDesigner:
    """Replays a script: its answers in order, one for each attempt."""

    name = "scripted"
    repairs = True

    def __init__(self, script: str = "tour", demo_count: int = 2) -> None:
        self.model = f"scripted:{script}"
        self._script, self._name, self._demo_count = Script.load(script), script, demo_count

    @classmethod
    def create(cls, settings: Settings) -> "ScriptedDesigner":
        """The script of a model name `scripted:NAME`; raises `ModelError` for an unknown one."""
        script = settings.model.removeprefix("scripted:")
        return cls(script or "tour", settings.demo_count)

    def propose(self, task: Task, attempts: Sequence[Attempt]) -> Generator[Event, None, Proposal]:
        """The answer of this attempt, through the same prompt and extraction as a model's."""
        chat = ReplayedChat(text=self._script.answer(task, len(attempts)))
        designer = LlmDesigner(Model(chat, "scripted", self._name), self._demo_count)
        return (yield from designer.propose(task, attempts))
