"""How far a sum over the iterations of counted loops can get from where it starts."""

from collections.abc import Mapping, Sequence

from tools.hls.interpret import signed
from tools.hls.ir import Function, Op

Range = tuple[int, int]
_DEEPEST = 200
"""Additions of an iteration, one behind the other, that are followed."""


class Accumulators:
    """The phis of loops whose counter has known ends (`counted`), besides these counters.

    An iteration of such a loop adds something to the phi, whose range is known however the phi's
    own is: so often as the loop runs at most, and then the word holds the sum or it does not.
    """

    def __init__(
        self, function: Function, ops: Mapping[int, Op], counted: Mapping[int, Range]
    ) -> None:
        self.ops = ops
        self.phis: dict[int, tuple[int, int, int]] = {}
        """By phi: the value that it starts with, the next one, and the most iterations."""
        for block in function.blocks:
            runs = [_runs(ops, phi, counted[phi.id]) for phi in block.phis if phi.id in counted]
            if not runs:
                continue
            back, most = min(runs, key=lambda run: run[1])
            for phi in block.phis:
                if phi.id not in counted and len(phi.args) == 2:
                    self.phis[phi.id] = (phi.args[1 - back], phi.args[back], most)
        self.sums = frozenset(id for id in self.phis if self._change(id, {}) is not None)
        """The phis to which an iteration only adds."""

    def reach(self, phi: int, of: Mapping[int, Range]) -> Range | None:
        """The range of one of `sums` by the ranges that are known so far; None: not even its start.

        It may be more than the phi's word holds.
        """
        start, change = of.get(self.phis[phi][0]), self._change(phi, of)
        return None if start is None or change is None else _sum(start, change)

    def _change(self, phi: int, of: Mapping[int, Range]) -> Range | None:
        """What all iterations but the last one add to a phi."""
        _, following, most = self.phis[phi]
        found = _Added(self, phi, of).to(following, 0)
        if found is None:
            return None
        return min(0, (most - 1) * found[0]), max(0, (most - 1) * found[1])


class _Added:
    """Differences of values to one phi, within an iteration of its loop."""

    def __init__(self, known: Accumulators, phi: int, of: Mapping[int, Range]) -> None:
        self.known, self.of = known, of
        self.found: dict[int, Range | None] = {phi: (0, 0)}

    def to(self, id: int, depth: int) -> Range | None:
        """The least and the most that a value is above the phi; None where it is no such sum."""
        if id not in self.found:
            self.found[id] = None  # for a way that comes back here
            if depth < _DEEPEST:
                self.found[id] = self._made(self.known.ops[id], depth + 1)
        return self.found[id]

    def _made(self, op: Op, depth: int) -> Range | None:
        if op.kind == "add":
            a, b = op.args
            first, second = self.to(a, depth), self.to(b, depth)
            if first is not None and second is None:
                return _sum(first, self._range(b))
            return _sum(second, self._range(a)) if second is not None and first is None else None
        if op.kind == "sub":
            first, (low, high) = self.to(op.args[0], depth), self._range(op.args[1])
            return None if first is None else _sum(first, (-high, -low))
        if op.kind == "select":
            return self._either(op.args[1:], depth)
        if op.kind == "phi" and op.id in self.known.phis:  # of a loop within an iteration
            first = self.to(self.known.phis[op.id][0], depth)
            change = None if first is None else self.known._change(op.id, self.of)
            return None if first is None or change is None else _sum(first, change)
        return self._either(op.args, depth) if op.kind == "phi" else None

    def _either(self, ids: Sequence[int], depth: int) -> Range | None:
        each = [self.to(id, depth) for id in ids]
        found = [one for one in each if one is not None]
        if len(found) < len(each) or not found:
            return None
        return min(low for low, _ in found), max(high for _, high in found)

    def _range(self, id: int) -> Range:
        """Of a value whose range is not known yet there is none so far."""
        return self.of.get(id, (0, 0))


def _sum(a: Range, b: Range) -> Range:
    return a[0] + b[0], a[1] + b[1]


def _runs(ops: Mapping[int, Op], counter: Op, values: Range) -> tuple[int, int]:
    """Which operand of a loop's phis is the next value, and how often the loop runs at most."""
    steps = [ops[arg] for arg in counter.args]
    back = next(i for i, op in enumerate(steps) if op.kind == "add" and op.args[0] == counter.id)
    stride = abs(signed(ops[steps[back].args[1]].value, counter.bits))
    return back, (values[1] - values[0]) // stride + 1
