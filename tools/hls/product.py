"""Products put together from smaller products, or from sums where no multiplier is quick enough."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.hls.build import Builder
from tools.hls.ir import Kind, Op
from tools.hls.timing import Clock

Do = Callable[[Kind, Op, Op], Op]
_LIMBS = (32, 24, 17, 12, 8)
"""Widths of the factors that are tried; 17 bits and a sign are one of ECP5's multipliers."""


@dataclass(frozen=True)
class _Factor:
    """A factor before its extension."""

    op: Op
    signed: bool


@dataclass(frozen=True)
class _Term:
    """A signed word, whose lowest bit counts 2**place."""

    op: Op
    place: int


def product(build: Builder, clock: Clock, op: Op, do: Do, multipliers: bool = True) -> Op:
    """The product that `op` computes; `do` makes sums that fit the clock.

    Without `multipliers` it is put together from sums alone.
    """
    a, b = (_factor(build.ops[arg], build) for arg in op.args)
    if b.op.kind == "const":
        terms = _multiples(build, op.bits, a, b.op.value, do)
    else:
        limbs = [w for w in _LIMBS if w < max(a.op.bits, b.op.bits) and _fits(clock, w)]
        width = limbs[0] if limbs and multipliers else 0
        terms = _products(build, op.bits, a, b, width) if width else _rows(build, op.bits, a, b, do)
    return build.resize(_total(build, op.bits, terms, do), op.bits, True)


def _fits(clock: Clock, width: int) -> bool:
    """Whether a product of signed factors of a bit more is quick enough."""
    taken = clock.delays.of("mul", 2 * width + 2, (width + 1, width + 1))
    return taken / 1000 <= clock.budget_ns


def _factor(op: Op, build: Builder) -> _Factor:
    if op.kind in ("sext", "zext"):
        return _Factor(build.ops[op.args[0]], op.kind == "sext")
    return _Factor(op, False)


def _bits(build: Builder, op: Op, low: int, bits: int) -> Op:
    moved = build.binary("lshr", op, build.const(low, op.bits)) if low else op
    return build.resize(moved, bits, False)


def _limbs(build: Builder, factor: _Factor, width: int) -> list[_Term]:
    """A factor in parts of `width` bits with a sign bit, lowest first."""
    found = []
    for low in range(0, factor.op.bits, width):
        bits = min(width, factor.op.bits - low)
        part = _bits(build, factor.op, low, bits)
        last = low + bits == factor.op.bits
        found.append(
            _Term(part if last and factor.signed else build.resize(part, bits + 1, False), low)
        )
    return found


def _products(build: Builder, bits: int, a: _Factor, b: _Factor, width: int) -> list[_Term]:
    found = []
    for one in _limbs(build, a, width):
        for other in _limbs(build, b, width):
            place = one.place + other.place
            if place < bits:
                wide = one.op.bits + other.op.bits
                factors = (build.resize(x.op, wide, True) for x in (one, other))
                found.append(_Term(build.binary("mul", *factors), place))
    return found


def _rows(build: Builder, bits: int, a: _Factor, b: _Factor, do: Do) -> list[_Term]:
    """Two bits of the second factor at a time: a sum of the first factor or nothing, twice."""
    found: list[_Term] = []
    wide = a.op.bits + 3
    word = build.resize(a.op, wide, a.signed)
    twice = build.binary("shl", word, build.const(1, wide))
    for low in range(0, min(b.op.bits, bits), 2):
        chosen = [
            build.binary("and", x, build.resize(_bits(build, b.op, place, 1), wide, True))
            for x, place in ((word, low), (twice, low + 1))
            if place < b.op.bits
        ]
        negative = b.signed and low + len(chosen) == b.op.bits
        if negative and len(chosen) == 1:
            chosen.insert(0, build.const(0, wide))
        kind: Kind = "sub" if negative else "add"
        found.append(_Term(do(kind, *chosen) if len(chosen) == 2 else chosen[0], low))
    return found


def _multiples(build: Builder, bits: int, a: _Factor, value: int, do: Do) -> list[_Term]:
    """One term for each digit of a constant, as few as signs of both kinds allow."""
    found: list[_Term] = []
    wide = a.op.bits + 2
    word = build.resize(a.op, wide, a.signed)
    opposite = do("sub", build.const(0, wide), word)
    for place in range(bits):
        if value & 1:
            digit = 2 - (value & 3)
            value -= digit
            found.append(_Term(word if digit > 0 else opposite, place))
        value >>= 1
    return found or [_Term(build.const(0, 1), 0)]


def _total(build: Builder, bits: int, terms: Sequence[_Term], do: Do) -> Op:
    """The sum of the terms, neighbours first, in a signed word of at most `bits`."""
    left = [_cut(build, bits, term) for term in sorted(terms, key=lambda t: t.place)]
    while len(left) > 1:
        pairs = zip(left[::2], left[1::2], strict=False)
        joined = [_cut(build, bits, _sum(build, *pair, do)) for pair in pairs]
        left = joined + left[len(joined) * 2 :]
    (last,) = left
    wide = min(bits, last.op.bits + last.place)
    word = build.resize(last.op, wide, True)
    return build.binary("shl", word, build.const(last.place, wide)) if last.place else word


def _cut(build: Builder, bits: int, term: _Term) -> _Term:
    """Without the bits that the result has no place for."""
    return _Term(build.resize(term.op, min(term.op.bits, bits - term.place), True), term.place)


def _sum(build: Builder, low: _Term, high: _Term, do: Do) -> _Term:
    """What is below the higher term's lowest bit stays as it is."""
    apart = high.place - low.place
    if not apart:
        wide = max(low.op.bits, high.op.bits) + 1
        return _Term(do("add", *(build.resize(t.op, wide, True) for t in (low, high))), low.place)
    if apart >= low.op.bits:
        low = _Term(build.resize(low.op, apart + 1, True), low.place)
    wide = max(low.op.bits - apart, high.op.bits) + 1
    above = build.binary("ashr", low.op, build.const(apart, low.op.bits))
    above = build.resize(build.resize(above, low.op.bits - apart, True), wide, True)
    total = do("add", above, build.resize(high.op, wide, True))
    whole = wide + apart
    up = build.binary("shl", build.resize(total, whole, False), build.const(apart, whole))
    under = build.resize(build.resize(low.op, apart, False), whole, False)
    return _Term(build.binary("or", up, under), low.place)
