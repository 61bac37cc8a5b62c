"""How many low bits of each operation's result are known to be zero."""

from tools.hls.ir import Function, Op

_ALL = 1 << 10
"""Zeros of the number 0: more than any width."""


def trailing_zeros(function: Function) -> dict[int, int]:
    """By operation; a counter that starts at 0 and steps by 4 has two."""
    found: dict[int, int] = {op.id: _ALL for op in function.ops()}
    constants = {op.id: op.value for op in function.ops() if op.kind == "const"}
    changed = True
    while changed:
        changed = False
        for op in function.ops():
            by = constants.get(op.args[1], 0) if op.kind == "shl" else 0
            zeros = min(_zeros(op, [found[a] for a in op.args], by), found[op.id])
            if zeros < found[op.id]:
                found[op.id], changed = zeros, True
    return found


def _zeros(op: Op, args: list[int], by: int) -> int:
    """Those of an operation, by those of its operands; a shift is one `by` so many bits."""
    if op.kind == "const":
        return (op.value & -op.value).bit_length() - 1 if op.value else _ALL
    if op.kind in ("phi", "add", "sub", "or", "xor"):
        return min(args, default=0)
    if op.kind == "select":
        return min(args[1:])
    if op.kind == "and":
        return max(args)
    if op.kind == "mul":
        return min(sum(args), _ALL)
    if op.kind == "shl":
        return min(args[0] + by, _ALL)
    if op.kind in ("zext", "sext", "trunc"):
        return args[0]
    return 0
