"""What a multiplier takes: its factors, what it is worth in look-up tables, and how long it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil, log

from tools.hls.ir import Op
from tools.hls.timing import Clock

_LUT_INPUTS = 4
_KNOWN_INPUTS = 8
"""The most inputs of a function whose delay is in the tables."""


@dataclass(frozen=True)
class Factor:
    """A factor before its extension, as a signed word of `bits`; `source` is the operation."""

    bits: int
    source: int
    constant: bool


def factor(id: int, ops: Mapping[int, Op]) -> Factor:
    op = ops[id]
    if op.kind in ("sext", "zext"):
        inner = ops[op.args[0]]
        return Factor(inner.bits + (op.kind == "zext"), inner.id, False)
    if op.kind == "const":
        value = op.value - (1 << op.bits) if op.value >> (op.bits - 1) else op.value
        return Factor(max(value.bit_length() + 1, 2), op.id, True)
    return Factor(op.bits, op.id, False)


@cache
def worth(a: int, b: int, bits: int) -> float:
    """The bits of factors that a multiplier of `a` by `b` to `bits` adds up: a look-up table each.

    A multiplier of silicon's own does no more, and there are fewer of them than of such sums.
    """
    return float(sum(min(a, max(0, bits - row)) for row in range(b)))


@dataclass(frozen=True)
class Side:
    """The factors that come to one side of a multiplier, the widest of `bits`; of those that are
    the same only one counts."""

    bits: int = 0
    sources: frozenset[int] = frozenset()
    constants: int = 0

    def multiplexer(self) -> float:
        """The look-up tables that choose one of the factors."""
        return _choosing(self.bits, len(self.sources), self.constants)

    def with_factor(self, factor: Factor) -> "Side":
        added = factor.constant and factor.source not in self.sources
        bits, sources = max(self.bits, factor.bits), self.sources | {factor.source}
        return Side(bits, sources, self.constants + added)

    def multiplexer_with(self, factor: Factor) -> float:
        """What it costs with one more factor."""
        bits, count = max(self.bits, factor.bits), len(self.sources)
        if factor.source in self.sources:
            return _choosing(bits, count, self.constants)
        return _choosing(bits, count + 1, self.constants + factor.constant)


def _choosing(bits: int, factors: int, constants: int) -> float:
    chosen = max(0, factors - constants - 1) + constants / _LUT_INPUTS
    return bits * chosen if factors > 1 else 0.0


def choosing_ns(clock: Clock, users: int) -> float:
    """The delay of the multiplexer in front of a unit with so many users."""
    if users < 2:
        return 0.0
    inputs, delays = 2 * users - 1, clock.delays
    if inputs <= _KNOWN_INPUTS and delays.lut_inputs:
        return delays.logic(inputs) / 1000
    levels = ceil(log(inputs, _LUT_INPUTS) if delays.lut_inputs else log(users, 2))
    return levels * delays.of("select", 32) / 1000


def multiplying_ns(clock: Clock, a: int, b: int, bits: int) -> float:
    return clock.delays.of("mul", bits, (a, b)) / 1000
