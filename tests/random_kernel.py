"""Random C++ kernels of the HLS engine's subset, the same for the same seed, free of undefined
behaviour when signed arithmetic wraps around."""

import random

TYPES = ("int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t", "int64_t")


class Kernel:
    """Builds the text of one kernel; `text` holds it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.names = 0
        self.depth = 0
        self.scalars = [(f"s{i}", self._type()) for i in range(self.random.randint(0, 2))]
        self.arrays = [
            (f"a{i}", self._type(), self.random.choice((4, 5, 8, 16)), i > 0)
            for i in range(self.random.randint(2, 3))
        ]
        self.local = [
            (f"m{i}", self._type(), self.random.choice((4, 7, 16, 32)), True)
            for i in range(self.random.randint(0, 2))
        ]
        self.result = self._type()
        self.text = self._kernel()

    def _type(self) -> str:
        return self.random.choice(TYPES)

    def _fresh(self, stem: str) -> str:
        self.names += 1
        return f"{stem}{self.names}"

    def _kernel(self) -> str:
        parameters = [f"{kind} {name}" for name, kind in self.scalars]
        parameters += [
            f"{'' if written else 'const '}{kind} {name}[{size}]"
            for name, kind, size, written in self.arrays
        ]
        body = []
        for name, kind, size, _ in self.local:
            body.append(f"  {kind} {name}[{size}];")
            if self.random.random() < 0.4:
                factor = self.random.choice(("complete", "cyclic factor=2", "block factor=2"))
                body.append(f"#pragma HLS ARRAY_PARTITION variable={name} {factor}")
            body.append(
                f"  for (int z = 0; z < {size}; z++) {name}[z] = z * {self.random.randint(0, 99)};"
            )
        variables = list(self.scalars)
        for _ in range(self.random.randint(1, 3)):
            name, kind = self._fresh("v"), self._type()
            body.append(f"  {kind} {name} = {self._expression(variables, 2)};")
            variables.append((name, kind))
        body += self._statements(variables, 3, "  ")
        body.append(f"  return {self._expression(variables, 2)};")
        self.head = f"{self.result} top({', '.join(parameters)})"
        return "#include <stdint.h>\n" + "\n".join([f"{self.head} {{", *body, "}"]) + "\n"

    @property
    def testbench(self) -> str:
        """A program that makes four calls with numbers of which half are small."""
        arrays = [f"    static {kind} {name}[{size}];" for name, kind, size, _ in self.arrays]
        fill = [
            f"        for (int i = 0; i < {size}; i++) {name}[i] = number();"
            for name, _, size, _ in self.arrays
        ]
        names = [*("number()" for _ in self.scalars), *(a[0] for a in self.arrays)]
        lines = [
            "#include <stdint.h>",
            f"{self.head};",
            "static uint64_t state = 88172645463325252ull;",
            "static int64_t number() {",
            "    state ^= state << 13, state ^= state >> 7, state ^= state << 17;",
            "    return state & 1024 ? state & 15 : state >> 3;",
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

    def _statements(self, outside: list[tuple[str, str]], depth: int, indent: str) -> list[str]:
        variables = list(outside)
        lines: list[str] = []
        for _ in range(self.random.randint(1, 4)):
            lines += self._statement(variables, depth, indent)
        return lines

    def _statement(self, variables: list[tuple[str, str]], depth: int, indent: str) -> list[str]:
        roll = self.random.random()
        if roll < 0.25:
            name, kind = self._fresh("v"), self._type()
            line = f"{indent}{kind} {name} = {self._expression(variables, 3)};"
            variables.append((name, kind))
            return [line]
        settable = [v for v in variables if v[0][0] == "v"]
        if roll < 0.45 and settable:
            name, _ = self.random.choice(settable)
            how = self.random.choice(("=", "+=", "^=", "-=", "*="))
            return [f"{indent}{name} {how} {self._expression(variables, 3)};"]
        if roll < 0.65 or depth == 0:
            return [f"{indent}{self._element(variables, True)} = {self._expression(variables, 3)};"]
        if roll < 0.82:
            return self._choice(variables, depth, indent)
        return self._loop(variables, depth, indent)

    def _choice(self, variables: list[tuple[str, str]], depth: int, indent: str) -> list[str]:
        lines = [f"{indent}if ({self._condition(variables)}) {{"]
        lines += self._statements(variables, depth - 1, indent + "  ")
        if self.random.random() < 0.5:
            lines.append(f"{indent}}} else {{")
            lines += self._statements(variables, depth - 1, indent + "  ")
        return [*lines, f"{indent}}}"]

    def _loop(self, variables: list[tuple[str, str]], depth: int, indent: str) -> list[str]:
        counter = self._fresh("i")
        trips = self.random.choice((2, 3, 4, 8))
        lines = [f"{indent}for (int {counter} = 0; {counter} < {trips}; {counter}++) {{"]
        pragma = self.random.random()
        if pragma < 0.2:
            lines.append(f"#pragma HLS PIPELINE II={self.random.choice((1, 1, 2))}")
        elif pragma < 0.35:
            lines.append(f"#pragma HLS UNROLL{self.random.choice(('', ' factor=2'))}")
        elif pragma < 0.4:
            lines.append("#pragma HLS PIPELINE off")
        inside = [*variables, (counter, "int")]
        lines += self._statements(inside, depth - 1, indent + "  ")
        if self.random.random() < 0.2:
            leave = f"if ({self._condition(inside)}) {self.random.choice(('break', 'continue'))};"
            lines.append(f"{indent}  {leave}")
            lines += self._statements(inside, 0, indent + "  ")
        return [*lines, f"{indent}}}"]

    def _element(self, variables: list[tuple[str, str]], written: bool) -> str:
        arrays = [a for a in [*self.arrays, *self.local] if a[3] or not written]
        name, _, size, _ = self.random.choice(arrays)
        counters = [n for n, _ in variables if n[0] == "i"]
        if counters and self.random.random() < 0.6:
            offset = self.random.choice(("", " + 1", " * 2", " + 3"))
            return f"{name}[({self.random.choice(counters)}{offset}) % {size}]"
        return f"{name}[(uint32_t)({self._expression(variables, 1)}) % {size}]"

    def _condition(self, variables: list[tuple[str, str]]) -> str:
        compare = self.random.choice(("<", ">", "==", "!=", "<=", ">="))
        return f"{self._expression(variables, 2)} {compare} {self._expression(variables, 1)}"

    def _expression(self, variables: list[tuple[str, str]], depth: int) -> str:
        roll = self.random.random()
        if depth == 0 or roll < 0.2:
            if variables and self.random.random() < 0.7:
                return self.random.choice(variables)[0]
            return str(self.random.choice((0, 1, 2, 3, 5, 7, 100, 255, 1000, 65535, -1, -7)))
        if roll < 0.35:
            return self._element(variables, False)
        a, b = (self._expression(variables, depth - 1) for _ in range(2))
        if roll < 0.8:
            return f"({a} {self.random.choice(('+', '-', '*', '&', '|', '^', '+', '-'))} {b})"
        if roll < 0.87:
            return f"({a} {self.random.choice(('<<', '>>'))} (({b}) & 7))"
        if roll < 0.92:
            divisor = self.random.choice((f"(({b}) & 15) + 1", "3", "8", "10"))
            return f"(int32_t({a}) {self.random.choice('/%')} ({divisor}))"
        if roll < 0.96:
            return f"({self._type()})({a})"
        return f"(({a}) < ({b}) ? {a} : {b})"
