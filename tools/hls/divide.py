"""Divisions become steps of a restoring division, which the scheduler spreads over cycles."""

from tools.hls.build import Builder
from tools.hls.ir import Function, Op


def expand_divisions(function: Function) -> None:
    """Replace `udiv`, `urem`, `sdiv` and `srem`; the quotient by zero is all ones."""
    if not any(op.kind in ("udiv", "urem", "sdiv", "srem") for op in function.ops()):
        return
    entry = function.blocks[0]
    build = Builder(entry, entry, max(op.id for op in function.ops()) + 1)
    build.ops = function.by_id()
    shared: dict[tuple[str, bool, tuple[int, ...]], tuple[Op, Op]] = {}
    for block in function.blocks:
        ops, block.ops = block.ops, []
        build.block = block
        for op in ops:
            if op.kind not in ("udiv", "urem", "sdiv", "srem"):
                block.ops.append(op)
                continue
            build.line = op.line
            a, b = (build.ops[i] for i in op.args)
            key = (block.name, op.kind[0] == "s", op.args)
            if key not in shared:
                shared[key] = _signed(build, a, b) if op.kind[0] == "s" else _unsigned(build, a, b)
            result = shared[key][0 if op.kind.endswith("div") else 1]
            block.ops.append(Op(op.id, "zext", op.bits, (result.id,), line=op.line))


def _unsigned(build: Builder, a: Op, b: Op) -> tuple[Op, Op]:
    """Quotient and remainder, one bit of the quotient at a time from the highest."""
    bits = a.bits
    wide = bits + 2  # a bit for the one that comes in, and one for the borrow
    divisor = build.resize(b, wide, False)
    rest = build.const(0, bits)
    quotient: list[Op] = []
    for i in range(bits - 1, -1, -1):
        bit = build.add("trunc", 1, build.binary("lshr", a, build.const(i, bits)) if i else a)
        moved = build.binary("shl", build.resize(rest, wide, False), build.const(1, wide))
        moved = build.binary("or", moved, build.resize(bit, wide, False))
        less = build.binary("sub", moved, divisor)
        borrow = build.add("trunc", 1, build.binary("lshr", less, build.const(bits + 1, wide)))
        rest = build.add("trunc", bits, build.add("select", wide, borrow, moved, less))
        fits = build.binary("xor", borrow, build.const(1, 1))
        quotient.append(fits)
    total = build.const(0, bits)
    for i, bit in enumerate(reversed(quotient)):
        placed = build.binary("shl", build.resize(bit, bits, False), build.const(i, bits))
        total = build.binary("or", total, placed)
    return total, rest


def _signed(build: Builder, a: Op, b: Op) -> tuple[Op, Op]:
    bits = a.bits
    zero = build.const(0, bits)

    def size(x: Op) -> tuple[Op, Op]:
        negative = build.binary("slt", x, zero)
        return negative, build.add("select", bits, negative, build.binary("sub", zero, x), x)

    (a_negative, a_size), (b_negative, b_size) = size(a), size(b)
    quotient, rest = _unsigned(build, a_size, b_size)
    opposite = build.binary("xor", a_negative, b_negative)
    none = build.binary("eq", b, zero)
    turned = build.add("select", bits, opposite, build.binary("sub", zero, quotient), quotient)
    whole = build.add("select", bits, none, build.const(-1, bits), turned)
    left = build.add("select", bits, a_negative, build.binary("sub", zero, rest), rest)
    return whole, left
