"""The HLS headers against Python's own integers and fractions."""

import os
import random
import subprocess
import sys
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest
from with_headers import INCLUDE, build

WIDTHS = (1, 7, 8, 31, 32, 33, 63, 64, 65, 100, 128, 200, 1024)

SHOW = """
#include "ap_fixed.h"
template <int W, bool S> void show(const ap_detail::Integer<W, S> &v) {
  printf("%d %d ", W, S);
  for (int i = (W - 1) / 64; i >= 0; --i)
    printf("%016llx", (ap_uint<W>(v) >> 64 * i).to_uint64());
  printf("\\n");
}
template <int W, int I, bool S> void show(const ap_detail::Fixed<W, I, S> &v) {
  printf("%d ", I);
  show(v.bits());
}
"""


def lines(program: Path, *arguments: str) -> list[str]:
    done = subprocess.run((program, *arguments), capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def wrap(value: int, width: int, signed: bool) -> int:
    value &= (1 << width) - 1
    return value - (1 << width) if signed and value >> (width - 1) else value


def shown(value: int, width: int, signed: bool) -> str:
    """The line that `show` prints."""
    assert wrap(value, width, signed) == value, "the model's result does not fit its type"
    return f"{width} {int(signed)} {value & ((1 << width) - 1):0{(width + 63) // 64 * 16}x}"


def quotient(a: int, b: int) -> int:
    """Rounded towards zero, as C does."""
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def expected(a: int, w1: int, s1: bool, b: int, w2: int, s2: bool, divisor: int, n: int) -> str:
    """The lines of the program's `pair`, with the result widths of AMD's user guide."""
    signed = s1 or s2
    common = max(w1 + (s2 and not s1), w2 + (s1 and not s2))
    q = quotient(a, divisor)
    results = (
        (a + b, common + 1, signed),
        (a - b, common + 1, True),
        (a * b, w1 + w2, signed),
        (q, w1 + s2, signed),
        (a - q * divisor, min(w1, w2 + (s1 and not s2)), s1),
        (a & b, common, signed),
        (a | b, common, signed),
        (a ^ b, common, signed),
        (wrap(a << n if n > 0 else a >> -n, w1, s1), w1, s1),
        (wrap(a >> n if n > 0 else a << -n, w1, s1), w1, s1),
        (wrap(b, w1, s1), w1, s1),
        (wrap(~a, w1, s1), w1, s1),
        (-a, max(w1, 1 + s1) + 1, True),
        ((wrap(a, w1, False) << w2) | wrap(b, w2, False), w1 + w2, False),
    )
    relations = "".join(str(int(holds)) for holds in (a < b, a == b, a >= b))
    return "\n".join((*(shown(*result) for result in results), relations))


PAIR = """
template <class A, class B> void pair(const char *x, const char *y, const char *z, int n) {
  const A a(x, 16);
  const B b(y, 16), divisor(z, 16);
  show(a + b), show(a - b), show(a * b), show(a / divisor), show(a % divisor);
  show(a & b), show(a | b), show(a ^ b), show(a << n), show(a >> n);
  show(A(b)), show(~a), show(-a), show((a, b).get());
  printf("%d%d%d\\n", a < b, a == b, a >= b);
}
"""


def type_of(width: int, signed: bool) -> str:
    return f"ap_int<{width}>" if signed else f"ap_uint<{width}>"


def values(chance: random.Random, width: int, signed: bool) -> list[int]:
    extremes = (0, 1, -1, 1 << (width - 1), (1 << (width - 1)) - 1)
    return [
        wrap(chance.choice((*extremes, chance.getrandbits(width))), width, signed),
        wrap(chance.getrandbits(width), width, signed),
        wrap(chance.getrandbits(chance.randint(1, width)), width, signed),
    ]


def test_expressions_of_every_width(tmp_path: Path) -> None:
    chance = random.Random(5)
    cases = [(-1 << 191, 192, True, (1 << 191) - 1, 191, False)]
    cases += [(-1 << (width - 1), width, True, -1, width, True) for width in (8, 32, 64, 128, 192)]
    for w1 in WIDTHS:
        for w2 in (w1, chance.choice(WIDTHS)):
            s1, s2 = chance.random() < 0.5, chance.random() < 0.5
            for a, b in zip(values(chance, w1, s1), values(chance, w2, s2), strict=True):
                cases.append((a, w1, s1, b, w2, s2))
    calls, wanted = [], []
    for a, w1, s1, b, w2, s2 in cases:
        divisor, n = b or wrap(1, w2, s2), chance.randint(-w1 - 2, w1 + 2)
        types = f"{type_of(w1, s1)}, {type_of(w2, s2)}"
        calls.append(f'pair<{types}>("{a:x}", "{b:x}", "{divisor:x}", {n});')
        wanted += expected(a, w1, s1, b, w2, s2, divisor, n).splitlines()
    program = build(tmp_path, SHOW + PAIR + "int main() {\n" + "\n".join(calls) + "\n}\n")
    assert lines(program) == wanted


REFERENCES = """
enum Phase { IDLE, RUN };
const ap_int<8> table[] = {1, 2, -3, 4};
template <int W> int width_of(const ap_int<W> &) { return W; }
int main() {
  ap_uint<8> x = 0x5f, y = 0xaa;
  ap_uint<4> part = x.range(3, 0);
  show(part);
  x(3, 0) = y(3, 0), show(x);
  x(3, 0) = y(4, 1), show(x);
  show(ap_uint<4>(x.range(4, 7)));
  x.range(4, 7) = 0xA, show(x);
  ap_int<3> high = -3;
  ap_int<7> low = 54;
  show(ap_uint<10>((low, high))), show(high.concat(low));
  (high, low) = 0xAB;
  show(high), show(low);
  (x.range(3, 0), x.range(7, 4)) = 0x12, show(x);
  x[7] = 1, x[0] = y[7], x.set(2), x.clear(4), show(x);
  show(x[7] ^ x[0]), show(ap_uint<8>(x.reverse()));
  show(x.lrotate(3)), show(x.rrotate(5));
  show(ap_uint<2>(table[part[0] + part[1]])), show(ap_uint<4>(part++)), show(--part);
  ap_uint<2> phase = RUN;
  int total = phase == RUN ? 10 : 20;
  total += table[phase];
  switch (phase) {
    case RUN: total += 100;
  }
  if (phase && !(phase < -1)) total += 1000;
  total += width_of(table[0] + 1) * 10000;
  const ap_uint<8> cut = 259.9;
  const ap_int<8> back = -1.9f;
  const double half = back * 0.5;
  printf("%d %d %d %g\\n", total, int(cut), int(back), half);
  printf("%d%d%d", ap_uint<9>(511).and_reduce(), ap_int<9>(0).or_reduce(), y.xor_reduce());
  printf("%d%d\\n", ap_int<8>(-1) < 1u, ap_uint<32>(-1) == -1);
  show(ap_uint<100>("0x123456789abcdef0123456789"));
}
"""


def test_references_and_mixing_with_c(tmp_path: Path) -> None:
    """The examples of AMD's user guide, and what C does with an integer."""
    unsigned = [(15, 4), (0x5A, 8), (0x55, 8), (0xA, 4), (0x55, 8), (0x1B5, 10), (0x2B6, 10)]
    joined = [shown(1, 3, True), shown(43, 7, True)]
    turned = [(0x21, 8), (0xA5, 8), (0, 1), (0xA5, 8), (0x2D, 8), (0x69, 8)]
    stepped = [(1, 2), (15, 4), (15, 4)]
    assert lines(build(tmp_path, SHOW + REFERENCES)) == [
        *(shown(value, width, False) for value, width in unsigned),
        *joined,
        *(shown(value, width, False) for value, width in (*turned, *stepped)),
        "331112 3 -1 -0.5",
        "10010",
        shown(0x123456789ABCDEF0123456789, 100, False),
    ]


ROUNDING = ("RND", "RND_ZERO", "RND_MIN_INF", "RND_INF", "RND_CONV", "TRN", "TRN_ZERO")
OVERFLOW = ("SAT", "SAT_ZERO", "SAT_SYM", "WRAP")
FORMATS = ((8, 4, True), (8, 4, False), (5, 7, True))
RARE_FORMATS = ((6, -1, True), (9, 9, False), (70, 40, True))
SOURCE = (16, 7)


def rounded(value: Fraction, mode: str) -> int:
    low = floor(value)
    rest = value - low
    if mode.startswith("TRN"):
        return low + (mode == "TRN_ZERO" and value < 0 and rest > 0)
    tie_goes_up = {
        "RND": True,
        "RND_ZERO": value < 0,
        "RND_MIN_INF": False,
        "RND_INF": value > 0,
        "RND_CONV": low % 2 == 1,
    }[mode]
    return low + (rest > Fraction(1, 2) or (rest == Fraction(1, 2) and tie_goes_up))


def limited(bits: int, mode: str, width: int, signed: bool) -> int:
    most = (1 << (width - signed)) - 1
    least = 0 if not signed else -most if mode == "SAT_SYM" else -most - 1
    if mode == "WRAP" or least <= bits <= most:
        return wrap(bits, width, signed)
    if mode == "SAT_ZERO":
        return 0
    return most if bits > most else least


ROUND = """
template <class T> void all() {
  for (int i = -32768; i < 32768; i += 61) {
    const auto v = ap_fixed<16, 7>::of_bits(i);
    const T t = v, same = v.to_double();
    if (t != same) printf("differs from the double ");
    printf("%lld\\n", t.bits().to_int64());
  }
}
"""


def test_rounding_and_overflow_of_fixed_point(tmp_path: Path) -> None:
    kinds = [(*form, q, o) for form in FORMATS for q in ROUNDING for o in OVERFLOW]
    kinds += [(*form, q, "SAT") for form in RARE_FORMATS for q in ROUNDING]
    calls, wanted = [], []
    for width, whole, signed, q, o in kinds:
        name = "ap_fixed" if signed else "ap_ufixed"
        calls.append(f"all<{name}<{width}, {whole}, AP_{q}, AP_{o}>>();")
        scale = Fraction(2) ** (width - whole - SOURCE[0] + SOURCE[1])
        for bits in range(-32768, 32768, 61):
            wanted.append(str(limited(rounded(bits * scale, q), o, width, signed)))
    program = build(tmp_path, SHOW + ROUND + "int main() {\n" + "\n".join(calls) + "\n}\n")
    assert lines(program) == wanted


FIXED = """
typedef ap_fixed<16, 6, AP_RND, AP_SAT> Number;
int main() {
  Number a = 1.5, b = -2.25f;
  ap_int<8> n = 3;
  show(a + b), show(a - b), show(a * b), show(a / b), show(a * n), show(1 - a), show(-b);
  show(ap_ufixed<8, 2>(3.7) / ap_ufixed<6, 8>(12)), show(ap_fixed<80, 40>(1e9) * b);
  a = 100;
  printf("%.10g ", a.to_double());
  a = n, a += b, a *= 2, ++a;
  printf("%g %g %d %d\\n", double(a), a * 0.5, a > b && a >= 2.5 && a != 2, b.to_int());
  n = b;
  b.range(9, 0) = 0x100;
  printf("%d %g %g %g\\n", int(n), b.to_double(), (b >> 1).to_double(), float(b << 1));
  printf("%g %g\\n", Number(1e300).to_double(), Number(-0.00048828125).to_double());
}
"""


def test_fixed_point_arithmetic(tmp_path: Path) -> None:
    def fixed(value: Fraction | float, width: int, whole: int, signed: bool) -> str:
        bits = quotient(*(Fraction(value) * Fraction(2) ** (width - whole)).as_integer_ratio())
        return f"{whole} {shown(bits, width, signed)}"

    assert lines(build(tmp_path, SHOW + FIXED)) == [
        fixed(-0.75, 17, 7, True),
        fixed(3.75, 17, 7, True),
        fixed(-3.375, 32, 12, True),
        fixed(Fraction(-2, 3), 27, 17, True),
        fixed(4.5, 24, 14, True),
        fixed(-0.5, 43, 33, True),
        fixed(2.25, 17, 7, True),
        fixed(Fraction(3.6875) / 12, 8, 0, False),
        fixed(-2.25e9, 96, 46, True),
        "31.99902344 2.5 1.25 1 -2",
        "-2 -2.75 -1.375 -5.5",
        "31.999 0",
    ]


STREAMS = """
#include <string.h>
#include "ap_axi_sdata.h"
#include "hls_math.h"
#include "hls_stream.h"
typedef ap_axiu<32, 0, 0, 0> Beat;
void square(hls::stream<int> &in, hls::stream<Beat> &out, int n) {
  for (int i = 0; i < n; ++i) {
    Beat beat = Beat();
    beat.data = hls::max(in.read(), 3) * hls::abs(-2), beat.keep = -1, beat.last = i == n - 1;
    out.write(beat);
  }
}
int main(int, char **arguments) {
  hls::stream<int, 4> in("numbers");
  hls::stream<Beat> out;
  int value = 7;
  for (int n = 25; n < 50; n += 10) {
    for (int i = 0; i < n; ++i) in << i;
    const bool written = in.write_nb(25);
    printf("%d %d %d; ", int(in.size()), in.full(), written);
    in >> value;
    square(in, out, n - 1);
    const bool taken = in.read_nb(value);
    printf("%d %d %d; ", taken, value, in.empty());
    while (!out.empty()) {
      const Beat beat = out.read();
      if (beat.last) printf("%d %d; ", int(beat.data), int(beat.keep));
    }
  }
  printf("%d %d\\n", in.read_nb(value), value);
  ap_uint<8> x = value;
  if (strcmp(arguments[1], "leave") == 0) in.write(1), in.write(2);
  if (strcmp(arguments[1], "empty") == 0) in.read();
  if (strcmp(arguments[1], "bit") == 0) x[value] = 1;
  if (strcmp(arguments[1], "range") == 0) x(8, 1) = 0;
  if (strcmp(arguments[1], "zero") == 0) x = value / (x - x);
}
"""


@pytest.fixture(scope="module")
def streams(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("streams"), STREAMS)


def test_streams(streams: Path) -> None:
    done = subprocess.run((streams, "nothing"), capture_output=True, text=True, check=True)
    assert done.stdout == (
        "26 0 1; 1 25 1; 48 15; 36 0 1; 1 25 1; 68 15; 46 0 1; 1 25 1; 88 15; 0 25\n"
    )
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("mistake", "message", "status"),
    [
        ("empty", "ERROR: stream numbers is read while it is empty", 3),
        ("leave", "WARNING: stream numbers still has 2 values.", 0),
        ("bit", "ERROR: bit 25 is outside a value of 8 bits", 3),
        ("range", "ERROR: range: bit 8 is outside a value of 8 bits", 3),
        ("zero", "ERROR: an ap_int is divided by zero", 3),
    ],
)
def test_a_mistake_is_named(streams: Path, mistake: str, message: str, status: int) -> None:
    done = subprocess.run((streams, mistake), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.startswith(message)) == (status, True), done.stderr


def test_the_headers_need_no_standard_library(tmp_path: Path) -> None:
    """The zig wheel's clang compiles them without libc++, which takes minutes to build."""
    (tmp_path / "all.cpp").write_text(
        "".join(f'#include "{header.name}"\n' for header in sorted(INCLUDE.glob("*.h")))
        + "ap_fixed<12, 3> f(ap_int<9> a, ap_uint<90> b) { return (a + b[3]) * a / 3; }"
    )
    clang = (sys.executable, "-m", "ziglang", "c++", "-std=c++14", "-nostdinc++", "-c")
    command = (*clang, "-Wall", "-Wextra", "-Werror", f"-I{INCLUDE}", "all.cpp", "-o", "all.o")
    environment = {**os.environ, "ZIG_GLOBAL_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
