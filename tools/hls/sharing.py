"""Which products one multiplier computes: those that are never at once, where that saves anything.

Every product has a cycle already. Two of them may have one multiplier when they are in different
states, or in different slots of a pipelined loop's interval. The multiplexers in front have to be
worth less than the multiplier that goes, and to fit the clock: what comes before any of its
products in their cycles, and what comes behind any other, count together, since no tool knows that
they never meet. Products that are chained in a cycle keep multipliers of their own, so that there
is no way around from a unit to itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tools.hls.chaining import Chaining, Delays
from tools.hls.dependences import result_latency
from tools.hls.ir import Block, Function, Op
from tools.hls.modulo import FREE, Schedule
from tools.hls.multipliers import (
    Factor,
    Side,
    choosing_ns,
    factor,
    multiplying_ns,
    worth,
)
from tools.hls.timing import Clock

_LEAST_GAIN = 16
"""Look-up tables that a shared multiplier has to save."""


@dataclass(frozen=True)
class Use:
    """A product: where it is computed, and what of the clock is before and behind it there.

    `order` tells which operand goes to which side of the multiplier, `slot` is the cycle within the
    interval of a pipelined loop.
    """

    op: Op
    block: str
    cycle: int
    slot: int
    factors: tuple[Factor, Factor]
    before_ns: float
    behind_ns: float
    chained: bool
    """Whether another product is before or behind it in its cycle."""
    order: tuple[int, int] = (0, 1)

    @property
    def place(self) -> tuple[str, int]:
        """When it is computed: two products of one place are at once."""
        return self.block, self.slot

    @property
    def turned(self) -> "Use":
        """With its operands the other way around."""
        a, b = self.factors
        return replace(self, factors=(b, a), order=(1, 0))


@dataclass(frozen=True)
class Unit:
    """A multiplier for `uses`: what comes to its two sides, and the bits of its product that
    anybody uses."""

    uses: tuple[Use, ...]
    sides: tuple[Side, Side]
    most_bits: int
    places: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, use: Use) -> "Unit":
        a, b = (Side().with_factor(factor) for factor in use.factors)
        return cls((use,), (a, b), use.op.bits, frozenset({use.place}))

    @property
    def widths(self) -> tuple[int, int]:
        """Those of its signed factors."""
        return self.sides[0].bits, self.sides[1].bits

    @property
    def bits(self) -> int:
        return min(sum(self.widths), self.most_bits)

    @cached_property
    def price(self) -> float:
        """Look-up tables, with its multiplexers."""
        return worth(*self.widths, self.bits) + sum(side.multiplexer() for side in self.sides)

    def price_with(self, use: Use) -> float:
        """The price with one more product, its operands on these sides."""
        (one, other), (a, b) = self.sides, use.factors
        widths = max(one.bits, a.bits), max(other.bits, b.bits)
        bits = min(sum(widths), max(self.most_bits, use.op.bits))
        return worth(*widths, bits) + one.multiplexer_with(a) + other.multiplexer_with(b)

    def fits(self, clock: Clock) -> bool:
        """Whether the longest way through it, real or not, is within the clock's period."""
        wire = clock.delays.ram_wire_ps / 1000 if len(self.uses) > 1 else 0.0
        before = max(wire, *(use.before_ns for use in self.uses))
        behind = max(use.behind_ns for use in self.uses)
        own = multiplying_ns(clock, *self.widths, self.bits)
        return before + choosing_ns(clock, len(self.uses)) + own + behind <= clock.budget_ns

    def free_for(self, use: Use) -> bool:
        return use.place not in self.places

    def with_use(self, use: Use) -> "Unit":
        """With one more product, its operands as they are."""
        (one, other), (a, b) = self.sides, use.factors
        return Unit(
            (*self.uses, use),
            (one.with_factor(a), other.with_factor(b)),
            max(self.most_bits, use.op.bits),
            self.places | {use.place},
        )

    def cheaper_way(self, use: Use, turned: Use) -> tuple[float, Use]:
        """The price with one more product and the order of its operands that costs less."""
        price, price_turned = self.price_with(use), self.price_with(turned)
        return (price, use) if price <= price_turned else (price_turned, turned)


