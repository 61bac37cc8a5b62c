"""The operators of floating point on words, against those of the machine that runs the tests."""

import ctypes
import ctypes.util
import random

import numpy as np
import pytest
from native_code import Functions, all_operators, compiled, defined

from tools.hls.run_llvm import without_floats
from tools.hls.softfloat.rewrite import rewritten, uses_floats

FLOAT = {32: np.float32, 64: np.float64}
WORD = {32: np.uint32, 64: np.uint64}
FIELDS = {32: (8, 23), 64: (11, 52)}
"""The bits of the exponent and of the fraction."""
BINARY = {
    "fadd": np.add, "fsub": np.subtract, "fmul": np.multiply, "fdiv": np.divide, "frem": np.fmod,
}  # fmt: skip
UNARY = {
    "sqrt": np.sqrt, "floor": np.floor, "ceil": np.ceil, "trunc": np.trunc, "rint": np.rint,
}  # fmt: skip
COMPARED = {"oeq": np.equal, "olt": np.less, "ole": np.less_equal}
PREDICATES = [
    "oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult", "ule", "une",
    "uno",
]  # fmt: skip

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # numpy's, of NaN and overflow


@pytest.fixture
def functions() -> Functions:
    return all_operators()


def _corners(bits: int) -> list[int]:
    exponent, fraction = FIELDS[bits]
    bias = (1 << (exponent - 1)) - 1
    exponents = [0, 1, 2, fraction + 1, bias - fraction - 1, bias - 1, bias, bias + 1,
                 bias + fraction, 2 * bias - 1, 2 * bias, 2 * bias + 1]  # fmt: skip
    half = 1 << (fraction - 1)
    fractions = [0, 1, 2, half - 1, half, half + 1, 2 * half - 1]
    return [
        sign << (bits - 1) | e << fraction | f
        for e in exponents for f in fractions for sign in (0, 1)
    ]  # fmt: skip


def _random(bits: int, count: int, seed: int) -> list[int]:
    """Any bits, numbers near to one, the smallest and the largest, many with short fractions."""
    exponent, fraction = FIELDS[bits]
    bias, chance = (1 << (exponent - 1)) - 1, random.Random(seed)
    found = []
    for _ in range(count):
        near = bias + chance.randint(-fraction - 3, fraction + 3)
        edge = chance.choice((chance.randint(0, fraction + 3), 2 * bias - chance.randint(0, 2)))
        field = chance.choice((chance.getrandbits(exponent), near, edge))
        short = -1 << chance.randint(0, fraction) if chance.random() < 0.4 else -1
        kept = chance.getrandbits(fraction) & short
        found.append(chance.getrandbits(1) << (bits - 1) | field << fraction | kept)
    return found


def _floats(words: list[int], bits: int) -> np.ndarray:
    return np.array(words, WORD[bits]).view(FLOAT[bits])


def _words(values: np.ndarray, bits: int) -> list[int]:
    return values.astype(FLOAT[bits]).view(WORD[bits]).tolist()


def _pairs(bits: int) -> list[tuple[int, int]]:
    corners = _corners(bits)
    other = zip(_random(bits, 12000, 1), _random(bits, 12000, 2), strict=True)
    return [(a, b) for a in corners for b in corners] + list(other)


@pytest.mark.parametrize("bits", FLOAT)
@pytest.mark.parametrize("name", BINARY)
def test_arithmetic_is_the_machine_s(functions: Functions, name: str, bits: int) -> None:
    pairs = _pairs(bits)[:: 9 if name == "frem" else 1]
    first, second = (_floats([pair[i] for pair in pairs], bits) for i in (0, 1))
    expected = _words(BINARY[name](first, second), bits)
    operator = functions(f"softfloat_{name}_{bits}", bits, bits, bits)
    found = zip(pairs, expected, strict=True)
    assert [(hex(a), hex(b), hex(word)) for (a, b), word in found if operator(a, b) != word] == []


@pytest.mark.parametrize("bits", FLOAT)
@pytest.mark.parametrize("name", UNARY)
def test_roots_and_whole_numbers_are_the_machine_s(
    functions: Functions, name: str, bits: int
) -> None:
    words = _corners(bits) + _random(bits, 20000, 3)
    operator = functions(f"softfloat_{name}_{bits}", bits, bits)
    expected = _words(UNARY[name](_floats(words, bits)), bits)
    assert [hex(w) for w, e in zip(words, expected, strict=True) if operator(w) != e] == []


