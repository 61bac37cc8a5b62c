"""The delay of a piece of combinational Verilog after synthesis, asked for in batches and kept.

A piece is a module named `m`, and its text is its identity: equal texts are measured once on a
machine. A `Technology` says how a batch is synthesised and where the longest path is read from.
"""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from tools.cache import entry_of, read, store
from tools.errors import ToolError
from tools.plan import Outcome, Plan, carry_out

_BATCH_CHARACTERS = 24_000
"""About half a second of synthesis, over which the start of the tools is spread."""


@dataclass(frozen=True)
class Timing:
    """The longest path of a piece in picoseconds, with the port bits that it begins and ends at.

    They are places in the order of the module's inputs and outputs, counted in bits; -1 where the
    path is not known.
    """

    delay_ps: float
    start: int = -1
    end: int = -1


class Technology(Protocol):
    """What pieces are synthesised to. `margin_ps` is what the registers take of a clock period."""

    @property
    def name(self) -> str: ...
    @property
    def identity(self) -> str:
        """Everything that decides a delay: scripts, library, versions."""

    @property
    def margin_ps(self) -> float: ...
    def plan(self, modules: Mapping[str, str]) -> Plan:
        """Synthesise the modules of one file, each by itself."""

    def read(self, outcome: Outcome, modules: Mapping[str, str]) -> Mapping[str, Timing]:
        """The timing of each module that was synthesised."""

    def flip_flops(self, module: str) -> int:
        """How many flip-flops a clocked module named `m` has after synthesis."""


@dataclass
class Oracle:
    """Measures pieces with a technology, `jobs` batches at once.

    `calls` counts the pieces that were synthesised, `known` those that were known already, and
    `failed` those that could not be synthesised.
    """

    technology: Technology
    jobs: int = 2
    stop: threading.Event | None = None
    calls: int = 0
    known: int = 0
    failed: int = 0
    _seen: dict[str, Timing | None] = field(default_factory=dict)

    def measure(self, pieces: Sequence[str]) -> list[Timing | None]:
        """The timing of each piece; None where its synthesis failed."""
        missing = []
        for text in dict.fromkeys(pieces):
            if text in self._seen:
                continue
            if found := read(self._entry(text)):
                self._seen[text] = Timing(**found[0])
                self.known += 1
            else:
                missing.append(text)
        if missing:
            batches = _batches(missing, self.jobs)
            with ThreadPoolExecutor(self.jobs) as pool:
                waiting = [pool.submit(copy_context().run, self._synthesise, b) for b in batches]
                for done in waiting:
                    self._seen.update(done.result())
            self.calls += len(missing)
            self.failed += sum(self._seen[text] is None for text in missing)
        return [self._seen[text] for text in pieces]

    def _entry(self, text: str) -> Path:
        identity = f"hls-delay\0{self.technology.identity}\0{text}"
        return entry_of(hashlib.sha256(identity.encode()).hexdigest())

    def _synthesise(self, texts: Sequence[str]) -> dict[str, Timing | None]:
        """One batch; when it fails, each of its pieces alone, to find the one that is at fault."""
        names = {f"s{n}": text for n, text in enumerate(texts)}
        modules = {n: text.replace("module m(", f"module {n}(", 1) for n, text in names.items()}
        try:
            outcome = carry_out(self.technology.plan(modules), self.stop)
            found = {} if outcome.returncode else self.technology.read(outcome, modules)
        except ToolError:
            found = {}
        if len(found) < len(names) and len(names) > 1:
            lost = [text for name, text in names.items() if name not in found]
            again = {t: self._synthesise([t])[t] for t in lost}
        else:
            again = dict.fromkeys((t for n, t in names.items() if n not in found), None)
        for name, timing in found.items():
            store(self._entry(names[name]), asdict(timing), {})
        return again | {names[name]: timing for name, timing in found.items()}


def _batches(texts: list[str], jobs: int) -> list[list[str]]:
    """The texts in batches of about equal work, one for each job at least."""
    limit = min(_BATCH_CHARACTERS, 1 + sum(map(len, texts)) // jobs)
    batches: list[list[str]] = [[]]
    size = 0
    for text in sorted(texts, key=len, reverse=True):
        if size + len(text) > limit and batches[-1]:
            batches.append([])
            size = 0
        batches[-1].append(text)
        size += len(text)
    return batches
