"""The matrix of delays between operators, which feedback lowers and SDC's timing rows come from.

`delay[u, v]` is the longest combinational path from the start of operator u to the end of v, both
counted, in picoseconds; -1 where v does not depend on u. Inputs take no part: their rows and
columns are -1. From Cong and Zhang's SDC; the feedback is that of ISDC (DATE 2024).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tools.hls.schedule.graph import Graph

Delays = NDArray[np.float64]


@dataclass
class Matrix:
    """Delays of a graph, from those of its operators by themselves (`alone`, by node)."""

    graph: Graph
    alone: Sequence[float]
    delay: Delays = field(init=False)
    at_least: dict[tuple[int, int], float] = field(default_factory=dict)
    """Delays that were seen in a stage which proved too slow; none is taken below it again."""

    def __post_init__(self) -> None:
        n = len(self.graph.nodes)
        self.delay = np.full((n, n), -1.0)
        for node in self.graph.operators:
            v = node.index
            for source in self._operators(node.sources):
                reached = self.delay[:, source] >= 0
                late = self.delay[reached, source] + self.alone[v]
                self.delay[reached, v] = np.maximum(self.delay[reached, v], late)
            self.delay[v, v] = self.alone[v]

    def lower(self, members: Iterable[int], delay_ps: float) -> bool:
        """No path within `members` takes longer than `delay_ps`. Returns whether that was news."""
        chosen = np.ix_(*(np.array(sorted(members)),) * 2)
        block = self.delay[chosen]
        news = bool((block > delay_ps).any())
        self.delay[chosen] = np.where(block >= 0, np.minimum(block, delay_ps), block)
        return news

    def raise_to(self, pairs: Iterable[tuple[int, int]], delay_ps: float) -> bool:
        """Paths from each u to v take this long. Returns whether that was news."""
        news = False
        for u, v in pairs:
            if self.delay[u, v] >= 0 and self.at_least.get((u, v), 0.0) < delay_ps:
                news |= bool(self.delay[u, v] < delay_ps)
                self.at_least[u, v] = delay_ps
        return news

    def propagate(self) -> None:
        """Let lowered paths lower the longer ones around them: two sweeps, which never raise."""
        delay = self.delay
        alone = delay.diagonal().copy()
        for node in reversed(self.graph.operators):
            v = node.index
            users = list(self.graph.users[v])
            if users:
                after = np.max(delay[users, :], axis=0)
                through = np.where(after >= 0, after + alone[v], -1.0)
                through[v] = delay[v, v]
                delay[v] = np.where(delay[v] >= 0, np.minimum(delay[v], through), delay[v])
        for node in self.graph.operators:
            v = node.index
            sources = self._operators(node.sources)
            if sources:
                before = np.max(delay[:, sources], axis=1)
                through = np.where(before >= 0, before + alone[v], -1.0)
                through[v] = delay[v, v]
                delay[:, v] = np.where(
                    delay[:, v] >= 0, np.minimum(delay[:, v], through), delay[:, v]
                )
        for pair, least in self.at_least.items():
            delay[pair] = max(delay[pair], least)

    def apart(self, budget_ps: float) -> list[tuple[int, int]]:
        """The pairs that cannot share a stage of `budget_ps`, without those that others imply."""
        over = self.delay > budget_ps
        implied = np.zeros_like(over)
        for node in self.graph.operators:
            v = node.index
            if sources := self._operators(node.sources):
                implied[:, v] |= over[:, sources].any(axis=1)
            if users := list(self.graph.users[v]):
                implied[v] |= over[users].any(axis=0)
        return [(int(u), int(v)) for u, v in zip(*np.nonzero(over & ~implied), strict=True)]

    def path(self, u: int, v: int) -> list[int]:
        """The operators on the longest path from u to v."""
        found = [v]
        while found[-1] != u:
            sources = [
                s
                for s in self._operators(self.graph.nodes[found[-1]].sources)
                if self.delay[u, s] >= 0
            ]
            found.append(max(sources, key=lambda s: (self.delay[u, s], -s)))
        return found[::-1]

    def _operators(self, nodes: Iterable[int]) -> list[int]:
        return [n for n in nodes if self.graph.nodes[n].kind != "input"]
