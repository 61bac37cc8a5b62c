"""Whether two conditions of a function can ever both be true, as far as their logic tells."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from tools.hls.interpret import evaluate
from tools.hls.ir import BINARY, Op

_MOST_WAYS = 64
"""Ways to make a condition true, above which it counts as one that may always be true."""
_DEEPEST = 12
"""Operations between a test and the value that it is of."""
_OPPOSITE = {"ne": "eq", "ule": "ult", "sle": "slt"}

Test = tuple[str, int, int]
"""An equality or a comparison of two operations; ("bit", id, id) is any other one bit."""
Way = frozenset[tuple[Test, bool]]
"""Tests with the results that make a condition true together."""
_ANY: frozenset[Way] = frozenset([frozenset()])


class Conditions:
    """The conditions of one function, by the ids of its operations."""

    def __init__(self, ops: Mapping[int, Op]) -> None:
        self.ops = ops
        self.ways = cache(self._ways)
        self.exclude = cache(self._exclude)
        self._value = cache(self._computed)

    def _exclude(self, one: int, other: int) -> bool:
        """Whether one of two conditions is always false."""
        return all(self._clash(a | b) for a in self.ways(one) for b in self.ways(other))

    def _ways(self, id: int, truth: bool = True) -> frozenset[Way]:
        """Ways that a bit can come to be true, or not: all that there are, and maybe more."""
        op = self.ops[id]
        if op.kind == "const":
            return _ANY if bool(op.value) == truth else frozenset()
        if op.kind == "xor" and op.bits == 1 and self.ops[op.args[1]].kind == "const":
            return self.ways(op.args[0], truth != bool(self.ops[op.args[1]].value))
        if op.kind in ("and", "or") and op.bits == 1:
            one, other = (self.ways(arg, truth) for arg in op.args)
            return self._both(one, other) if (op.kind == "and") == truth else _either(one, other)
        if op.kind in ("eq", "ne", "ult", "ule", "slt", "sle"):
            a, b = op.args
            if op.kind in ("ule", "sle"):
                a, b = b, a
            test = (_OPPOSITE.get(op.kind, op.kind), a, b)
            return frozenset([frozenset([(test, truth == (op.kind == test[0]))])])
        return frozenset([frozenset([(("bit", id, id), truth)])])

    def _both(self, one: frozenset[Way], other: frozenset[Way]) -> frozenset[Way]:
        if len(one) * len(other) > _MOST_WAYS:
            return min(one, other, key=len)
        joined = (a | b for a, b in product(one, other))
        return frozenset(way for way in joined if not self._clash(way))

    def _clash(self, way: Way) -> bool:
        """Whether tests cannot have such results at once."""
        if any((test, not truth) in way for test, truth in way):
            return True
        known = [(a, self.ops[b].value) for (kind, a, b), truth in way
                 if kind == "eq" and truth and self.ops[b].kind == "const"]  # fmt: skip
        return any(
            (found := self._result(test, id, value)) is not None and found != truth
            for id, value in known
            for test, truth in way
        )

    def _result(self, test: Test, id: int, value: int) -> bool | None:
        """What a test gives where an operation has a value, if it depends on that alone."""
        kind, a, b = test
        if kind == "bit":
            found = self._value(a, id, value, _DEEPEST)
            return None if found is None else bool(found)
        values = [self._value(arg, id, value, _DEEPEST) for arg in (a, b)]
        if None in values:
            return None
        known = [v for v in values if v is not None]
        bits = self.ops[a].bits
        return bool(evaluate(kind, 1, known, [bits, bits]))

    def _computed(self, at: int, id: int, value: int, depth: int) -> int | None:
        """The value of the operation `at` where `id` has a value; None: that is not enough."""
        op = self.ops[at]
        if at == id or op.kind == "const":
            return value if at == id else op.value
        if not depth or op.kind not in BINARY | {"zext", "sext", "trunc"}:
            return None
        found = list(self._args(op, id, value, depth))
        if len(found) < len(op.args):
            return None
        return evaluate(op.kind, op.bits, found, [self.ops[a].bits for a in op.args])

    def _args(self, op: Op, id: int, value: int, depth: int) -> Iterator[int]:
        for arg in op.args:
            found = self._value(arg, id, value, depth - 1)
            if found is None:
                return
            yield found


def _either(one: frozenset[Way], other: frozenset[Way]) -> frozenset[Way]:
    return one | other if len(one | other) <= _MOST_WAYS else _ANY
