"""How often a loop runs, where its test depends on a counter and constants alone."""

from tools.hls.interpret import evaluate
from tools.hls.ir import Branch, Function, Op
from tools.hls.loops import Loop

_MOST = 1 << 16
"""Iterations that are counted one by one; a longer loop has no constant trip count here."""
_UNKNOWN = frozenset({"load", "input", "read", "empty", "full", "call"})


def trip_count(function: Function, ops: dict[int, Op], loop: Loop) -> int | None:
    """The iterations until the test at the loop's end fails, or None."""
    pragmas = function.loops.get(loop.header)
    if pragmas and pragmas.count:
        return pragmas.count
    end = function.block(loop.latch).end
    if not isinstance(end, Branch):
        return None
    header = function.block(loop.header)
    if len(header.preds) != 2:
        return None
    back = header.preds.index(loop.latch)
    phis = {op.id: op for op in header.phis}
    body = _slice(ops, end.condition, {id: op.args[back] for id, op in phis.items()})
    if body is None:
        return None
    values = {op.id: op.value for op in body if op.kind == "const"}
    used = [phis[op.id] for op in body if op.id in phis]
    for phi in used:
        first = ops[phi.args[1 - back]]
        if first.kind != "const":
            return None
        values[phi.id] = first.value
    steps = [op for op in body if op.kind not in ("const", "phi")]
    stays = int(end.then in loop.blocks)
    for count in range(1, _MOST + 1):
        for op in steps:
            args = [values[a] for a in op.args]
            values[op.id] = evaluate(op.kind, op.bits, args, [ops[a].bits for a in op.args])
        if values[end.condition] != stays:
            return count
        values |= {phi.id: values[phi.args[back]] for phi in used}
    return None


def _slice(ops: dict[int, Op], condition: int, phis: dict[int, int]) -> list[Op] | None:
    """What the condition depends on, operands first; None when that is more than counters.

    `phis` has the values of the loop's counters for the next iteration.
    """
    found: dict[int, Op] = {}
    stack = [condition]
    while stack:
        op = ops[stack[-1]]
        needed = () if op.kind == "phi" else op.args
        left = [a for a in needed if a not in found]
        if op.id in found:
            stack.pop()
        elif op.kind in _UNKNOWN or (op.kind == "phi" and op.id not in phis):
            return None
        elif left:
            stack += left
        else:
            found[op.id] = op
            stack.pop()
            if op.kind == "phi" and phis[op.id] not in found:
                stack.insert(0, phis[op.id])
    return list(found.values())
