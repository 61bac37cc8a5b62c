"""Indices of counted loops that surely leave their array, told while the whole index is known.

In hardware an address has as many bits as its array needs: what is past the end is another word.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tools.hls.interpret import signed
from tools.hls.ir import Function, Memory, Op
from tools.hls.loops import Loop, dominators, loops
from tools.hls.place import Form
from tools.hls.trips import trip_count
from tools.report import Diagnostic


class Index(NamedTuple):
    """An access: where it is, and the number of the word that it is of."""

    block: str
    line: int
    memory: Memory
    form: Form


def leaving(function: Function, indices: Sequence[Index], file: str) -> Iterator[Diagnostic]:
    """Warnings about accesses, once for each line and array."""
    counters = _Counters(function)
    told = set()
    for index in indices:
        memory = index.memory
        if memory.is_remote or not index.form.terms or (index.line, memory.name) in told:
            continue
        ends = [counters.ends(id, index.block) for id in index.form.terms]
        least = most = index.form.constant
        for factor, reached in zip(index.form.terms.values(), ends, strict=True):
            if reached is None:
                break
            least += min(factor * end for end in reached)
            most += max(factor * end for end in reached)
        else:
            if least >= 0 and most < memory.words:
                continue
            told.add((index.line, memory.name))
            text = (
                f"{memory.name!r} has {memory.words} elements, and this loop uses number "
                f"{least if least < 0 else most}; mind its bounds"
            )
            yield Diagnostic("warning", text, file, index.line, "BOUNDS")


class _Counters:
    """The first and the last values of counters of loops that end by their count alone."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.ops = function.by_id()
        self.before = dominators(function)
        self.owner = {
            phi.id: loop for loop in loops(function) if self._counted(loop)
            for phi in function.block(loop.header).phis
        }  # fmt: skip

    def _counted(self, loop: Loop) -> bool:
        ways_out = {
            name for name in loop.blocks
            if not loop.blocks.issuperset(self.function.block(name).successors())
        }  # fmt: skip
        return ways_out == {loop.latch} and len(self.function.block(loop.header).preds) == 2

    def ends(self, id: int, block: str) -> tuple[int, int] | None:
        """The counter in the first and the last iteration, each of which gets to `block`."""
        op = self.ops[id]
        while op.kind in ("zext", "sext"):
            op = self.ops[op.args[0]]
        loop = self.owner.get(op.id)
        if loop is None or block not in self.before.get(loop.latch, ()):
            return None
        back = self.function.block(loop.header).preds.index(loop.latch)
        first, step = self.ops[op.args[1 - back]], self._step(op, self.ops[op.args[back]])
        count = trip_count(self.function, self.ops, loop)
        if first.kind != "const" or step is None or count is None:
            return None
        start = signed(first.value, first.bits)
        last = start + step * (count - 1)
        fits = -(1 << (op.bits - 1)) <= last < 1 << (op.bits - 1)
        return (start, last) if fits else None

    def _step(self, counter: Op, following: Op) -> int | None:
        if following.kind != "add" or counter.id not in following.args:
            return None
        other = next((self.ops[a] for a in following.args if a != counter.id), None)
        return signed(other.value, other.bits) if other and other.kind == "const" else None