@pytest.mark.parametrize("bits", FLOAT)
def test_a_fused_product_and_sum_is_the_c_library_s(functions: Functions, bits: int) -> None:
    pairs = _pairs(bits)
    corners = _corners(bits)
    # Sums that nearly go out are the rare and the hard ones.
    products = _words(-np.multiply(*(_floats([p[i] for p in pairs], bits) for i in (0, 1))), bits)
    chance = random.Random(4)
    triples = [(a, b, chance.choice(corners)) for a, b in pairs]
    triples += [(a, b, c) for (a, b), c in zip(pairs, products, strict=True)]
    triples += [(a, b, c ^ 1 << chance.randint(0, 3)) for a, b, c in triples[-12000:]]
    kind = ctypes.c_float if bits == 32 else ctypes.c_double
    library = ctypes.CDLL(ctypes.util.find_library("m"))
    reference = library.fmaf if bits == 32 else library.fma
    reference.restype, reference.argtypes = kind, (kind,) * 3
    values = zip(*(_floats([t[i] for t in triples], bits).tolist() for i in range(3)), strict=True)
    expected = np.array([reference(*v) for v in values], FLOAT[bits])
    operator = functions(f"softfloat_fma_{bits}", bits, bits, bits, bits)
    found = _floats([operator(*t) for t in triples], bits)
    same = (found.view(WORD[bits]) == expected.view(WORD[bits])) | (
        np.isnan(found) & np.isnan(expected)
    )
    wrong = [i for i in range(len(triples)) if not same[i]]
    assert [tuple(map(hex, triples[i])) for i in wrong] == []


@pytest.mark.parametrize("bits", FLOAT)
def test_round_goes_away_from_zero_at_ties(functions: Functions, bits: int) -> None:
    values = np.array([0.5, -0.5, 1.5, 2.5, -2.5, 0.49999997, 8388607.5, 1e30, -0.0, np.inf])
    expected = np.array([1.0, -1.0, 2.0, 3.0, -3.0, 0.0, 8388608.0, 1e30, -0.0, np.inf])
    operator = functions(f"softfloat_round_{bits}", bits, bits)
    assert [operator(w) for w in _words(values, bits)] == _words(expected, bits)


@pytest.mark.parametrize("bits", FLOAT)
@pytest.mark.parametrize("name", COMPARED)
def test_comparisons_are_the_machine_s(functions: Functions, name: str, bits: int) -> None:
    pairs = _pairs(bits)
    first, second = (_floats([pair[i] for pair in pairs], bits) for i in (0, 1))
    expected = COMPARED[name](first, second).tolist()
    operator = functions(f"softfloat_{name}_{bits}", 1, bits, bits)
    assert [p for p, e in zip(pairs, expected, strict=True) if operator(*p) != e] == []


@pytest.mark.parametrize("bits", FLOAT)
@pytest.mark.parametrize("width", [32, 64])
def test_conversions_of_integers_are_the_machine_s(
    functions: Functions, bits: int, width: int
) -> None:
    signed, chance = {32: np.int32, 64: np.int64}[width], random.Random(4)
    integers = [chance.getrandbits(width) >> chance.randrange(width) for _ in range(10000)]
    integers += [0, 1, (1 << width) - 1, 1 << (width - 1), (1 << (width - 1)) - 1]
    for name, kind in (("sitofp", signed), ("uitofp", WORD[width])):
        operator = functions(f"softfloat_{name}_{bits}_{width}", bits, width)
        expected = _words(np.array(integers, WORD[width]).view(kind).astype(FLOAT[bits]), bits)
        assert [i for i, e in zip(integers, expected, strict=True) if operator(i) != e] == []
    words = _corners(bits) + _random(bits, 10000, 5)
    operator = functions(f"softfloat_fptosi_{bits}_{width}", width, bits)
    whole = _floats(words, bits).astype(signed).view(WORD[width]).tolist()
    assert [hex(w) for w, e in zip(words, whole, strict=True) if operator(w) != e] == []


def test_formats_are_changed_as_the_machine_does(functions: Functions) -> None:
    words = _corners(32) + _random(32, 10000, 6)
    wide = _words(_floats(words, 32).astype(np.float64), 64)
    widen = functions("softfloat_fpext", 64, 32)
    assert [hex(w) for w, e in zip(words, wide, strict=True) if widen(w) != e] == []
    ties = [word + change for word in wide for change in (0, 1 << 28, (1 << 28) + 1)]
    words = _corners(64) + _random(64, 10000, 7) + [w for w in ties if w < 1 << 64]
    expected = _words(_floats(words, 64).astype(np.float32), 32)
    shorten = functions("softfloat_fptrunc", 32, 64)
    assert [hex(w) for w, e in zip(words, expected, strict=True) if shorten(w) != e] == []


