"""A plan: kernels with their settings, and the links by which one's output is another's input."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from prompts.composition.ends import stream
from prompts.demo import Demo
from prompts.interface import Argument, Interface
from prompts.sheet import Setting


@dataclass(frozen=True)
class Stage:
    """One kernel of a plan: its name there, and its settled parameters."""

    name: str
    demo: Demo
    settings: Mapping[str, Setting]
    shape: tuple[int, ...]
    """What its results are a tensor of: a stage that takes any stream keeps the shape it is fed."""
    adapter: bool = False
    """Whether it is there only to make its neighbours fit."""

    @cached_property
    def interface(self) -> Interface:
        return self.demo.interface(self.settings)

    @property
    def taken(self) -> Argument | None:
        """The stream that comes in, if any; of several the first."""
        return self._stream("in")

    @property
    def sent(self) -> Argument | None:
        """The stream that goes out, if any; of several the first."""
        return self._stream("out")

    def argument(self, name: str) -> Argument:
        return next(a for a in self.interface.arguments if a.name == name)

    def _stream(self, direction: str) -> Argument | None:
        name = stream(self.demo, direction)
        return self.argument(name) if name else None


@dataclass(frozen=True)
class End:
    """An argument of a stage."""

    stage: str
    argument: str


@dataclass(frozen=True)
class Link:
    """A FIFO of so many beats from an output stream to an input stream of the same beats; or, of
    two memories, one of so many words that is written before it is read."""

    source: End
    sink: End
    depth: int

    @property
    def name(self) -> str:
        return f"{self.source.stage}_{self.source.argument}"


@dataclass(frozen=True)
class Plan:
    """Stages in the order of the data, the links between them, and what had to be adapted."""

    top: str
    stages: tuple[Stage, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()

    def stage(self, name: str) -> Stage:
        return next(stage for stage in self.stages if stage.name == name)

    def argument(self, end: End) -> Argument:
        return self.stage(end.stage).argument(end.argument)

    def kind(self, link: Link) -> str:
        return self.argument(link.source).kind

    def waited_for(self, stage: Stage) -> Stage | None:
        """The stage whose end another waits for, as it reads a memory that the first writes."""
        before = (k for k in self.links if k.sink.stage == stage.name and self.kind(k) == "memory")
        link = next(before, None)
        return self.stage(link.source.stage) if link else None

    def link_of(self, end: End) -> Link | None:
        """The link that an argument is one end of."""
        return next((link for link in self.links if end in (link.source, link.sink)), None)

    def outer(self) -> Iterator[tuple[End, Argument]]:
        """The arguments that no link joins: those of the top, under the names they have there.

        The first stage's stream is `x` and the last one's `y`; any other has its stage's name.
        """
        for stage in self.stages:
            for argument in stage.interface.arguments:
                end = End(stage.name, argument.name)
                if self.link_of(end) is None:
                    yield end, replace(argument, name=self._outer_name(stage, argument))

    def _outer_name(self, stage: Stage, argument: Argument) -> str:
        if argument.kind == "stream":
            if stage is self.stages[0] and argument == stage.taken:
                return "x"
            if stage is self.stages[-1] and argument == stage.sent:
                return "y"
        return f"{stage.name}_{argument.name}"

    @cached_property
    def interface(self) -> Interface:
        """The top's: the stream that goes in first, the one that comes out last."""
        arguments = [argument for _, argument in self.outer()]
        arguments.sort(key=lambda a: (a.name == "y") - (a.name == "x"))
        return Interface(self.top, tuple(arguments))
