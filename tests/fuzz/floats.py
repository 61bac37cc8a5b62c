"""Random kernels of floats, doubles and integers.

Signs of NaN never differ, since of two NaNs a compiler may hand on either: nothing is negated.
"""

from fuzz.program import Program
from fuzz.sequential import Sequential
from fuzz.source import Scope

_FUNCTIONS = ("exp", "log", "sin", "tanh", "floor", "round")
_OPERATIONS = 8
"""How many operations on integers one on floats counts as."""


class Floats(Sequential):
    """Floating point is much hardware, so these kernels are short."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, "real")
        self.budget = self.total = self.one(15, 25, 40)
        self.calls = 0

    def _type(self) -> str:
        return self.one("float", "double") if self.chance(0.7) else self.plain_type()

    def loop_copies(self, trips: int, scope: Scope, is_variable: bool) -> tuple[int, str]:
        return 1, self.one("", "", "PIPELINE off", "PIPELINE II=2")

    def rounded(self, text: str) -> str:
        return f"int(std::fmin(std::fmax(double({text}), -100.0), 100.0))"

    def real(self, scope: Scope, depth: int) -> str:
        self.budget -= _OPERATIONS * scope.copies
        if depth == 0 or self.budget < 0 or self.chance(0.15):
            return self._real_leaf(scope)
        a, b = self.real(scope, depth - 1), self.real(scope, depth - 1)
        kind, roll = self.one("float", "double"), self.random.random()
        if roll < 0.75:
            return f"({a} {self.one('+', '-', '*')} {b})"
        if roll < 0.82:
            return f"({a} / {kind}({b}))"
        if roll < 0.88:
            return f"std::sqrt({kind}({a}))"
        if roll < 0.92 and self.calls < 1:
            self.calls += 1
            return f"std::{self.one(*_FUNCTIONS)}(float({a}))"
        return f"({self.compared(a, b)} ? {kind}({a}) : {kind}({b}))"

    def _real_leaf(self, scope: Scope) -> str:
        if scope.places and self.chance(0.75):
            return self.placed(self.random.choice(scope.places), scope)
        return self.one("0.5f", "1.0", "3", "-2.75", "1e-3f", "0.1", "1e10f")


def floats(seed: int) -> Program:
    return Floats(seed).program()
