"""Which operations cannot share a cycle: those with too long a combinational path between them."""

from collections.abc import Iterable, Mapping, Sequence

from tools.hls.dependences import Edge, result_latency
from tools.hls.ir import Function, Op
from tools.hls.operation_delays import OperationDelays
from tools.hls.timing import ARGUMENT_OUT_NS, Clock

Delays = dict[int, float]
"""Nanoseconds by operation: from its start to some point, on paths that fit into a cycle."""


class Chaining:
    """The operations of a block in order, and the delays between them.

    Only paths within a cycle are kept, which are few for each operation however large the block is.
    What is in `front` has a delay there, whose inputs are no later than an argument's word.
    """

    def __init__(
        self,
        function: Function,
        ops: Sequence[Op],
        clock: Clock,
        front: Mapping[int, float] | None = None,
    ) -> None:
        self.front = front or {}
        self.function = function
        self.ops = ops
        self.clock = clock
        self.budget = clock.budget_ns
        self.here = {op.id: op for op in ops}
        self.reaching: dict[int, Delays] = {}
        """By operation, the delays from those before it, and itself, to its end."""

    def cuts(self, by_id: Mapping[int, Op]) -> list[Edge]:
        """A cycle between the ends of every path that is too long for one.

        What takes longer than a cycle by itself counts as a cycle.
        """
        delays = OperationDelays(self.function, self.ops, self.clock)
        users: dict[int, list[int]] = {op.id: [] for op in self.ops}
        found: list[Edge] = []
        for op in self.ops:
            for arg in op.args:
                if arg in users:
                    users[arg].append(op.id)
            wire = delays.wire(op)
            starts = {id: ns + wire if ns else ns for id, ns in self._starts(op, delays).items()}
            own = min(delays.own(op), self.budget)
            room = max(0.0, self.budget - own - delays.behind.get(op.id, 0.0))
            if op.id in self.front:
                own = min(own + self.front[op.id], self.budget)
                room = ARGUMENT_OUT_NS
            over = {id for id, start in starts.items() if start > room}
            # A cut behind the last of them is enough.
            found += [self._cut(id, op) for id in over if over.isdisjoint(users[id])]
            for id in over:
                del starts[id]
            ends = starts
            if own:
                ends = {id: min(start + own, self.budget) for id, start in starts.items()}
            ends[op.id] = own
            # The value of a clocked read begins anew, after the clock's edge.
            clocked = op.kind == "load" and result_latency(op, self.function) > 0
            self.reaching[op.id] = {op.id: min(delays.out(op), self.budget)} if clocked else ends
        return found

    def _cut(self, id: int, op: Op) -> Edge:
        """A register between the result of an operation and `op`."""
        return Edge(id, op.id, result_latency(self.here[id], self.function) + 1)

    def _starts(self, op: Op, delays: OperationDelays) -> Delays:
        """When the operands of an operation are there: of look-up tables, those further back."""
        starts = self._arrivals(op.args)
        operands = delays.operands(op)
        if operands == list(op.args):
            return starts
        through = self._arrivals(operands)
        return {id: through.get(id, 0.0) for id in starts}

    def _arrivals(self, ids: Iterable[int]) -> Delays:
        """When these values are there, counted from the start of each operation before."""
        reaching = [self.reaching[id] for id in dict.fromkeys(ids) if id in self.reaching]
        if not reaching:
            return {}
        starts = reaching[0].copy()
        for others in reaching[1:]:
            for source, delay in others.items():
                if delay > starts.get(source, -1.0):
                    starts[source] = delay
        return starts
