"""The first and the last value of loop counters, by their constants and the loop's test."""

from tools.hls.interpret import signed
from tools.hls.ir import Branch, Function, Op


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
        for test, positive in tests(ops, end.condition, end.then == header):
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


_NEGATED = {"eq": "ne", "ne": "eq"}


def tests(ops: dict[int, Op], condition: int, positive: bool) -> list[tuple[Op, bool]]:
    """The comparisons that must all hold, or not, for a condition to be as it is."""
    op = ops[condition]
    if op.kind == "and" and positive:
        return [t for a in op.args for t in tests(ops, a, True)]
    if op.kind == "or" and not positive:
        return [t for a in op.args for t in tests(ops, a, False)]
    if op.kind == "xor" and op.bits == 1 and ops[op.args[1]].kind == "const":
        return tests(ops, op.args[0], not positive) if ops[op.args[1]].value else []
    return [(op, positive)]
