"""What is known of a loop of one block when it is entered: how often it runs, and first values."""

from collections.abc import Callable

from tools.hls.forms import Forms
from tools.hls.ir import Branch, Function, Kind, Op
from tools.hls.loops import Loop
from tools.hls.ranges import Ranges
from tools.hls.trips import trip_count

Make = Callable[..., int]
"""Makes an operation before the loop: kind, bits, operands, `value`; returns its id."""
_NOT: dict[Kind, tuple[Kind, bool]] = {
    "eq": ("ne", False), "slt": ("sle", True), "sle": ("slt", True), "ult": ("ule", True),
    "ule": ("ult", True),
}  # fmt: skip
_PURE = frozenset({
    "add", "sub", "mul", "and", "or", "xor", "shl", "lshr", "ashr", "select", "zext", "sext",
    "trunc",
})  # fmt: skip
COUNT_BITS = 32


class Consecutive:
    def __init__(self, function: Function, loop: Loop) -> None:
        self.function = function
        self.loop = loop
        self.block = function.block(loop.header)
        self.ops = function.by_id()
        self.inside = {op.id for op in self.block.ops}
        self.forms = Forms(function, self.block, Ranges(function))
        self.outside = next(
            (i for i, p in enumerate(self.block.preds) if p != self.block.name), None
        )
        self._first: dict[int, int] = {}

    def step(self, id: int) -> int | None:
        """What a value grows by from one iteration to the next; None: by no constant."""
        total = 0
        for key, factor in self.forms.form(id, 1).items():
            if key == -1:
                continue
            grows = self.forms.step(key, COUNT_BITS)
            if grows is None:
                return None
            total += factor * grows
        return total

    def is_ahead(self, first: int, second: int) -> bool:
        """Whether the first index is never behind the second one in an iteration."""
        found = self.forms.form(first, 1)
        for key, factor in self.forms.form(second, -1).items():
            found[key] = found.get(key, 0) + factor
        left = {key: factor for key, factor in found.items() if factor}
        return not left or (set(left) == {-1} and left[-1] > 0)

    @property
    def is_counted(self) -> bool:
        """Whether the number of iterations is known before the first."""
        return len(self.block.preds) == 2 and (self._constant() or self._test()) is not None

    def _constant(self) -> int | None:
        return trip_count(self.function, self.ops, self.loop)

    def _test(self) -> tuple[Kind, int, int, int] | None:
        """The loop goes on while `kind(counter, bound)`, or of the two exchanged when it counts
        down: kind, counter, bound and step."""
        end = self.block.end
        if not isinstance(end, Branch):
            return None
        test, stays = self.ops[end.condition], end.then == self.block.name
        if test.kind not in ("eq", "ne", "slt", "sle", "ult", "ule"):
            return None
        kind: Kind = test.kind
        a, b = test.args
        if not stays:
            if kind == "ne":
                return None
            kind, exchanged = _NOT[kind]
            a, b = (b, a) if exchanged else (a, b)
        for counter, bound, side in ((a, b, 1), (b, a, -1)):
            step = self.step(counter)
            if bound in self.inside and self.ops[bound].kind != "const":
                continue
            if (kind == "ne" and step in (1, -1)) or (kind != "eq" and step == side):
                return kind, counter, bound, step or 0
        return None

    def count(self, make: Make) -> int | None:
        """The iterations, a word of 32 bits."""
        if (constant := self._constant()) is not None:
            return make("const", COUNT_BITS, value=constant)
        test = self._test()
        assert test is not None
        kind, counter, bound, step = test
        start = self.first(counter, make)
        if start is None:
            return None
        bits = self.ops[counter].bits
        low, high = (start, bound) if step > 0 else (bound, start)
        rest = make("sub", bits, high, low)
        if kind != "ne":
            goes_on = make(kind, 1, low, high)
            nothing = make("const", bits, value=(1 << bits) - 1 if kind in ("sle", "ule") else 0)
            rest = make("select", bits, goes_on, rest, nothing)
        if bits != COUNT_BITS:
            rest = make("zext" if bits < COUNT_BITS else "trunc", COUNT_BITS, rest)
        more = 2 if kind in ("sle", "ule") else 1
        return make("add", COUNT_BITS, rest, make("const", COUNT_BITS, value=more))

    def first(self, id: int, make: Make) -> int | None:
        """The value in the first iteration, worked out before the loop; None: it cannot be."""
        op: Op = self.ops[id]
        if id not in self.inside or op.kind in ("const", "input"):
            return id
        if op.kind == "phi" and self.outside is not None:
            return op.args[self.outside]
        if op.kind not in _PURE:
            return None
        if id not in self._first:
            args = [self.first(a, make) for a in op.args]
            known = [a for a in args if a is not None]
            if len(known) < len(args):
                return None
            self._first[id] = make(op.kind, op.bits, *known, value=op.value)
        return self._first[id]
