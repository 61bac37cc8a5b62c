"""The first and the last value of loop counters, by their constants and the loop's test."""

from tools.hls.interpret import signed
from tools.hls.ir import Block, Branch, Function, Op


def counters(function: Function, ops: dict[int, Op]) -> dict[int, tuple[int, int]]:
    """Loop counters: a phi that starts at a constant and steps by one until a constant bound."""
    found: dict[int, tuple[int, int]] = {}
    for block in function.blocks:
        for phi in block.phis:
            if len(phi.args) != 2:
                continue
            for start, step in (phi.args, phi.args[::-1]):
                made = _counter(function, ops, block.name, phi, ops[start], ops[step])
                if made:
                    found[phi.id] = made
    return found


def restarting(function: Function, ops: dict[int, Op]) -> dict[int, tuple[int, int]]:
    """The values of counters that begin again by themselves: `w = w == last ? first : w + step`."""
    joins = {phi.id: block for block in function.blocks for phi in block.phis}
    found = {}
    for id in joins:
        if len(ops[id].args) != 2:
            continue
        for start, following in (ops[id].args, ops[id].args[::-1]):
            choice = _choice(function, ops[following], joins.get(following))
            if choice and (made := _around(ops, ops[id], ops[start], *(ops[a] for a in choice))):
                found[id] = made
    return found


def _choice(function: Function, op: Op, join: Block | None) -> tuple[int, ...] | None:
    """A condition, and the values when it holds and when not, that an operation chooses from."""
    if op.kind == "select":
        return op.args
    if join is None or len(join.preds) != 2 or len(set(join.preds)) != 2:
        return None
    values: dict[tuple[str, str], int] = {}
    for pred, value in zip(join.preds, op.args, strict=True):
        way, block = join.name, function.block(pred)
        while not isinstance(block.end, Branch):  # a block of one way in leads here alone
            if len(block.preds) != 1:
                return None
            way, block = block.name, function.block(block.preds[0])
        values[block.name, way] = value
    ends = {function.block(name).end for name, _ in values}
    end = next(iter(ends))
    if len({name for name, _ in values}) != 1 or not isinstance(end, Branch):
        return None
    name = next(iter(values))[0]
    return end.condition, values[name, end.then], values[name, end.other]


def _counter(  # noqa: C901 (one rule for each form of the test)
    function: Function, ops: dict[int, Op], header: str, phi: Op, start: Op, step: Op
) -> tuple[int, int] | None:
    if start.kind != "const" or step.kind != "add" or step.args[0] != phi.id:
        return None
    by = ops[step.args[1]]
    if by.kind != "const":
        return None
    first, stride = signed(start.value, phi.bits), signed(by.value, phi.bits)
    for pred in function.block(header).preds:
        end = function.block(pred).end
        if not isinstance(end, Branch):
            continue
        at = phi.args[function.block(header).preds.index(pred)]
        if at != step.id:
            continue
        for test, positive in _tests(ops, end.condition, end.then == header):
            if len(test.args) != 2 or test.args[0] not in (step.id, phi.id):
                continue
            bound = ops[test.args[1]]
            if bound.kind != "const":
                continue
            limit = signed(bound.value, phi.bits)
            if test.args[0] == phi.id:  # tested before the step
                limit += stride
            kind = test.kind if positive else _NEGATED.get(test.kind, "")
            top = (1 << (phi.bits - 1)) - 1
            if kind == "ult" and (first < 0 or bound.value > top) or limit > top:
                continue  # such a range is not one of signed numbers
            if kind in ("slt", "ult") and stride > 0 and first <= limit:
                return first, max(first, limit - 1 - (limit - 1 - first) % stride)
            if kind == "eq" and limit >= ~top:  # once more, and from one value alone
                return min(first, limit), max(first, limit)
            if (
                kind == "ne"
                and stride
                and (limit - first) % stride == 0
                and (limit - first) * stride > 0
            ):
                return min(first, limit - stride), max(first, limit - stride)
    return None


def _around(
    ops: dict[int, Op], phi: Op, start: Op, test: Op, again: Op, step: Op
) -> tuple[int, int] | None:
    """The least and the greatest value of a counter, unless it passes by where it begins again."""
    if test.kind == "ne":
        again, step = step, again
    if test.kind not in ("eq", "ne") or step.kind != "add" or step.args[0] != phi.id:
        return None
    by, bound = ops[step.args[1]], ops[test.args[1]]
    if {start.kind, again.kind, by.kind, bound.kind} != {"const"} or test.args[0] not in (
        phi.id,
        step.id,
    ):
        return None
    stride, last = signed(by.value, phi.bits), signed(bound.value, phi.bits)
    if test.args[0] == step.id:
        last -= stride
    firsts = [signed(op.value, phi.bits) for op in (start, again)]
    if stride <= 0 or any(first > last or (last - first) % stride for first in firsts):
        return None
    return min(firsts), last


_NEGATED = {"eq": "ne", "ne": "eq"}


def _tests(ops: dict[int, Op], condition: int, positive: bool) -> list[tuple[Op, bool]]:
    """The comparisons that must all hold for the loop to go on."""
    op = ops[condition]
    if op.kind == "and" and positive:
        return [t for a in op.args for t in _tests(ops, a, True)]
    if op.kind == "or" and not positive:
        return [t for a in op.args for t in _tests(ops, a, False)]
    if op.kind == "xor" and op.bits == 1 and ops[op.args[1]].kind == "const":
        return _tests(ops, op.args[0], not positive) if ops[op.args[1]].value else []
    return [(op, positive)]
