"""Maxima and minima of many values as trees, as `balance.py` does it with sums."""

from dataclasses import dataclass, field, replace

from tools.hls.build import Builder
from tools.hls.ir import Block, Function, Kind, Op, use_counts
from tools.hls.late import LEVELS, Arrivals, pairs

_ORDERS = frozenset({"slt", "sle", "ult", "ule"})
_STEP = LEVELS["slt"] + LEVELS["select"]


def balance_extremes(function: Function) -> None:
    """Rearrange chains of maxima or minima; the caller simplifies afterwards."""
    work = _Extremes(function)
    for block in function.blocks:
        work.block(block)


@dataclass(frozen=True)
class _Extreme:
    """What a select computes: the greater, or the smaller, of `pair` by the comparison `test`."""

    order: Kind
    greater: bool
    pair: tuple[int, int]
    test: int


@dataclass
class _Chain:
    """A tree of extremes of one kind, of which nobody else uses the inner ones."""

    root: Op
    extreme: _Extreme
    leaves: list[int] = field(default_factory=list)
    levels: list[float] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)


class _Extremes:
    def __init__(self, function: Function) -> None:
        self.build = Builder.within(function)
        self.ops = self.build.ops
        self.uses = use_counts(function)

    def block(self, block: Block) -> None:
        self.found = {op.id: made for op in block.ops if (made := self._extreme(op))}
        self.arrivals = Arrivals(block)
        inner: set[int] = set()
        chosen: dict[int, _Chain] = {}
        for op in reversed(block.ops):
            if op.id in self.found and op.id not in inner:
                chain = _Chain(op, self.found[op.id])
                depth = self._collect(chain, op.id, inner)
                chain.pairs, shallow = pairs(chain.levels, _STEP)
                if len(chain.leaves) > 2 and shallow < depth:
                    chosen[op.id] = chain
        before, block.ops = block.ops, []
        self.build.block = block
        for op in before:
            if op.id in chosen:
                self._write(chosen[op.id])
            else:
                block.ops.append(op)

    def _extreme(self, op: Op) -> _Extreme | None:
        """A select between the two operands that its condition compares."""
        if op.kind != "select":
            return None
        test, yes, no = (self.ops[a] for a in op.args)
        if test.kind not in _ORDERS or {yes.id, no.id} != set(test.args) or yes.id == no.id:
            return None
        return _Extreme(test.kind, test.args[1] == yes.id, (yes.id, no.id), test.id)

    def _collect(self, chain: _Chain, id: int, inner: set[int]) -> float:
        """Add the leaves below an extreme of a chain; when its result comes."""
        latest = 0.0
        for operand in self.found[id].pair:
            if self._goes_on(chain, id, operand):
                inner.add(operand)
                latest = max(latest, self._collect(chain, operand, inner))
            else:
                chain.leaves.append(operand)
                chain.levels.append(self.arrivals.of(operand, chain.root.id))
                latest = max(latest, chain.levels[-1])
        return latest + _STEP

    def _goes_on(self, chain: _Chain, id: int, operand: int) -> bool:
        """Whether an operand is an extreme of the same kind that only this one uses."""
        below = self.found.get(operand)
        if below is None or self.uses[operand] != 2 or self.uses[self.found[id].test] != 1:
            return False
        return (below.order, below.greater) == (chain.extreme.order, chain.extreme.greater)

    def _write(self, chain: _Chain) -> None:
        """The tree in the place of the chain's root, under the root's own name."""
        build, extreme = self.build, chain.extreme
        build.line = chain.root.line
        values = [self.ops[leaf] for leaf in chain.leaves]
        for first, second in chain.pairs:
            a, b = values[first], values[second]
            test = build.binary(extreme.order, a, b)
            pair = (b, a) if extreme.greater else (a, b)
            values.append(build.add("select", chain.root.bits, test, *pair))
        self.ops[chain.root.id] = replace(values[-1], id=chain.root.id)
        if values[-1].kind != "const":
            build.block.ops.pop()
        build.block.ops.append(self.ops[chain.root.id])
