"""Random C++ kernels of floats, doubles and integers, the same for the same seed.

Signs of NaN never differ, since of two NaNs a compiler may hand on either: nothing is negated.
"""

import random

REAL = ("float", "double")
WHOLE = ("int8_t", "int16_t", "int32_t", "int64_t")
FUNCTIONS = ("exp", "log", "sin", "tanh", "floor", "round")


class Kernel:
    """Builds the text of one kernel; `text` holds it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.names = 0
        self.calls = 0
        self.scalars = [(f"s{i}", self._type()) for i in range(self.random.randint(0, 2))]
        self.arrays = [
            (f"a{i}", self._type(real=i == 0), self.random.choice((4, 5, 8)), i > 0)
            for i in range(self.random.randint(2, 3))
        ]
        self.result = self._type(real=self.random.random() < 0.8)
        self.text = self._kernel()

    def _type(self, real: bool | None = None) -> str:
        if real is None:
            real = self.random.random() < 0.7
        return self.random.choice(REAL if real else WHOLE)

    def _fresh(self, stem: str) -> str:
        self.names += 1
        return f"{stem}{self.names}"

    def _kernel(self) -> str:
        parameters = [f"{kind} {name}" for name, kind in self.scalars]
        parameters += [
            f"{'' if written else 'const '}{kind} {name}[{size}]"
            for name, kind, size, written in self.arrays
        ]
        self.head = f"{self.result} top({', '.join(parameters)})"
        variables = list(self.scalars)
        body = []
        for _ in range(self.random.randint(1, 2)):
            name, kind = self._fresh("v"), self._type()
            body.append(f"  {kind} {name} = {self._value(kind, variables, 2)};")
            variables.append((name, kind))
        for _ in range(self.random.randint(2, 3)):
            body += self._statement(variables, 2, "  ")
        body.append(f"  return {self._value(self.result, variables, 1)};")
        lines = ["#include <cmath>", "#include <cstdint>", f"{self.head} {{", *body, "}"]
        return "\n".join(lines) + "\n"

    @property
    def testbench(self) -> str:
        """A program that makes four calls, with numbers of all sizes in the last ones."""
        arrays = [f"    static {kind} {name}[{size}];" for name, kind, size, _ in self.arrays]
        fill = [
            f"        for (auto &x : {name}) x = ({kind})number(call);"
            for name, kind, _, _ in self.arrays
        ]
        names = [
            *(f"({kind})number(call)" for _, kind in self.scalars),
            *(a[0] for a in self.arrays),
        ]
        lines = [
            "#include <cmath>",
            "#include <cstdint>",
            f"{self.head};",
            "static uint64_t state = 88172645463325252ull;",
            "static double number(int call) {",
            "    state ^= state << 13, state ^= state >> 7, state ^= state << 17;",
            "    const double small = int(state % 2001) / 8.0 - 125;",
            "    return call < 3 ? small : std::ldexp(small, int(state >> 40 & 127) - 100);",
            "}",
            "int main() {",
            *arrays,
            "    for (int call = 0; call < 4; call++) {",
            *fill,
            f"        top({', '.join(names)});",
            "    }",
            "}",
        ]
        return "\n".join(lines) + "\n"

    def _statement(self, variables: list[tuple[str, str]], depth: int, indent: str) -> list[str]:
        roll = self.random.random()
        settable = [v for v in variables if v[0][0] == "v"]
        if roll < 0.3 and settable:
            name, kind = self.random.choice(settable)
            how = self.random.choice(("=", "+=", "-=", "*="))
            return [f"{indent}{name} {how} {self._value(kind, variables, 2)};"]
        if roll < 0.5 or depth == 0:
            name, kind, size, _ = self.random.choice([a for a in self.arrays if a[3]])
            place = self._place(variables, size)
            return [f"{indent}{name}[{place}] = {self._value(kind, variables, 2)};"]
        lines = []
        if roll < 0.65:
            lines.append(f"{indent}if ({self._condition(variables)}) {{")
            inside = variables
        else:
            counter, trips = self._fresh("i"), self.random.choice((2, 3, 4))
            lines.append(f"{indent}for (int {counter} = 0; {counter} < {trips}; {counter}++) {{")
            if (pragma := self.random.random()) < 0.3:
                lines.append("#pragma HLS UNROLL" if pragma < 0.15 else "#pragma HLS PIPELINE off")
            inside = [*variables, (counter, "int")]
        for _ in range(self.random.randint(1, 2)):
            lines += self._statement(inside, depth - 1, indent + "  ")
        return [*lines, f"{indent}}}"]

    def _place(self, variables: list[tuple[str, str]], size: int) -> str:
        counters = [name for name, _ in variables if name[0] == "i"]
        if counters:
            return f"({self.random.choice(counters)} + {self.random.randrange(3)}) % {size}"
        return str(self.random.randrange(size))

    def _condition(self, variables: list[tuple[str, str]]) -> str:
        compare = self.random.choice(("<", ">", "==", "!=", "<=", ">="))
        kind = self.random.choice(REAL)
        a, b = (self._value(kind, variables, 1) for _ in range(2))
        return f"{a} {compare} {b}"

    def _value(self, kind: str, variables: list[tuple[str, str]], depth: int) -> str:
        """An expression that is converted to a type, without any overflow of integers."""
        if kind in REAL:
            return f"{kind}({self._expression(variables, depth)})"
        inside = self._expression(variables, depth)
        return f"{kind}(std::fmin(std::fmax(double({inside}), -100.0), 100.0))"

    def _expression(self, variables: list[tuple[str, str]], depth: int) -> str:
        roll = self.random.random()
        if depth == 0 or roll < 0.15:
            if variables and self.random.random() < 0.7:
                return self.random.choice(variables)[0]
            return self.random.choice(("0.5f", "1.0", "3", "-2.75", "1e-3f", "0.1", "1e10f"))
        if roll < 0.35:
            name, _, size, _ = self.random.choice(self.arrays)
            return f"{name}[{self._place(variables, size)}]"
        a, b = (self._expression(variables, depth - 1) for _ in range(2))
        if roll < 0.8:
            return f"({a} {self.random.choice(('+', '-', '*', '+', '-', '*'))} {b})"
        if roll < 0.86:
            return f"({a} / {self.random.choice(REAL)}({b}))"
        if roll < 0.9:
            return f"std::sqrt({self.random.choice(REAL)}({a}))"
        if roll < 0.94 and self.calls < 2:
            self.calls += 1
            return f"std::{self.random.choice(FUNCTIONS)}(float({a}))"
        return f"({self._condition(variables)} ? {a} : {b})"
