"""Which operations cannot share a cycle: those with too long a combinational path between them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.hls.dependences import Edge, result_latency
from tools.hls.ir import Function, Op
from tools.hls.lookup import Lookup
from tools.hls.timing import Clock

Floats = NDArray[np.floating[Any]]


class Chaining:
    """The operations of a block in order, and the delays between them in nanoseconds."""

    def __init__(self, function: Function, ops: Sequence[Op], clock: Clock) -> None:
        self.function = function
        self.ops = ops
        self.clock = clock
        self.budget = clock.budget_ns
        self.at = {op.id: i for i, op in enumerate(ops)}

    def cuts(self, by_id: Mapping[int, Op]) -> list[Edge]:
        """A cycle between the ends of every path that is too long for one.

        What takes longer than a cycle by itself counts as a cycle.
        """
        n = len(self.ops)
        lookup = Lookup(self.ops, by_id, self.clock.delays.lut_inputs)
        longest: Floats = np.full((n, n), -1.0, np.float32)  # [from, to], both included
        found: list[Edge] = []
        uses = [(self.at[a], j) for j, op in enumerate(self.ops) for a in op.args if a in self.at]
        used, user = np.array(uses, np.int64).reshape(-1, 2).T
        for j, op in enumerate(self.ops):
            starts = self._arrivals(op.args, longest)
            own = min(self._own(op, by_id, lookup), self.budget)
            if lookup.inputs(op):
                through = self._arrivals([leaf for leaf, _ in lookup.leaves[op.id]], longest)
                starts = np.where(starts >= 0, np.maximum(through, 0.0), -1)
            total = np.where(starts >= 0, starts + own, -1)
            over = total > self.budget
            found += [self._cut(i, op) for i in _last(over, used, user)]
            longest[:, j] = np.where(over, -1, total)
            # The value of a clocked read begins anew, after the clock's edge.
            clocked = op.kind == "load" and result_latency(op, self.function) > 0
            longest[j, j] = 0.0 if clocked else own
        return found

    def _own(self, op: Op, by_id: Mapping[int, Op], lookup: Lookup) -> float:
        if op.kind == "load":
            return self.clock.in_ns(op, self.function)
        if inputs := lookup.inputs(op):
            return self.clock.delays.logic(inputs) / 1000
        return self.clock.operator_ns(op, by_id)

    def _cut(self, i: int, op: Op) -> Edge:
        """A register between the result of the operation at `i` and `op`."""
        return Edge(self.ops[i].id, op.id, result_latency(self.ops[i], self.function) + 1)

    def _arrivals(self, ids: Iterable[int], longest: Floats) -> Floats:
        """When these values are there, counted from the start of each operation before."""
        starts = np.full(len(self.ops), -1.0)
        for id in ids:
            i = self.at.get(id)
            if i is None:
                continue
            source = self.ops[i]
            if source.kind == "load" and result_latency(source, self.function) > 0:
                wait = self.clock.out_ns(source, self.function)
                starts[i] = max(starts[i], min(wait, self.budget))
            else:
                starts = np.maximum(starts, longest[:, i])
        return starts


def _last(over: NDArray[np.bool_], used: NDArray[np.int64], user: NDArray[np.int64]) -> list[int]:
    """Those of the operations `over` that no other of them uses: a cut behind these is enough."""
    kept = over.copy()
    kept[used[over[user]]] = False
    return [int(i) for i in np.flatnonzero(kept)]
