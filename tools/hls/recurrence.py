"""Which dependence around a loop keeps its interval from being smaller."""

from collections.abc import Mapping, Sequence

from tools.hls.dependences import Edge
from tools.hls.ir import Op


def told(edges: Sequence[Edge], ops: Mapping[int, Op], interval: int) -> str:
    """The reason for an interval that the dependences, and no ports, ask for."""
    around = [e for e in cycle(edges, interval - 1) if e.distance]
    if not around:
        return "the loop's condition is known no sooner"
    worst = max(around, key=lambda e: (bool(ops[e.source].name), e.latency / e.distance))
    source = ops[worst.source]
    line = f" (line {source.line})" if source.line else ""
    what = f"through {source.name!r}" if source.name else "through a value"
    return f"a recurrence {what}{line}: an iteration needs the result of the one before"


def cycle(edges: Sequence[Edge], interval: int) -> list[Edge]:
    """A cycle of dependences that takes more than its iterations have at an interval; none: empty.

    The longest ways from anywhere are made longer round by round (Bellman and Ford); where the last
    edges of such ways close a cycle, one more round through it is a longer way.
    """
    start = {op: 0 for e in edges for op in (e.source, e.target)}
    last: dict[int, Edge] = {}
    for _ in range(len(start)):
        longer = False
        for edge in edges:
            at = start[edge.source] + edge.latency - interval * edge.distance
            if at > start[edge.target]:
                start[edge.target], last[edge.target], longer = at, edge, True
        if not longer:
            return []
        if found := _closed(last):
            return found
    return []


def _closed(last: Mapping[int, Edge]) -> list[Edge]:
    """A cycle among the last edges of ways, as far as there is one."""
    done: set[int] = set()
    for op in last:
        way: dict[int, Edge] = {}
        while op in last and op not in done and op not in way:
            way[op] = last[op]
            op = last[op].source
        if op in way:
            ops = list(way)
            return [way[o] for o in ops[ops.index(op) :]]
        done.update(way)
    return []