class Products:
    """The products of a function, with the delays around them whatever their cycles."""

    def __init__(self, function: Function, clock: Clock) -> None:
        self.function, self.clock = function, clock
        self.by_id = function.by_id()
        self.chains = {b.name: chain for b in function.blocks if (chain := self._chain(b))}

    def _chain(self, block: Block) -> dict[int, tuple[Delays, Delays]]:
        """By product, the delays from what is before it in a cycle, and to what is behind it."""
        ops = [op for op in block.body if op.kind not in FREE]
        products = [op.id for op in ops if op.kind == "mul"]
        if not products:
            return {}
        chaining = Chaining(self.function, ops, self.clock)
        chaining.cuts(self.by_id)
        own = {id: chaining.reaching[id][id] for id in products}
        behind: dict[int, Delays] = {id: {} for id in products}
        for op in ops:
            for id in own.keys() & chaining.reaching[op.id].keys() - {op.id}:
                behind[id][op.id] = chaining.reaching[op.id][id] - own[id]
        return {
            id: ({i: way - own[id] for i, way in chaining.reaching[id].items() if i != id},
                 behind[id])
            for id in products
        }  # fmt: skip

    def units(self, schedules: Mapping[str, Schedule]) -> list[Unit]:
        """Multipliers for all products."""
        uses = [use for name in self.chains for use in self._uses(name, schedules[name])]
        uses.sort(key=lambda use: -Unit.of(use).price)
        groups: dict[int | None, list[Use]] = {}
        for use in uses:
            groups.setdefault(self.function.allocation(use.op), []).append(use)
        free = groups.pop(None, [])
        apart = [Unit.of(use) for use in free if use.chained]
        fewest = [unit for group in groups.values() for unit in _fewest(group)]
        cheapest = _cheapest([use for use in free if not use.chained], self.clock)
        return [*fewest, *cheapest, *apart]

    def _uses(self, block: str, schedule: Schedule) -> Iterator[Use]:
        cycles = schedule.cycles
        for id, (above, below) in self.chains[block].items():
            op, cycle = self.by_id[id], cycles[id]
            before = {i: ns for i, ns in above.items() if self._made(i, cycles) == cycle}
            behind = {i: ns for i, ns in below.items() if cycles[i] == cycle}
            chained = any(self.by_id[i].kind == "mul" for i in (*before, *behind))
            a, b = (factor(arg, self.by_id) for arg in op.args)
            slot = cycle % schedule.interval if schedule.interval else cycle
            longest = max(before.values(), default=0.0), max(behind.values(), default=0.0)
            yield Use(op, block, cycle, slot, (a, b), *longest, chained)

    def _made(self, id: int, cycles: Mapping[int, int]) -> int:
        return cycles[id] + result_latency(self.by_id[id], self.function)


def shared(function: Function, schedules: Mapping[str, Schedule], clock: Clock) -> list[Unit]:
    """The multipliers that serve several products each."""
    if sum(op.kind == "mul" for op in function.ops()) < 2:
        return []
    return [unit for unit in Products(function, clock).units(schedules) if len(unit.uses) > 1]


def _fewest(uses: Sequence[Use]) -> list[Unit]:
    """As few multipliers as there are products in a cycle: their schedule knows of it."""
    units: list[Unit] = []
    for use in uses:
        free = [place for place, unit in enumerate(units) if unit.free_for(use)]
        if free:
            unit = units[free[0]]
            units[free[0]] = unit.with_use(unit.cheaper_way(use, use.turned)[1])
        else:
            units.append(Unit.of(use))
    return units


def _cheapest(uses: Sequence[Use], clock: Clock) -> list[Unit]:
    """Products join where that saves most."""
    units: list[Unit] = []
    for use in uses:
        alone, turned = Unit.of(use), use.turned
        best, most = None, float(_LEAST_GAIN)
        for place, unit in enumerate(units):
            if not unit.free_for(use):
                continue
            price, way = unit.cheaper_way(use, turned)
            gain = unit.price + alone.price - price
            if gain > most and (joined := unit.with_use(way)).fits(clock):
                best, most = (place, joined), gain
        if best:
            units[best[0]] = best[1]
        else:
            units.append(alone)
    return units
