"""When values come within an iteration of a loop, and in which order to join many of them."""

import heapq
from collections.abc import Sequence

from tools.hls.ir import Block

LEVELS = {"mul": 3.0, "load": 3.0, "read": 3.0, "add": 1.0, "sub": 1.0, "select": 0.3}
LEVELS |= dict.fromkeys(("slt", "sle", "ult", "ule", "eq", "ne"), 0.7)
"""Rough delays, in additions; wires and constants take nothing, and logic next to nothing."""
LOGIC = 0.1
_CARRIED = 1000.0
"""How late a value is that depends on the iteration before."""


class Arrivals:
    """When the operations of a block have their results, seen from one of them."""

    def __init__(self, block: Block) -> None:
        self._recurrences = _Recurrences(block)
        self._levels: dict[int, float] = {}
        for op in block.body:
            latest = max((self._levels.get(a, 0.0) for a in op.args), default=0.0)
            self._levels[op.id] = latest + LEVELS.get(op.kind, 0.0)

    def of(self, leaf: int, root: int) -> float:
        """When an operand below `root` comes: late, if it depends on the last iteration's root."""
        late = _CARRIED if self._recurrences.carries(leaf, root) else 0.0
        return late + self._levels.get(leaf, 0.0)


def pairs(levels: Sequence[float], step: float) -> tuple[list[tuple[int, int]], float]:
    """Which values to join, the earliest first, and when the last result comes.

    The results of joining are numbered from the number of values on; each takes `step`.
    """
    waiting = [(level, number) for number, level in enumerate(levels)]
    heapq.heapify(waiting)
    found: list[tuple[int, int]] = []
    while len(waiting) > 1:
        _, first = heapq.heappop(waiting)
        later, second = heapq.heappop(waiting)
        heapq.heappush(waiting, (later + step, len(levels) + len(found)))
        found.append((first, second))
    return found, waiting[0][0]


class _Recurrences:
    """What the iterations of a loop of one block hand on to the next."""

    def __init__(self, block: Block) -> None:
        self.above: dict[int, int] = {}
        """The phis that an operation depends on, as bits."""
        self.feeds: list[set[int]] = []
        """For each phi, the operations that its next value depends on."""
        if block.name not in block.preds:
            return
        back = block.preds.index(block.name)
        args = {op.id: op.args for op in block.body}
        for number, phi in enumerate(block.phis):
            self.above[phi.id] = 1 << number
            self.feeds.append(_reached(phi.args[back], args))
        for op in block.body:
            bits = 0
            for arg in op.args:
                bits |= self.above.get(arg, 0)
            self.above[op.id] = bits

    def carries(self, leaf: int, root: int) -> bool:
        """Whether an operand of a chain depends on the chain's result of the iteration before."""
        bits = self.above.get(leaf, 0)
        return bool(bits) and any(bits >> n & 1 and root in fed for n, fed in enumerate(self.feeds))


def _reached(start: int, args: dict[int, tuple[int, ...]]) -> set[int]:
    """The operations of a block that one depends on, itself included."""
    found, work = set[int](), [start]
    while work:
        id = work.pop()
        if id in args and id not in found:
            found.add(id)
            work += args[id]
    return found
