"""The testbench of a random program: a few calls with random numbers, half of them small."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_FILL = """\
static uint64_t state = 88172645463325252ull;
static int64_t number() {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state & 1024 ? state & 15 : state >> 3;
}
template <class T> static void fill(T &x) {
    x = T(number());
    if constexpr (sizeof(T) > 8) for (int i = 0; i < 2; i++) x = (x << 50) ^ T(number());
}
static double real() {
    const double small = int((uint64_t)number() % 2001) / 8.0 - 125;
    return state & 4096 ? small : small * (1 << (state >> 40 & 15)) / (1 << (state >> 20 & 15));
}
static void fill(float &x) { x = real(); }
static void fill(double &x) { x = real(); }
template <class T, int N> static void fill(T (&x)[N]) {
    for (auto &y : x) fill(y);
}
"""
_FIXED = """\
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
static void fill(ap_fixed<W, I, Q, O, N> &x) {
    x.range() = number();
}
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
static void fill(ap_ufixed<W, I, Q, O, N> &x) {
    x.range() = number();
}
"""


@dataclass(frozen=True)
class Argument:
    """A parameter of the top, as its testbench sees it."""

    name: str
    type: str
    text: str
    """The declaration in the top's head."""
    extents: tuple[int, ...] = ()
    stream: int = 0
    """The tokens of each call that a stream brings; negative: it takes them away."""

    @property
    def variable(self) -> str:
        if self.stream:
            return f"hls::stream<{self.type}> {self.name};"
        return f"static {self.type} {self.name}{''.join(f'[{n}]' for n in self.extents)};"

    @property
    def before(self) -> str:
        if self.stream < 0:
            return ""
        if self.stream:
            filled = f"{self.type} x; fill(x); {self.name}.write(x);"
            return f"for (int i = 0; i < {self.stream}; i++) {{ {filled} }}"
        return f"fill({self.name});"

    @property
    def after(self) -> str:
        return f"while (!{self.name}.empty()) {self.name}.read();" if self.stream < 0 else ""


def testbench(
    arguments: Sequence[Argument],
    structures: Mapping[str, Sequence[str]],
    calls: int = 4,
    fixed: bool = False,
) -> str:
    """A program that calls `top`, behind whose definition it stands."""
    filled = [
        f"static void fill({name} &x) {{ {' '.join(f'fill(x.{field});' for field in fields)} }}"
        for name, fields in structures.items()
    ]
    names = ", ".join(a.name for a in arguments)
    return "\n".join(
        [
            _FILL + _FIXED * fixed,
            *filled,
            "int main() {",
            *(f"    {a.variable}" for a in arguments),
            f"    for (int call = 0; call < {calls}; call++) {{",
            *(f"        {a.before}" for a in arguments if a.before),
            f"        top({names});",
            *(f"        {a.after}" for a in arguments if a.after),
            "    }",
            "}",
            "",
        ]
    )
