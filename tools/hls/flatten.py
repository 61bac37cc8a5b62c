"""Makes a loop and the loop within it one pipeline, whose iterations are those of the inner loop.

What the outer loop does before and after the inner one is done in the inner loop's first and last
iteration. So no cycles are spent between the inner loop's runs.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace

from tools.hls.ir import EFFECTS, ORDERED, Block, Branch, Function, Jump, LoopPragmas, Op
from tools.hls.loops import Loop, loops
from tools.hls.simplify import simplify
from tools.hls.tidy import tidy_blocks
from tools.hls.trips import trip_count

Cost = Callable[[Function, str], tuple[int, int]]
"""The cycles and the interval of the loop with a header, by trial."""
_MOST_OPS = 4_000
"""Operations of a function above which nothing is tried, for the time it would take."""


@dataclass(frozen=True)
class Nest:
    """A loop of three blocks: what comes first, a loop of one block, what comes last."""

    outer: Loop
    head: Block
    inner: Block
    tail: Block

    @property
    def leaves_to(self) -> str:
        assert isinstance(self.tail.end, Branch)
        end = self.tail.end
        return end.other if end.then == self.head.name else end.then


def flatten(function: Function, cost: Cost) -> None:
    """Flatten the nests that become quicker by it; `cost` tells how quick a loop is."""
    refused: set[str] = set()
    if (count := sum(1 for _ in function.ops())) > _MOST_OPS:
        while nest := _candidate(function, refused):
            refused.add(header := nest.head.name)
            why = f"one pipeline with the loop within is tried up to {_MOST_OPS:,} operations"
            pragmas = function.loops.get(header, LoopPragmas())
            function.loops[header] = replace(pragmas, apart=f"{why}; here are {count:,}")
        return
    while nest := _candidate(function, refused):
        header = nest.head.name
        trial = deepcopy(function)
        again = _candidate(trial, refused)
        assert again is not None
        _Flattening(trial, again).run()
        simplify(trial)
        tidy_blocks(trial)
        if _is_quicker(function, trial, nest, cost):
            function.blocks, function.loops = trial.blocks, trial.loops
        else:
            refused.add(header)


def _is_quicker(function: Function, trial: Function, nest: Nest, cost: Cost) -> bool:
    """Whether a flattened nest takes fewer cycles, also where nobody knows how often it runs."""
    header = nest.head.name
    before, after = cost(function, header), cost(trial, header)
    known = trip_count(function, function.by_id(), nest.outer) is not None
    return after < before and (known or after[1] <= max(2, cost(function, nest.inner.name)[1]))


def _candidate(function: Function, refused: set[str]) -> Nest | None:
    blocks = {b.name: b for b in function.blocks}
    for loop in loops(function):
        if loop.header in refused or len(loop.inner) != 1 or len(loop.blocks) != 3:
            continue
        head, tail = blocks[loop.header], blocks[loop.latch]
        (name,) = loop.blocks - {head.name, tail.name}
        inner = blocks[name]
        shaped = (
            isinstance(head.end, Jump) and head.end.target == name
            and isinstance(inner.end, Branch) and isinstance(tail.end, Branch)
            and set(inner.preds) == {head.name, name} and tail.preds == [name]
            and len(head.preds) == 2 and head.name in tail.successors()
        )  # fmt: skip
        if shaped and _allowed(function, loop.header) and _allowed(function, name):
            return Nest(loop, head, inner, tail)
    return None


def _allowed(function: Function, header: str) -> bool:
    pragmas = function.loops.get(header)
    return pragmas is None or (pragmas.flatten and pragmas.pipeline is not False)


class _Flattening:
    def __init__(self, function: Function, nest: Nest) -> None:
        self.function = function
        self.nest = nest
        self.next_id = max(op.id for op in function.ops()) + 1
        self.phis: list[Op] = []
        self.ops: list[Op] = []
        self.same = {phi.id: phi.args[0] for phi in nest.tail.phis}
        """The tail's phis have one value, which comes from the inner loop."""

    def _op(self, kind: str, bits: int, *args: int, value: int = 0) -> int:
        op = Op(self.next_id, kind, bits, args, value)  # type: ignore[arg-type]
        self.next_id += 1
        home = self.phis if kind == "phi" else self.ops
        if kind == "const":
            home = self.function.blocks[0].ops
            home.insert(0, op)
        else:
            home.append(op)
        return op.id

    def _await(self, bits: int) -> int:
        """A phi whose values are not known yet."""
        return self._op("phi", bits)

    def _settle(self, id: int, first: int, again: int) -> None:
        at = next(i for i, op in enumerate(self.phis) if op.id == id)
        self.phis[at] = replace(self.phis[at], args=(first, again))

    def run(self) -> None:
        function, nest = self.function, self.nest
        ids = {op.id: op for op in function.ops()}
        head, inner, tail = nest.head, nest.inner, nest.tail
        outside = next(i for i, p in enumerate(head.preds) if p != tail.name)
        entry, back = inner.preds.index(head.name), inner.preds.index(inner.name)
        counts = self._counts(ids)
        begins = self._await(1)
        self.phis += head.phis
        held = self._begin(begins)
        counters = []
        for phi in inner.phis:
            if self._goes_on(phi.args[entry], phi.args[back], outside):
                first = next(p for p in head.phis if p.id == phi.args[entry]).args[outside]
                self.phis.append(replace(phi, args=(first, phi.args[back])))
                continue
            kept = self._await(phi.bits)
            chosen = Op(phi.id, "select", phi.bits, (begins, phi.args[entry], kept), line=phi.line)
            self.ops.append(chosen)
            counters.append((kept, phi.args[back], phi.bits))
        self.ops += inner.body
        assert isinstance(inner.end, Branch) and isinstance(tail.end, Branch)
        one = self._op("const", 1, value=1)
        stays = self._stays(inner.end, inner.name, one)
        ends = self._op("xor", 1, stays, one)
        for op in tail.body:
            self.ops.append(self._when(op, ends))
        goes_on = self._stays(tail.end, head.name, one)
        again = self._op("or", 1, stays, goes_on)
        for phi in head.phis:
            following = self._op("select", phi.bits, ends, phi.args[1 - outside], phi.id)
            self._settle(phi.id, phi.args[outside], following)
        for kept, following, bits in counters:
            self._settle(kept, self._op("const", bits, value=0), following)
        for kept, value, bits in held:
            self._settle(kept, self._op("const", bits, value=0), value)
        self._settle(begins, one, ends)
        self._replace(head.preds[outside], again)
        self._note(counts, begins)

    def _goes_on(self, start: int, last: int, outside: int) -> bool:
        """Whether a value of the inner loop begins as it was at the end of the run before."""
        of_head = next((p for p in self.nest.head.phis if p.id == start), None)
        left = of_head.args[1 - outside] if of_head else None
        return left is not None and self.same.get(left, left) == last

    def _begin(self, begins: int) -> list[tuple[int, int, int]]:
        """The head's operations; what is loaded in the first iteration is held in the others."""
        held = []
        for op in self.nest.head.body:
            if op.kind not in ORDERED or not op.bits:
                self.ops.append(self._when(op, begins))
                continue
            made = replace(self._when(op, begins), id=self.next_id)
            self.next_id += 1
            self.ops.append(made)
            kept = self._await(op.bits)
            self.ops.append(Op(op.id, "select", op.bits, (begins, made.id, kept), line=op.line))
            held.append((kept, op.id, op.bits))
        return held

    def _when(self, op: Op, condition: int) -> Op:
        """An operation that has an effect only under a condition."""
        if op.kind not in EFFECTS | {"load"}:
            return op
        if op.predicate:
            both = self._op("and", 1, op.args[-1], condition)
            return op.with_args((*op.args[:-1], both))
        return replace(op, args=(*op.args, condition), predicate=True)

    def _stays(self, end: Branch, name: str, one: int) -> int:
        if end.then == name:
            return end.condition
        return self._op("xor", 1, end.condition, one)

    def _counts(self, ids: dict[int, Op]) -> tuple[int | None, int | None]:
        """The trip counts of the outer and of the inner loop."""
        outer = self.nest.outer
        inner = outer.inner[0]
        return trip_count(self.function, ids, outer), trip_count(self.function, ids, inner)

    def _replace(self, before: str, again: int) -> None:
        """The three blocks become the head, and every use of the tail's phis one of their value."""
        function, nest = self.function, self.nest
        head = nest.head
        head.ops = [*self.phis, *self.ops]
        head.preds = [before, head.name]
        leaves_to = nest.leaves_to
        line = nest.inner.end.line if isinstance(nest.inner.end, Branch) else 0
        head.end = Branch(again, head.name, leaves_to, line)
        after = function.block(leaves_to)
        after.preds = [head.name if p == nest.tail.name else p for p in after.preds]
        gone = {nest.inner.name, nest.tail.name}
        function.blocks = [b for b in function.blocks if b.name not in gone]
        for block in function.blocks:
            block.ops = [op.with_args(tuple(self.same.get(a, a) for a in op.args))
                         for op in block.ops]  # fmt: skip
            if isinstance(block.end, Branch):
                condition = self.same.get(block.end.condition, block.end.condition)
                block.end = replace(block.end, condition=condition)

    def _note(self, counts: tuple[int | None, int | None], begins: int) -> None:
        """What the source asks of the inner loop is asked of the new one."""
        pragmas, nest = self.function.loops, self.nest
        rows, columns = counts
        outer = pragmas.pop(nest.head.name, LoopPragmas())
        inner = pragmas.pop(nest.inner.name, LoopPragmas())
        names = [p.label for p in (outer, inner) if p.label]
        trips = None
        if outer.trips and inner.trips:
            trips = (outer.trips[0] * inner.trips[0], outer.trips[1] * inner.trips[1])
        pragmas[nest.head.name] = LoopPragmas(
            label=".".join(names), line=inner.line or outer.line, pipeline=inner.pipeline,
            interval=inner.interval, trips=trips,
            carried=outer.carried & inner.carried,
            count=rows * columns if rows and columns else None, unrolled=inner.unrolled,
            least=inner.least,
            rounds=inner.rounds | ({(begins, columns)} if columns else set()),
        )  # fmt: skip
