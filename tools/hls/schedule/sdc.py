"""SDC: a schedule as the solution of difference constraints, by two linear programs in HiGHS.

Every row is a difference of two variables, so the matrix is totally unimodular and the optimum is
integral. The first program makes the pipeline short, the second keeps the fewest register bits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from tools.errors import ToolError
from tools.hls.schedule.graph import Graph
from tools.hls.schedule.matrix import Delays, Matrix

_BIT_WEIGHT = 1024
"""Register bits decide, and among schedules with as few the one that begins its operators early."""
_TOLERANCE = 1e-4


@dataclass(frozen=True)
class Schedule:
    """The stage of each node; inputs are in stage 0, and results in the last stage."""

    stages: tuple[int, ...]
    registers: int
    """Flip-flops of the pipeline's data, inputs that are carried along included."""
    depth: int
    """How many stages there are; the last may have no operators of its own."""

    def members(self, graph: Graph, stage: int) -> tuple[int, ...]:
        """The operators of a stage."""
        return tuple(n.index for n in graph.operators if self.stages[n.index] == stage)


def schedule(matrix: Matrix, budget_ps: float, stages: int | None = None) -> Schedule:
    """The schedule with the fewest registers whose stages take at most `budget_ps` by the matrix.

    Without `stages` it has as few stages as there can be. Raises `ToolError` when an operator alone
    takes longer, or when so many stages are too few.
    """
    graph = matrix.graph
    slow = max(graph.operators, key=lambda n: matrix.delay[n.index, n.index], default=None)
    if slow and matrix.delay[slow.index, slow.index] > budget_ps:
        line = f" on line {slow.line}" if slow.line else ""
        raise ToolError(
            f"the {slow.bits}-bit {slow.kind}{line} takes "
            f"{matrix.delay[slow.index, slow.index]:.0f} ps by itself and a stage has "
            f"{budget_ps:.0f} ps; ask for a slower clock"
        )
    rows = _Rows(graph, matrix.apart(budget_ps))
    if stages is None:
        stages = round(rows.solve(rows.shortest(), None)[rows.last]) + 1
    found = rows.solve(rows.cheapest(), stages - 1)
    starts = tuple(round(float(x)) for x in found[: len(graph.nodes)])
    return Schedule(starts, registers_of(graph, starts, stages), stages)


def registers_of(graph: Graph, stages: Sequence[int], depth: int) -> int:
    """The flip-flops of a schedule's data."""
    total = 0
    for node, bits, users, kept in graph.groups:
        end = depth - 1 if kept else max((stages[user] for user in users), default=0)
        total += bits * (end - stages[node])
    return total


class _Rows:
    """The difference constraints `x[to] - x[from] >= least`, and what is minimised.

    Variables: the stage of each node, for each group of bits the last stage that wants it, and the
    last stage of all.
    """

    def __init__(self, graph: Graph, apart: Sequence[tuple[int, int]]) -> None:
        self.graph = graph
        self.ends = len(graph.nodes)
        self.last = self.ends + len(graph.groups)
        self.rows: list[tuple[int, int, int]] = [(u, v, 1) for u, v in apart if u != v]
        for node in graph.operators:
            self.rows += [(source, node.index, 0) for source in node.sources]
            self.rows.append((node.index, self.last, 0))
        for number, (node_index, _, users, kept) in enumerate(graph.groups, self.ends):
            self.rows.append((node_index, number, 0))
            self.rows += [(user, number, 0) for user in users]
            if kept:
                self.rows.append((self.last, number, 0))

    def shortest(self) -> list[float]:
        cost = [0.0] * (self.last + 1)
        cost[self.last] = 1.0
        return cost

    def cheapest(self) -> list[float]:
        cost = [1.0] * self.ends + [0.0] * (self.last + 1 - self.ends)
        for number, (node, bits, _, _) in enumerate(self.graph.groups, self.ends):
            cost[number] += _BIT_WEIGHT * bits
            cost[node] -= _BIT_WEIGHT * bits
        return cost

    def solve(self, cost: Sequence[float], last: int | None) -> Delays:
        """The optimum. Raises `ToolError` when there is none."""
        columns = self.last + 1
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = columns, len(self.rows)
        program.col_cost_ = np.array(cost)
        upper = np.full(columns, float(len(self.graph.nodes) if last is None else last))
        lower = np.zeros(columns)
        for node in self.graph.inputs:
            upper[node.index] = 0.0
        if last is not None:
            lower[self.last] = last
        program.col_lower_, program.col_upper_ = lower, upper
        program.row_lower_ = np.array([float(least) for _, _, least in self.rows])
        program.row_upper_ = np.full(len(self.rows), highspy.kHighsInf)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.arange(0, 2 * len(self.rows) + 1, 2)
        program.a_matrix_.index_ = np.array([i for u, v, _ in self.rows for i in (u, v)])
        program.a_matrix_.value_ = np.tile([-1.0, 1.0], len(self.rows))
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.passModel(program)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ToolError("no schedule meets the clock in so many stages; allow more stages")
        found = np.array(solver.getSolution().col_value)
        if np.abs(found - np.round(found)).max() > _TOLERANCE:
            raise ToolError("the linear program's optimum is not integral; report the design")
        return found
