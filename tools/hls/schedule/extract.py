"""Which subgraphs of a schedule are worth a synthesis, and how they are cut out.

Within the stages, pairs of operators are ranked by the delay between them (delay-driven) or by the
width of the later one's result over its users (fan-out-driven: a wide result with few users is what
saves registers when it moves). A pair becomes the path between its operators, the cone of the later
one, or a window: cones with common inputs, merged. Across a stage's boundary, the pairs that the
timing rows keep apart by little are probed: whether they must be apart, only synthesis can tell.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np

from tools.hls.schedule.graph import Graph
from tools.hls.schedule.matrix import Matrix
from tools.hls.schedule.sdc import Schedule

Strategy = Literal["window", "cone", "path"]
Members = frozenset[int]
Pair = tuple[int, int]


def cone(graph: Graph, found: Schedule, v: int) -> Members:
    """What v depends on within its stage, v included."""
    stage, members, waiting = found.stages[v], {v}, [v]
    while waiting:
        for source in graph.nodes[waiting.pop()].sources:
            operator = graph.nodes[source].kind != "input"
            if operator and source not in members and found.stages[source] == stage:
                members.add(source)
                waiting.append(source)
    return frozenset(members)


def between(matrix: Matrix, u: int, v: int) -> Members:
    """The operators on all paths from u to v."""
    inside = (matrix.delay[u] >= 0) & (matrix.delay[:, v] >= 0)
    return frozenset(int(n) for n in np.nonzero(inside)[0])


def by_delay(matrix: Matrix, found: Schedule) -> list[Pair]:
    """For each operator the farthest one before it in its stage, the longest delay first."""
    pairs = _latest(matrix, found)
    return sorted(pairs, key=lambda p: (-matrix.delay[p], p))


def by_fanout(matrix: Matrix, found: Schedule) -> list[Pair]:
    """The same pairs, the widest result for its number of users first."""
    graph = matrix.graph

    def score(pair: Pair) -> float:
        v = pair[1]
        return graph.nodes[v].bits / max(1e-5, len(graph.users[v]))

    return sorted(_latest(matrix, found), key=lambda p: (-score(p), -matrix.delay[p], p))


def across(matrix: Matrix, found: Schedule, budget_ps: float) -> list[Pair]:
    """Pairs that the rows for timing hold one stage apart, those that exceed it least first."""
    stages = found.stages
    pairs = (p for p in matrix.apart(budget_ps) if stages[p[1]] - stages[p[0]] == 1)
    certain = {pair for pair, least in matrix.at_least.items() if least > budget_ps}
    return sorted((p for p in pairs if p not in certain), key=lambda p: (matrix.delay[p], p))


def subgraphs(
    matrix: Matrix, found: Schedule, pairs: Iterable[Pair], strategy: Strategy
) -> list[Members]:
    """The pairs as sets of operators; single operators, which are known, are left out."""
    graph = matrix.graph
    if strategy == "path":
        cut = [frozenset(matrix.path(u, v)) for u, v in pairs]
    else:
        cut = [cone(graph, found, v) for _, v in pairs]
        if strategy == "window":
            cut = _windows(graph, cut)
    return [members for members in dict.fromkeys(cut) if len(members) > 1]


def _windows(graph: Graph, cones: Sequence[Members]) -> list[Members]:
    """Cones merged into those before them whose inputs are the same, more, or fewer."""
    merged: list[tuple[set[int], set[int]]] = []
    for members in cones:
        leaves = {s for n in members for s in graph.nodes[n].sources} - members
        for window, inputs in merged:
            if leaves <= inputs or inputs <= leaves:
                window |= members
                inputs |= leaves
                break
        else:
            merged.append((set(members), leaves))
    return [frozenset(window) for window, _ in merged]


def _latest(matrix: Matrix, found: Schedule) -> list[Pair]:
    stages = np.array(found.stages)
    together = np.where(stages[:, None] == stages[None, :], matrix.delay, -1.0)
    np.fill_diagonal(together, -1.0)
    if not together.size:
        return []
    first = together.argmax(axis=0)
    return [(int(u), v) for v, u in enumerate(first) if together[u, v] >= 0]
