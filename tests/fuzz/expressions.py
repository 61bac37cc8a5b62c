"""Random expressions of C's integers, of ap_int and of ap_fixed, without undefined behaviour."""

import re

from fuzz.source import Place, Scope, Source

PLAIN = ("int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t", "int64_t", "uint64_t")
CONSTANTS = ("0", "1", "2", "3", "5", "7", "100", "255", "1000", "65535", "-1", "-7")
_MODES = ("AP_TRN", "AP_TRN_ZERO", "AP_RND", "AP_RND_ZERO", "AP_RND_INF", "AP_RND_MIN_INF",
          "AP_RND_CONV")  # fmt: skip
_OVERFLOWS = ("AP_WRAP", "AP_SAT", "AP_SAT_ZERO", "AP_SAT_SYM")


def is_real(kind: str) -> bool:
    """Whether a type is of numbers with a point, fixed or floating."""
    return "fixed" in kind or kind in ("float", "double")


def is_wide(kind: str) -> bool:
    """Whether a type is of any width, with ranges and bits."""
    return kind.startswith("ap_") and not is_real(kind)


def width(kind: str) -> int:
    return int(re.findall(r"\d+", kind)[0])


class Expressions(Source):
    """Expressions over what a scope holds."""

    def plain_type(self) -> str:
        return self.one(*PLAIN)

    def wide_type(self, most: int = 130) -> str:
        bits = self.weighted(
            [(5, self.random.randint(1, 33)), (2, self.random.randint(34, 70)), (1, most)]
        )
        return f"{self.one('ap_int', 'ap_uint')}<{bits}>"

    def fixed_type(self) -> str:
        bits = self.random.randint(4, 26)
        whole = self.random.randint(0, bits)
        modes = f", {self.one(*_MODES)}, {self.one(*_OVERFLOWS)}" if self.chance(0.7) else ""
        return f"{self.one('ap_fixed', 'ap_ufixed')}<{bits}, {whole}{modes}>"

    def converted(self, kind: str, scope: Scope, depth: int) -> str:
        """An expression that may be assigned to the type."""
        if is_real(kind):
            return f"{kind}({self.real(scope, depth)})"
        return f"({kind})({self.value(scope, depth)})"

    def value(self, scope: Scope, depth: int) -> str:
        """A whole number."""
        self.budget -= scope.copies
        if depth == 0 or self.budget < 0 or self.chance(0.2):
            return self.leaf(scope)
        a, b = self.value(scope, depth - 1), self.value(scope, depth - 1)
        roll = self.random.random()
        if roll < 0.6:
            return f"({a} {self.one('+', '-', '*', '&', '|', '^', '+', '-')} {b})"
        if roll < 0.7:
            return f"({a} {self.one('<<', '>>')} ((int)({b}) & {self.one(3, 7, 15)}))"
        if roll < 0.75:
            divisor = self.one(f"(((int)({b}) & 15) + 1)", "3", "8", "10")
            return f"(int32_t({a}) {self.one('/', '%')} {divisor})"
        if roll < 0.82:
            return f"({self.any_type(scope)})({a})"
        if roll < 0.87:
            return f"(~({a}))" if self.chance(0.5) else f"(-({a}))"
        kind = self.any_type(scope)
        return f"({self.compared(a, b)} ? ({kind})({a}) : ({kind})({b}))"

    def any_type(self, scope: Scope) -> str:
        """A type of whole numbers."""
        kinds = [p.type for p in scope.places if not is_real(p.type)]
        return self.random.choice(kinds) if kinds and self.chance(0.7) else self.plain_type()

    def compared(self, a: str, b: str) -> str:
        return f"({a}) {self.one('<', '>', '==', '!=', '<=', '>=')} ({b})"

    def condition(self, scope: Scope) -> str:
        one = self.compared(self.value(scope, 2), self.value(scope, 1))
        if self.chance(0.15):
            return (
                f"{one} {self.one('&&', '||')} {self.compared(self.leaf(scope), self.leaf(scope))}"
            )
        return one

    def leaf(self, scope: Scope) -> str:
        """A constant or what a place holds, as a whole number."""
        if not scope.places or self.chance(0.2):
            return self.one(*CONSTANTS)
        place = self.random.choice(scope.places)
        text = self.placed(place, scope)
        if is_real(place.type):
            return self.rounded(text)
        if is_wide(place.type) and self.chance(0.35):
            return self.part(text, width(place.type), scope)
        return text

    def rounded(self, text: str) -> str:
        """A real number as a whole one."""
        return f"{text}.range()" if self.chance(0.4) else f"ap_int<20>({text})"

    def part(self, text: str, bits: int, scope: Scope) -> str:
        """A range, a bit, a concatenation or a reduction of something wide."""
        low = self.random.randrange(bits)
        high = self.random.randrange(low, bits)
        roll = self.random.random()
        if roll < 0.35:
            return f"{text}.range({high}, {low})"
        if roll < 0.5:
            return f"(int){text}[{low}]"
        if roll < 0.65:
            return f"(int){text}[{self.index(scope, bits)}]"
        if roll < 0.8:
            return f"{text}.{self.one('and', 'or', 'xor')}_reduce()"
        others = [p for p in scope.places if is_wide(p.type)]
        other = self.random.choice(others)
        total = bits + width(other.type)
        return f"ap_uint<{total}>(({text}, {self.placed(other, scope)}))"

    def real(self, scope: Scope, depth: int) -> str:
        """A number with a fixed point."""
        self.budget -= scope.copies
        fixed = [p for p in scope.places if is_real(p.type)]
        if depth == 0 or self.budget < 0 or self.chance(0.2):
            if fixed and self.chance(0.8):
                return self.placed(self.random.choice(fixed), scope)
            return f"ap_fixed<14, 9>({self.one('0.5', '-1.25', '3', '100.625', '-7')})"
        if self.chance(0.15):
            return f"ap_int<{self.random.randint(1, 14)}>({self.value(scope, 1)})"
        a, b = self.real(scope, depth - 1), self.real(scope, depth - 1)
        if self.chance(0.8):
            return f"({a} {self.one('+', '-', '*')} {b})"
        if self.chance(0.3) and depth < 3:
            return f"ap_fixed<18, 9>({a} / (ap_ufixed<6, 3>(0.125) + ap_ufixed<5, 3>({b})))"
        kind = self.fixed_type()
        return f"({self.compared(a, b)} ? {kind}({a}) : {kind}({b}))"

    def placed(self, place: Place, scope: Scope) -> str:
        """A place with indices in range."""
        return place.text.format(*(self.index(scope, extent) for extent in place.extents))

    def index(self, scope: Scope, extent: int) -> str:
        """A number from 0 to below the extent, often a loop's variable and a distance."""
        near = [
            (c.name, k)
            for c in scope.counters
            for k in range(-2, 3)
            if c.low + k >= 0 and c.high + k < extent
        ]
        if near and self.chance(0.65):
            name, distance = self.random.choice(near)
            return f"{name} {'+' if distance > 0 else '-'} {abs(distance)}" if distance else name
        if scope.counters and self.chance(0.5):
            name = self.random.choice(scope.counters).name
            return f"(uint32_t)({name}{self.one('', ' + 1', ' * 2', ' + 3', ' * 5')}) % {extent}"
        if self.chance(0.25):
            return str(self.random.randrange(extent))
        mask = f"& {extent - 1}" if extent & (extent - 1) == 0 else f"% {extent}"
        return f"(uint32_t)({self.whole_leaf(scope)}) {mask}"

    def whole_leaf(self, scope: Scope) -> str:
        """A scalar, or a constant: what an index is made of."""
        scalars = [p for p in scope.places if not p.extents and not is_real(p.type)]
        return self.random.choice(scalars).text if scalars else self.one("1", "3", "6")
