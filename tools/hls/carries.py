"""Sums that are to stay adders of their own, with a carry chain each.

Yosys makes one sum of several operands out of additions behind one another, by full adders in
look-up tables: quicker than the schedule needs, and twice the look-up tables of carry chains.
"""

from collections.abc import Mapping

from tools.hls.ir import Function, Op
from tools.hls.modulo import Schedule

_SUMS = frozenset({"add", "sub"})


def apart(function: Function, schedules: Mapping[str, Schedule]) -> frozenset[int]:
    """The sums whose only use is an operand of another one, in the same cycle.

    A constant is no operand that would need look-up tables of its own.
    """
    ops, users = function.by_id(), dict[int, list[Op]]()
    for op in function.ops():
        for arg in op.args:
            users.setdefault(arg, []).append(op)
    found = set()
    for block in function.blocks:
        cycles = schedules[block.name].cycles
        for op in block.ops:
            if op.kind not in _SUMS or len(used := users.get(op.id, [])) != 1:
                continue
            plain = all(ops[arg].kind != "const" for arg in (*op.args, *used[0].args))
            if used[0].kind in _SUMS and plain and cycles.get(used[0].id) == cycles[op.id]:
                found.add(op.id)
    return frozenset(found)
