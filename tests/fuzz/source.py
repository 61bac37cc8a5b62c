"""The text of a random program while it is written: choices, names, lines, and how much is left."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """Something that holds a value; `text` has {} for each of the indices below the extents."""

    text: str
    type: str
    extents: tuple[int, ...] = ()
    writable: bool = True


@dataclass(frozen=True)
class Counter:
    """A loop's variable and the lowest and highest value that it has in the loop's body."""

    name: str
    low: int
    high: int


@dataclass(frozen=True)
class Scope:
    """What a statement may use, and where it may go."""

    places: list[Place]
    counters: tuple[Counter, ...] = ()
    result: str = ""
    """The type that the function returns."""
    may_leave: bool = False
    """Whether `break` and `continue` are allowed."""
    may_return: bool = True
    rounds: int = 1
    """How often a statement here is run at most."""
    copies: int = 1
    """How many copies unrolling makes of a statement here."""

    def inner(self, *counters: Counter, rounds: int = 1, copies: int = 1) -> "Scope":
        """A block within; what it declares is its own."""
        more = [Place(c.name, "int", (), False) for c in counters]
        return replace(
            self, places=[*self.places, *more], counters=(*self.counters, *counters),
            rounds=self.rounds * rounds, copies=self.copies * copies,
        )  # fmt: skip


@dataclass
class Source:
    """Writes lines; every choice comes from the seed."""

    seed: int
    budget: int = 0
    """About how many operations the hardware may still get."""
    lines: list[str] = field(default_factory=list)
    indent: str = ""
    names: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def one(self, *items: T) -> T:
        return self.random.choice(items)

    def fresh(self, stem: str) -> str:
        self.names += 1
        return f"{stem}{self.names}"

    def line(self, text: str) -> None:
        self.lines.append(f"{self.indent}{text}")

    def pragma(self, text: str) -> None:
        self.lines.append(f"#pragma HLS {text}")

    @contextmanager
    def block(self, head: str, end: str = "}") -> Iterator[None]:
        """The lines of a block between its head, which gets the opening brace, and its end."""
        self.line(f"{head} {{")
        before, self.indent = self.indent, self.indent + "  "
        yield
        self.indent = before
        self.line(end)

    def taken(self) -> list[str]:
        """The lines so far, which are taken away."""
        lines, self.lines = self.lines, []
        return lines

    def weighted(self, choices: Sequence[tuple[float, T]]) -> T:
        weights, items = zip(*choices, strict=True)
        return self.random.choices(items, weights)[0]
