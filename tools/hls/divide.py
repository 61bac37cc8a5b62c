"""Divisions become steps of a restoring division, which the scheduler spreads over cycles."""

from tools.hls.build import Builder
from tools.hls.ir import Function, Op
from tools.hls.ranges import Range, Ranges

_DIVIDED = frozenset({"udiv", "urem", "sdiv", "srem"})


def expand_divisions(function: Function) -> None:
    """Replace `udiv`, `urem`, `sdiv` and `srem`; a division by zero has some result.

    There is a step for each bit that the dividend may have, as wide as the divisor may be.
    """
    if not any(op.kind in _DIVIDED for op in function.ops()):
        return
    ranges = Ranges(function).of
    entry = function.blocks[0]
    build = Builder(entry, entry, max(op.id for op in function.ops()) + 1)
    build.ops = function.by_id()
    shared: dict[tuple[str, bool, tuple[int, ...]], tuple[Op, Op]] = {}
    for block in function.blocks:
        ops, block.ops = block.ops, []
        build.block = block
        for op in ops:
            if op.kind not in _DIVIDED:
                block.ops.append(op)
                continue
            build.line = op.line
            a, b = (build.ops[i] for i in op.args)
            key = (block.name, op.kind[0] == "s", op.args)
            if key not in shared:
                signed = op.kind[0] == "s"
                sizes = (_size(ranges.get(x.id), x.bits, signed) for x in (a, b))
                shared[key] = (_signed if signed else _unsigned)(build, a, b, *sizes)
            result = shared[key][0 if op.kind.endswith("div") else 1]
            block.ops.append(Op(op.id, "zext", op.bits, (result.id,), line=op.line))


def _size(found: Range | None, bits: int, signed: bool) -> int:
    """The bits of the greatest magnitude in a range of words."""
    if found is None or (found[0] < 0 and not signed):
        return bits
    return max(1, abs(found[0]).bit_length(), abs(found[1]).bit_length())


def _unsigned(build: Builder, a: Op, b: Op, steps: int, size: int) -> tuple[Op, Op]:
    """Quotient and remainder, one bit of the quotient at a time from the highest.

    The dividend has no more than `steps` bits, and the divisor, which the rest is less than after
    each step, no more than `size`.
    """
    quotient = build.const(0, steps)
    rest: Op | None = None
    for i in range(steps - 1, -1, -1):
        moved = build.add("trunc", 1, build.binary("lshr", a, build.const(i, a.bits)) if i else a)
        if rest is not None:
            bits = rest.bits + 1
            high = build.binary("shl", build.resize(rest, bits, False), build.const(1, bits))
            moved = build.binary("or", high, build.resize(moved, bits, False))
        less, borrow = _less(build, moved, b, size)
        rest = build.add("select", moved.bits, borrow, moved, less)
        rest = build.resize(rest, min(rest.bits, size), False)
        bit = build.resize(build.binary("xor", borrow, build.const(1, 1)), steps, False)
        quotient = build.binary("or", quotient, build.binary("shl", bit, build.const(i, steps)))
    assert rest is not None
    return build.resize(quotient, a.bits, False), build.resize(rest, a.bits, False)


def _less(build: Builder, moved: Op, b: Op, size: int) -> tuple[Op, Op]:
    """A word less the divisor, and whether that is below zero.

    Only as many bits are subtracted as the word has, and one for all of the divisor's above.
    """
    bits = moved.bits
    wide = bits + (2 if bits < size else 1)  # the highest bit is the borrow
    divisor = build.resize(build.resize(b, min(bits, size), False), wide, False)
    if bits < size:
        above = build.resize(build.binary("lshr", b, build.const(bits, b.bits)), size - bits, False)
        beyond = build.resize(build.binary("ne", above, build.const(0, size - bits)), wide, False)
        placed = build.binary("shl", beyond, build.const(bits, wide))
        divisor = build.binary("or", placed, divisor)
    less = build.binary("sub", build.resize(moved, wide, False), divisor)
    borrow = build.add("trunc", 1, build.binary("lshr", less, build.const(wide - 1, wide)))
    return build.resize(less, bits, False), borrow


def _signed(build: Builder, a: Op, b: Op, steps: int, size: int) -> tuple[Op, Op]:
    bits = a.bits
    zero = build.const(0, bits)

    def magnitude(x: Op) -> tuple[Op, Op]:
        negative = build.binary("slt", x, zero)
        return negative, build.add("select", bits, negative, build.binary("sub", zero, x), x)

    (a_negative, a_size), (b_negative, b_size) = magnitude(a), magnitude(b)
    quotient, rest = _unsigned(build, a_size, b_size, steps, size)
    opposite = build.binary("xor", a_negative, b_negative)
    turned = build.add("select", bits, opposite, build.binary("sub", zero, quotient), quotient)
    left = build.add("select", bits, a_negative, build.binary("sub", zero, rest), rest)
    return turned, left
