"""Sums as trees: a chain of additions is rearranged so that what comes late is added late.

`sum += a[0] + …` in an unrolled loop becomes one long chain, in which each addition waits for the
one before, and so does the next iteration. Words wrap around, so any order gives the same result:
what an iteration hands on to the next is added last, and the interval is that of one addition.
Products and the logical operations are treated in the same way.
"""

from dataclasses import dataclass, field, replace

from tools.hls.build import Builder
from tools.hls.ir import Block, Function, Kind, Op, use_counts
from tools.hls.late import LEVELS, LOGIC, Arrivals, pairs
from tools.hls.ranges import Ranges

_SUMS = frozenset({"add", "sub"})
_CHAINS = frozenset({"add", "mul", "and", "or", "xor"})


def balance(function: Function) -> None:
    """Rearrange chains of three operands and more; the caller simplifies afterwards."""
    work = _Balancing(function)
    for block in function.blocks:
        work.block(block)


@dataclass(frozen=True)
class _Leaf:
    """An operand of a chain: added, or subtracted when `negative`; it comes at `level`."""

    op: Op
    negative: bool
    level: float


@dataclass
class _Chain:
    """A tree of operations of one kind, of which nobody else uses the inner ones."""

    root: Op
    leaves: list[_Leaf] = field(default_factory=list)
    depth: float = 0.0
    """When its result comes as it stands."""
    pairs: list[tuple[int, int]] = field(default_factory=list)
    """In which order to join the leaves."""

    @property
    def kind(self) -> Kind:
        """What joins two operands of one sign."""
        return "add" if self.root.kind == "sub" else self.root.kind


class _Balancing:
    def __init__(self, function: Function) -> None:
        self.function = function
        self.ranges = Ranges(function)
        self.build = Builder.within(function)
        self.ops = self.build.ops
        self.uses = use_counts(function)

    def block(self, block: Block) -> None:
        self._take_out_of_choices(block)
        self.local = {op.id for op in block.ops if op.kind != "phi"}
        self.arrivals = Arrivals(block)
        inner: set[int] = set()
        chosen: dict[int, _Chain] = {}
        for op in reversed(block.ops):
            if op.kind in _CHAINS | _SUMS and op.id not in inner:
                chain = _Chain(op)
                chain.depth = self._collect(chain, op, False, inner)
                step = LEVELS.get(chain.kind, LOGIC)
                chain.pairs, depth = pairs([leaf.level for leaf in chain.leaves], step)
                if len(chain.leaves) > 2 and depth < chain.depth:
                    chosen[op.id] = chain
        if not chosen:
            return
        before, block.ops = block.ops, []
        self.build.block = block
        for op in before:
            if op.id in chosen:
                self._write(chosen[op.id])
            else:
                block.ops.append(op)

    def _take_out_of_choices(self, block: Block) -> None:
        """`c ? s + x : s - y` becomes `s + (c ? x : -y)`: the choice is not in the sum's way."""
        before, block.ops = block.ops, []
        self.build.block = block
        for op in before:
            block.ops.append(op if op.kind != "select" else self._sum_of_choice(op))

    def _sum_of_choice(self, op: Op) -> Op:
        """A select of two sums with a common operand, as a sum; else the select."""
        condition, yes, no = (self.ops[a] for a in op.args)
        sides = self._summands(yes), self._summands(no)
        common = next((s for s in sides[0] if s in sides[1]), None)
        if common is None or yes.id == no.id:
            return op
        self.build.line = op.line
        pair = [self._with_sign(side[common], op.bits) for side in sides]
        chosen = self.build.add("select", op.bits, condition, *pair)
        made = Op(op.id, "add", op.bits, (common, chosen.id), line=op.line)
        self.ops[op.id] = made
        self._count(op, -1)
        for side in (yes, no):
            if side.id != common:
                self._count(side, -1)
        for used in (chosen, made):
            self._count(used, 1)
        return made

    def _summands(self, op: Op) -> dict[int, tuple[Op | None, bool]]:
        """Operands of a sum with the other one and whether that is subtracted; itself with None."""
        found: dict[int, tuple[Op | None, bool]] = {op.id: (None, False)}
        if op.kind in _SUMS and self.uses[op.id] == 1:
            left, right = (self.ops[a] for a in op.args)
            found[left.id] = (right, op.kind == "sub")
            if op.kind == "add":
                found[right.id] = (left, False)
        return found

    def _with_sign(self, summand: tuple[Op | None, bool], bits: int) -> Op:
        op, negative = summand
        zero = self.build.const(0, bits)
        if op is None:
            return zero
        if not negative:
            return op
        made = self.build.add("sub", bits, zero, op)
        self._count(made, 1)
        return made

    def _count(self, op: Op, by: int) -> None:
        """Note that an operation came, or went, as a user of its operands."""
        for id in op.args:
            self.uses[id] = self.uses.get(id, 0) + by

    def _collect(self, chain: _Chain, op: Op, negative: bool, inner: set[int]) -> float:
        """Add the leaves below an operation of a chain; when its result comes."""
        latest = 0.0
        for number, id in enumerate(op.args):
            sign = negative ^ (op.kind == "sub" and number == 1)
            below = self._below(chain.root, self.ops[id])
            if below is None:
                level = self.arrivals.of(id, chain.root.id)
                chain.leaves.append(_Leaf(self.ops[id], sign, level))
                latest = max(latest, level)
            else:
                inner.add(below.id)
                latest = max(latest, self._collect(chain, below, sign, inner))
        return latest + LEVELS.get(op.kind, LOGIC)

    def _below(self, root: Op, op: Op) -> Op | None:
        """The inner operation of a chain that an operand is: perhaps a narrower sum, extended."""
        if self.uses[op.id] != 1 or op.id not in self.local:
            return None
        kinds = _SUMS if root.kind in _SUMS else {root.kind}
        if op.kind in kinds and op.bits == root.bits:
            return op
        if op.kind not in ("sext", "zext") or root.kind not in _SUMS:
            return None
        narrow = self.ops[op.args[0]]
        if narrow.kind not in _SUMS or self.uses[narrow.id] != 1 or narrow.id not in self.local:
            return None
        # The operands are read as signed numbers, and their sum fits: it may be one of wide words.
        return None if self.ranges.wraps(narrow, op.kind == "sext") else narrow

    def _write(self, chain: _Chain) -> None:
        """The tree in the place of the chain's root, under the root's own name."""
        root, build = chain.root, self.build
        build.line = root.line
        values = [(build.resize(leaf.op, root.bits, True), leaf.negative) for leaf in chain.leaves]
        for first, second in chain.pairs:
            (a, minus_a), (b, minus_b) = values[first], values[second]
            if minus_a and not minus_b:
                a, b, minus_a, minus_b = b, a, minus_b, minus_a
            kind = chain.kind if minus_a == minus_b else "sub"
            values.append((build.binary(kind, a, b), minus_a))
        total, negative = values[-1]
        if negative:
            total = build.binary("sub", build.const(0, root.bits), total)
        self.ops[root.id] = replace(total, id=root.id)
        if total.kind != "const":
            build.block.ops.pop()
        build.block.ops.append(self.ops[root.id])