def _function(body: str, kind: str, result: str) -> str:
    words = {"float": "i32", "double": "i64"}
    casts = "".join(
        f"  %{name} = bitcast {words[kind]} %{name}.word to {kind}\n" for name in ("a", "b")
    )
    return (
        f"define {result} @f({words[kind]} %a.word, {words[kind]} %b.word) {{\n{casts}{body}"
        f"  ret {result} %r\n}}\n"
    )


@pytest.mark.parametrize("kind", ["float", "double"])
@pytest.mark.parametrize("predicate", PREDICATES)
def test_predicates_keep_their_meaning(predicate: str, kind: str) -> None:
    text = _function(f"  %r = fcmp nsz {predicate} {kind} %a, %b\n", kind, "i1")
    bits = 32 if kind == "float" else 64
    _same(text, bits, 1)


@pytest.mark.parametrize(
    "body",
    [
        "  %n = fneg float %a\n  %r = bitcast float %n to i32\n",
        "  %n = tail call noundef float @llvm.fabs.f32(float noundef %a)\n"
        "  %r = bitcast float %n to i32\n",
        "  %n = call float @llvm.copysign.f32(float %a, float %b)\n"
        "  %r = bitcast float %n to i32\n",
        "  %n = call float @llvm.fmuladd.f32(float %a, float %b, float 1.500000e+00)\n"
        "  %r = bitcast float %n to i32\n",
        "  %n = fadd float %a, 0x3FB99999A0000000\n  %r = bitcast float %n to i32\n",
        "  %n = fmul float %a, -2.500000e-01\n  %r = bitcast float %n to i32\n",
        "  %c = call i1 @llvm.is.fpclass.f32(float %a, i32 411)\n  %r = zext i1 %c to i32\n",
        "  %c = fcmp olt float %a, %b\n  %n = uitofp i1 %c to float\n"
        "  %r = bitcast float %n to i32\n",
        "  %t = trunc i32 %b.word to i7\n  %n = sitofp i7 %t to float\n"
        "  %r = bitcast float %n to i32\n",
        "  %t = sext i32 %b.word to i100\n  %n = sitofp i100 %t to float\n"
        "  %r = bitcast float %n to i32\n",
    ],
)
def test_the_rewritten_code_gives_the_same_words(body: str) -> None:
    declared = "".join(f"declare {d}\n" for d in (
        "float @llvm.fabs.f32(float)", "float @llvm.copysign.f32(float, float)",
        "float @llvm.fmuladd.f32(float, float, float)", "i1 @llvm.is.fpclass.f32(float, i32)",
    ))  # fmt: skip
    _same(declared + _function(body, "float", "i32"), 32, 32)


def _same(text: str, bits: int, result: int) -> None:
    """The function of two words gives the same before and after its floating point is rewritten.

    Of two NaNs the compiler may hand on either, as it may exchange the operands.
    """
    before = compiled(text)("f", result, bits, bits)
    words = without_floats(text, ["f"], defined())
    assert not uses_floats(words)
    after = compiled(words)("f", result, bits, bits)
    corners = _corners(bits)
    nan = np.isnan(_floats(corners, bits))
    numbers = [word for word, is_nan in zip(corners, nan, strict=True) if not is_nan]
    pairs = [(a, b) for a in corners[::3] for b in numbers[::5]]
    pairs += [(a, b) for a in numbers[::3] for b in corners[::5]]
    assert [(hex(a), hex(b)) for a, b in pairs if before(a, b) != after(a, b)] == []


def test_constants_and_arrays_become_words() -> None:
    text = (
        "@t = constant [2 x float] [float 1.0, float 0x7FF8000000000000]\n%S = type { double, i8 }"
    )
    text = text.replace("1.0,", "1.000000e+00,")
    words = rewritten(text)
    assert "[2 x i32] [i32 1065353216, i32 2143289344]" in words
    assert "%S = type { i64, i8 }" in words


def test_names_and_strings_are_left_alone() -> None:
    line = '@float.x = constant [6 x i8] c"float\\00"'
    assert rewritten(line).strip() == line
    assert not uses_floats(line)
