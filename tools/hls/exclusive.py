"""Accesses on ways that exclude each other become one, so that they need one port, and one cycle.

If-conversion leaves with every access the condition under which control comes to it. Those of the
cases of a `switch` are never both true: their accesses become one, at the address of the case that
it is. Its address then waits for the conditions, where a load alone could be early; so they are
joined only where the loop's interval, or the block, gets shorter by the ports and dependences.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush

from tools.hls.build import Builder
from tools.hls.conditions import Conditions
from tools.hls.dependences import Edge, edges
from tools.hls.ir import ORDERED, Block, Function, Op
from tools.hls.ranges import Ranges
from tools.hls.recurrence import cycle

_ACCESSES = frozenset({"load", "store", "read", "write"})
_LONGEST = 1 << 16
"""Cycles above which nobody counts."""


def join_exclusive(function: Function) -> None:
    """Join what makes blocks shorter; the loads that are left lose their conditions."""
    for block in function.blocks:
        _Block(function, block).join()
    for block in function.blocks:
        block.ops = [_early(op, function) for op in block.ops]


def _early(op: Op, function: Function) -> Op:
    """A load that does not wait for its condition: what it reads then is not used."""
    if op.kind != "load" or not op.predicate or function.memories[op.name].is_remote:
        return op
    return replace(op, args=op.args[:-1], predicate=False)


@dataclass
class _Group:
    """Accesses of one kind, each of which excludes all others; one of them is no group yet."""

    level: int
    ops: list[Op] = field(default_factory=list)


class _Block:
    def __init__(self, function: Function, block: Block) -> None:
        self.function = function
        self.block = block
        self.ports = {name: memory.ports for name, memory in function.memories.items()
                      if not memory.async_read and not memory.is_remote}  # fmt: skip
        self.ports |= dict.fromkeys(function.streams, 1)
        pragmas = function.loops.get(block.name)
        self.asked = pragmas.interval or 1 if pragmas else 1

    def join(self) -> None:
        """Join the accesses of one memory or stream after the other, as long as it helps."""
        needs = self._needs()
        names = sorted((n for n in needs if needs[n] > self.asked), key=lambda n: (-needs[n], n))
        if not any(op.predicate for op in self.block.ops if op.name in names):
            return
        best = self._least(_LONGEST)
        for name in names:
            before = self.block.ops
            if self._joined(name) and (found := self._least(best)) < best:
                best = found
            else:
                self.block.ops = before

    def _needs(self) -> dict[str, int]:
        """The cycles that the accesses of each memory and stream take by its ports."""
        counts: dict[str, int] = {}
        for op in self.block.ops:
            if op.kind in _ACCESSES and op.name in self.ports:
                counts[op.name] = counts.get(op.name, 0) + 1
        return {name: -(-count // self.ports[name]) for name, count in counts.items()}

    def _least(self, most: int) -> int:
        """The interval, or the cycles, that ports and dependences ask for, if it is below `most`.

        A load takes a cycle here, and what is between registers none, since the operators that the
        clock asks for are not chosen yet.
        """
        least = max(self.asked, *self._needs().values())
        if least >= most:
            return most
        is_loop = self.block.name in self.block.preds
        plain = [_early(op, self.function) for op in self.block.ops]
        kept, self.block.ops = self.block.ops, plain
        found = edges(self.function, self.block, is_loop, Ranges(self.function))
        self.block.ops = kept
        if not is_loop:
            return min(most, max(least, _longest(plain, found)))
        intervals = range(least, most)
        return least + bisect_left(intervals, True, key=lambda interval: not cycle(found, interval))

    def _joined(self, name: str) -> bool:
        """Join the accesses of one name; False: no two of them can be."""
        plan = _Plan(self.function, self.block, name)
        groups = [group.ops for group in plan.groups() if len(group.ops) > 1]
        if groups:
            self.block.ops = [*self.block.phis, *_Joined(self.function, self.block, groups).ops()]
        return bool(groups)


def _longest(ops: Iterable[Op], found: Iterable[Edge]) -> int:
    """Cycles of a block by its dependences alone."""
    after: dict[int, list[Edge]] = {}
    for edge in found:
        after.setdefault(edge.source, []).append(edge)
    start: dict[int, int] = {}
    for op in ops:
        for edge in after.get(op.id, ()):
            end = start.get(op.id, 0) + edge.latency
            start[edge.target] = max(start.get(edge.target, 0), end)
    return 1 + max(start.values(), default=0)


class _Plan:
    """Which accesses of one name in a block are to be joined."""

    def __init__(self, function: Function, block: Block, name: str) -> None:
        self.ops = block.body
        self.conditions = Conditions(function.by_id())
        self.widths = {op.id: op.bits for op in function.ops()}
        self.name = name
        self.graph = _Graph(self.ops, self.conditions)

    def groups(self) -> list[_Group]:
        """Groups that leave an order; accesses that follow as many others are joined first."""
        levels = self._levels()
        mine = [op for op in self.ops if op.name == self.name and op.kind in _ACCESSES]
        chosen = {op.id for op in mine if op.predicate and self._varies(op)}
        found: list[_Group] = []
        for op in sorted(mine, key=lambda op: levels[op.id]):
            suiting = [g for g in found if op.id in chosen and self._suits(g, op)]
            suiting.sort(key=lambda g: (g.ops[0].args[0] != op.args[0], levels[op.id] - g.level))
            group = next((g for g in suiting if self.graph.contract(g.ops[0].id, op.id)), None)
            if group is None:
                group = _Group(levels[op.id])
                found.append(group)
            group.ops.append(op)
        return found

    def _varies(self, op: Op) -> bool:
        return self.conditions.ops[op.args[-1]].kind != "const"

    def _levels(self) -> dict[int, int]:
        """How many accesses each operation comes after, by its operands."""
        found: dict[int, int] = {}
        for op in self.ops:
            above = max((found.get(a, 0) for a in op.args), default=0)
            found[op.id] = above + (op.kind in _ACCESSES)
        return found

    def _suits(self, group: _Group, op: Op) -> bool:
        first = group.ops[0]
        if (first.kind, first.bits, first.value) != (op.kind, op.bits, op.value):
            return False
        if op.kind == "store" and self.widths[first.args[1]] != self.widths[op.args[1]]:
            return False
        return all(excluded(other, op, self.conditions) for other in group.ops)


def excluded(one: Op, other: Op, conditions: Conditions) -> bool:
    """Whether at most one of two accesses is made."""
    if one.condition is None or other.condition is None:
        return False
    return conditions.exclude(*sorted((one.condition, other.condition)))


class _Graph:
    """What comes before what in a block, while some of its operations become one."""

    def __init__(self, ops: Sequence[Op], conditions: Conditions) -> None:
        self.after: dict[int, set[int]] = {op.id: set() for op in ops}
        self.one: dict[int, int] = {}
        for op in ops:
            for arg in op.args:
                if arg in self.after:
                    self.after[arg].add(op.id)
        for first, second in _ordered(ops, conditions):
            self.after[first].add(second)

    def contract(self, one: int, other: int) -> bool:
        """Make two operations one; False: an operation between them would come before itself."""
        one, other = self.root(one), self.root(other)
        if self._leads(one, other) or self._leads(other, one):
            return False
        self.one[other] = one
        self.after[one] |= self.after.pop(other)
        return True

    def root(self, id: int) -> int:
        while id in self.one:
            id = self.one[id]
        return id

    def _leads(self, start: int, end: int) -> bool:
        seen, work = {start}, [start]
        while work:
            for id in {self.root(i) for i in self.after[work.pop()]} - seen:
                if id == end:
                    return True
                seen.add(id)
                work.append(id)
        return False


def _ordered(ops: Sequence[Op], conditions: Conditions) -> Iterator[tuple[int, int]]:
    """The pairs of accesses of one thing whose order matters."""
    by_name: dict[str, list[Op]] = {}
    for op in ops:
        if op.kind in ORDERED:
            by_name.setdefault(op.name, []).append(op)
    for same in by_name.values():
        for i, first in enumerate(same):
            for second in same[i + 1 :]:
                reads = first.kind == second.kind == "load"
                if not reads and not excluded(first, second, conditions):
                    yield first.id, second.id


class _Joined:
    """A block's operations with each group as one access."""

    def __init__(self, function: Function, block: Block, groups: Sequence[Sequence[Op]]) -> None:
        self.before = block.body
        self.groups = groups
        self.build = Builder.within(function)
        self.conditions = Conditions(self.build.ops)
        self.same: dict[int, int] = {}
        """The access that others have become."""

    def ops(self) -> list[Op]:
        made: list[Op] = []
        for group in self.groups:
            made += self._access(group)
        gone = {op.id for group in self.groups for op in group}
        ops = [op for op in self.before if op.id not in gone] + made
        ops = [op.with_args(tuple(self.same.get(a, a) for a in op.args)) for op in ops]
        places = {op.id: place for place, op in enumerate(self.before)}
        for group in self.groups:
            places[self.same.get(group[0].id, group[0].id)] = places[group[-1].id]
        return _in_order(ops, places, self._order())

    def _order(self) -> list[tuple[int, int]]:
        pairs = _ordered(self.before, self.conditions)
        return [(self.same.get(a, a), self.same.get(b, b)) for a, b in pairs]

    def _access(self, group: Sequence[Op]) -> list[Op]:
        """What computes the operands of one access for all, and the access."""
        build, last = self.build, group[-1]
        holder = build.block = Block("joined")
        build.line = last.line
        given = [(self._one(op.args[-1]), [self._one(a) for a in op.args[:-1]]) for op in group]
        when, args = self._chosen(given)
        made = build.add(last.kind, last.bits, *args, name=last.name, predicate=when)
        made = build.ops[made.id] = replace(made, value=last.value)
        holder.ops[-1] = made
        self.same |= {op.id: made.id for op in group}
        return holder.ops

    def _one(self, id: int) -> Op:
        return self.build.ops[self.same.get(id, id)]

    def _chosen(self, given: Sequence[tuple[Op, list[Op]]]) -> tuple[Op, list[Op]]:
        """The operands of the one whose condition holds, by a tree of choices; and whether any
        does."""
        if len(given) == 1:
            return given[0]
        half = len(given) // 2
        (when, args), (other, others) = self._chosen(given[:half]), self._chosen(given[half:])
        joined = [
            a if a.id == b.id else self.build.add("select", a.bits, when, a, b)
            for a, b in zip(args, others, strict=True)
        ]
        return self.build.binary("or", when, other), joined


def _in_order(
    ops: Sequence[Op], places: Mapping[int, int], order: Iterable[tuple[int, int]]
) -> list[Op]:
    """Operations behind what they need, and otherwise by their places."""
    by_id = {op.id: op for op in ops}
    pairs = {(arg, op.id) for op in ops for arg in op.args if arg in by_id}
    pairs |= {(a, b) for a, b in order if a != b}
    after: dict[int, list[int]] = {}
    waits = dict.fromkeys(by_id, 0)
    for first, second in pairs:
        after.setdefault(first, []).append(second)
        waits[second] += 1
    last = len(places)
    ready = [(places.get(id, last), id) for id, count in waits.items() if not count]
    heapify(ready)
    found = []
    while ready:
        _, id = heappop(ready)
        found.append(by_id[id])
        for other in after.get(id, ()):
            waits[other] -= 1
            if not waits[other]:
                heappush(ready, (places.get(other, last), other))
    assert len(found) == len(ops), "joined accesses leave an order"
    return found
