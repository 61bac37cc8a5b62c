"""The values of counters that begin again by themselves: `w = w == last ? first : w + step`.

They may do so by a choice or an `if`, in few bits, or only in some of a loop's iterations.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tools.hls.counters import tests
from tools.hls.interpret import signed
from tools.hls.ir import Block, Branch, Function, Op

_MOST_WAYS = 32
_FREE = 1 << 4096


@dataclass(frozen=True)
class _Way:
    """A value that a counter may have next, the comparisons by which it gets it, and what values
    have to be below so that they stay as they are in the words on the way."""

    value: int
    decided: tuple[tuple[Op, bool], ...] = ()
    below: int = _FREE


def restarting(function: Function, ops: dict[int, Op]) -> dict[int, tuple[int, int]]:
    """The least and the greatest value of such counters, unless they may pass by their last."""
    joins = {phi.id: block for block in function.blocks for phi in block.phis}
    found = {}
    for id in joins:
        if len(ops[id].args) != 2:
            continue
        for start, following in (ops[id].args, ops[id].args[::-1]):
            if ops[start].kind == "const" and following != id:
                counter = _Counter(function, ops, joins, ops[id])
                if span := counter.span(ops[start], following):
                    found[id] = span
    return found


@dataclass(frozen=True)
class _Counter:
    function: Function
    ops: dict[int, Op]
    joins: dict[int, Block]
    phi: Op

    def span(self, start: Op, following: int) -> tuple[int, int] | None:
        firsts, ends, below = [signed(start.value, self.phi.bits)], set(), _FREE
        for number, way in enumerate(self._ways(_Way(following))):
            op = self.ops[way.value]
            below = min(below, way.below)
            if op.id == self.phi.id:
                continue
            if op.kind == "const":
                firsts.append(signed(op.value, op.bits) if way.below == _FREE else op.value)
                continue
            end = self._end(op, way) if number < _MOST_WAYS else None
            if end is None:
                return None
            ends.add(end[:2])
            below = min(below, end[2])
        if len(ends) != 1:
            return None
        (stride, last), least = ends.pop(), min(firsts)
        if any(first > last or (last - first) % stride for first in firsts):
            return None
        return (least, last) if below == _FREE or (least >= 0 and last < below) else None

    def _ways(self, way: _Way) -> Iterator[_Way]:
        op = self.ops[way.value]
        join = self.joins.get(op.id) if op.id != self.phi.id else None
        if choice := _choice(self.function, op, join):
            for value, holds in zip(choice[1:], (True, False), strict=True):
                decided = (*way.decided, *tests(self.ops, choice[0], holds))
                yield from self._ways(_Way(value, decided, way.below))
        elif kept := self._kept(op):
            yield from self._ways(_Way(op.args[0], way.decided, min(way.below, kept)))
        else:
            yield way

    def _kept(self, op: Op) -> int:
        """What a value has to be below, and not negative, so that a cast leaves it as it is; 0: it
        is no cast."""
        if op.kind == "sext":
            return int(1 << (self.ops[op.args[0]].bits - 1))
        if op.kind in ("zext", "trunc"):
            return int(1 << op.bits)
        by = self.ops[op.args[1]] if op.kind == "and" else op
        low = by.kind == "const" and by is not op and not by.value & (by.value + 1)
        return by.value + 1 if low else 0

    def _core(self, id: int) -> tuple[int, int]:
        """What is below casts, and what it has to be below so that they leave it as it is."""
        below, op = _FREE, self.ops[id]
        while kept := self._kept(op):
            below, op = min(below, kept), self.ops[op.args[0]]
        return op.id, below

    def _end(self, op: Op, way: _Way) -> tuple[int, int, int] | None:
        """Of a step: by how much, the value from which it is not taken, and what values have to be
        below; None: it is no step, or taken from any value."""
        by = self.ops[op.args[1]] if op.kind == "add" else op
        core, below = self._core(op.args[0]) if by.kind == "const" and by is not op else (-1, 0)
        stride = signed(by.value, op.bits)
        if core != self.phi.id or stride <= 0:
            return None
        for test, holds in way.decided:
            if (test.kind, holds) not in (("eq", False), ("ne", True)):
                continue
            tested, kept = self._core(test.args[0])
            bound = self.ops[test.args[1]]
            if bound.kind != "const" or tested not in (self.phi.id, op.id):
                continue
            last = signed(bound.value, bound.bits) if kept == _FREE else bound.value
            return stride, last - (stride if tested == op.id else 0), min(below, kept)
        return None


def _choice(function: Function, op: Op, join: Block | None) -> tuple[int, ...] | None:
    """A condition, and the values when it holds and when not, that an operation chooses from."""
    if op.kind == "select":
        return op.args
    if join is None or len(join.preds) != 2 or len(set(join.preds)) != 2:
        return None
    values: dict[tuple[str, str], int] = {}
    for pred, value in zip(join.preds, op.args, strict=True):
        way, block = join.name, function.block(pred)
        while not isinstance(block.end, Branch):  # a block of one way in leads here alone
            if len(block.preds) != 1:
                return None
            way, block = block.name, function.block(block.preds[0])
        values[block.name, way] = value
    ends = {function.block(name).end for name, _ in values}
    end = next(iter(ends))
    if len({name for name, _ in values}) != 1 or not isinstance(end, Branch):
        return None
    name = next(iter(values))[0]
    return end.condition, values[name, end.then], values[name, end.other]
