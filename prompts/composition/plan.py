"""A plan: kernels with their settings, and the links by which one's output is another's input."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

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
    def taken(self) -> Argument:
        """The stream that the stage before sends to; of several the first."""
        return stream(self.interface, "in")

    @property
    def sent(self) -> Argument:
        """The stream that the stage behind takes from; of several the first."""
        return stream(self.interface, "out")


def stream(interface: Interface, direction: str) -> Argument:
    """The first stream of a direction; raises `LookupError` when a kernel has none."""
    for argument in interface.arguments:
        if argument.kind == "stream" and argument.direction == direction:
            return argument
    raise LookupError(f"{interface.top} has no stream that goes {direction}")


@dataclass(frozen=True)
class End:
    """An argument of a stage."""

    stage: str
    argument: str


@dataclass(frozen=True)
class Link:
    """A FIFO of so many beats from an output stream to an input stream of the same beats."""

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
        return next(a for a in self.stage(end.stage).interface.arguments if a.name == end.argument)

    def into(self, end: End) -> Link | None:
        """The link that an input is fed by."""
        return next((link for link in self.links if link.sink == end), None)

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
