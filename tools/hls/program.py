"""The linear program of a block's schedule, and the quick test of whether it has a solution.

That of SDC scheduling (Cong and Zhang, 2006; modulo form by Zhang and Liu, 2013): one column for
each operation's cycle, differences as rows, the bits of values times the cycles that they live as
the cost. The rows stay from one solution to the next, and the solver begins where it ended before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from tools.errors import ToolError

Floats = NDArray[np.floating[Any]]
_BIT = 4.0
"""The cost of a bit that is kept for a cycle, where an operation a cycle later costs 1."""


@dataclass(frozen=True)
class Row:
    """`target` is at least `latency` cycles after `source`, `distance` iterations later.

    Both are places in the list of operations, in which operands come first.
    """

    source: int
    target: int
    latency: int
    distance: int = 0


class Program:
    """The cycles of operations of these `bits`.

    Values live until the last of their `uses`: operands and their users. `whole` is the cost of
    a cycle of all.
    """

    def __init__(
        self,
        bits: Sequence[int],
        rows: Iterable[Row],
        uses: Iterable[tuple[int, int]],
        whole: float,
    ) -> None:
        self.size = len(bits)
        self.rows = _greatest(rows)
        self.impossible = [row for row in self.rows if row.source == row.target]
        self.rows = [row for row in self.rows if row.source != row.target]
        following: dict[int, set[int]] = {}
        for row in self.rows:
            if row.distance == 0 and row.latency >= 0:
                following.setdefault(row.source, set()).add(row.target)
        pairs = [(row.target, row.source) for row in self.rows]
        cost = [1.0] * self.size
        for source, users in _last_users(uses, following).items():
            end = users[0]
            if len(users) > 1:  # a column for the last of them
                end = len(cost)
                cost.append(0.0)
                pairs += [(end, user) for user in users]
            cost[end] += bits[source] * _BIT
            cost[source] -= bits[source] * _BIT
        pairs += [(len(cost), i) for i in range(self.size) if i not in following]
        cost.append(whole)
        self._latency = np.zeros(len(pairs))
        self._latency[: len(self.rows)] = [row.latency for row in self.rows]
        self._distance = np.zeros(len(pairs))
        self._distance[: len(self.rows)] = [row.distance for row in self.rows]
        self._columns = len(cost)
        self._solver = _solver(cost, pairs)

    def solve(self, interval: int, within: Mapping[int, tuple[float, float]]) -> list[int] | None:
        """The cycle of each operation, some of them `within` bounds; None when there is none.

        With the `interval` 0 an iteration begins when the one before has ended.
        """
        if any(row.latency > interval * row.distance for row in self.impossible):
            return None
        lower, upper = np.zeros(self._columns), np.full(self._columns, np.inf)
        for i, (first, last) in within.items():
            if first > last:
                return None
            lower[i], upper[i] = first, last
        solver, count = self._solver, len(self._latency)
        least = self._latency - interval * self._distance
        every = np.arange(self._columns, dtype=np.int32)
        solver.changeColsBounds(self._columns, every, lower, upper)
        every = np.arange(count, dtype=np.int32)
        none = np.full(count, np.inf)
        solver.changeRowsBounds(count, every, least, none)  # type: ignore[attr-defined] # its stub lacks it
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.array(solver.getSolution().col_value[: self.size])
        rounded = np.rint(values)
        if np.abs(values - rounded).max() > 1e-6:
            raise ToolError("the scheduler's solution is not whole: this is a fault of the engine")
        return [int(value) for value in rounded]

    def earliest(self, interval: int) -> list[int] | None:
        """The first cycle that each operation can be in by the rows; None when there is none.

        With the `interval` 0 rows between iterations do not count.
        """
        if interval and any(row.latency > interval * row.distance for row in self.impossible):
            return None
        found = [0] * self.size
        inner = sorted((r.source, r.target, r.latency) for r in self.rows if not r.distance)
        around = [(r.source, r.target, r.latency - interval * r.distance)
                  for r in self.rows if r.distance and interval]  # fmt: skip
        for _ in range(len({target for _, target, _ in around}) + 1):
            for i, j, latency in inner:  # operands come first, so one walk is enough
                if found[i] + latency > found[j]:
                    found[j] = found[i] + latency
            late = [(j, found[i] + bound) for i, j, bound in around if found[i] + bound > found[j]]
            for j, cycle in late:
                found[j] = max(found[j], cycle)
            if not late:
                return found
        return None


def _greatest(rows: Iterable[Row]) -> list[Row]:
    """Of several rows between the same operations, the one that the others follow from."""
    found: dict[tuple[int, int, int], Row] = {}
    for row in rows:
        key = (row.source, row.target, row.distance)
        if key not in found or found[key].latency < row.latency:
            found[key] = row
    return list(found.values())


def _last_users(
    uses: Iterable[tuple[int, int]], following: Mapping[int, set[int]]
) -> dict[int, list[int]]:
    """The users of each operation, without those that another of them comes after."""
    users: dict[int, list[int]] = {}
    for source, user in uses:
        users.setdefault(source, []).append(user)
    none: set[int] = set()
    return {
        source: [u for u in found if following.get(u, none).isdisjoint(found)]
        for source, found in users.items()
    }


def _solver(cost: Sequence[float], pairs: Sequence[tuple[int, int]]) -> highspy.Highs:
    """A solver with a row for each pair: the first column less the second one."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), len(pairs)
    model.col_cost_ = np.array(cost)
    model.col_lower_ = np.zeros(len(cost))
    model.col_upper_ = np.full(len(cost), np.inf)
    model.row_lower_ = np.zeros(len(pairs))
    model.row_upper_ = np.full(len(pairs), np.inf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.arange(0, 2 * len(pairs) + 1, 2)
    model.a_matrix_.index_ = np.array(pairs, np.int32).reshape(-1)
    model.a_matrix_.value_ = np.tile([1.0, -1.0], len(pairs))
    solver = highspy.Highs()
    solver.silent()
    solver.passModel(model)
    return solver
