"""The functions of softmath/ as the engine has them, against numbers of more digits."""

from collections.abc import Callable

import numpy as np
import pytest
from native_code import all_operators

from prompts.design import Design
from tools.hls.engine import hls
from tools.hls.softfloat.rewrite import with_own_functions

FLOAT = {32: np.float32, 64: np.float64}
WORD = {32: np.uint32, 64: np.uint64}
COUNT = 4000
RANGES = {
    "exp": {32: (-110, 90), 64: (-750, 710)},
    "exp2": {32: (-155, 129), 64: (-1080, 1025)},
    "sin": {32: (-40, 40), 64: (-40, 40)},
    "cos": {32: (-40, 40), 64: (-40, 40)},
    "tan": {32: (-40, 40), 64: (-40, 40)},
    "arctan": {32: (-9, 9), 64: (-9, 9)},
    "tanh": {32: (-11, 11), 64: (-22, 22)},
    "arcsin": {32: (-1, 1), 64: (-1, 1)},
    "arccos": {32: (-1, 1), 64: (-1, 1)},
    "sinh": {32: (-92, 92), 64: (-715, 715)},
    "cosh": {32: (-92, 92), 64: (-715, 715)},
    "expm1": {32: (-20, 90), 64: (-40, 712)},
    "log1p": {32: (-1, 3), 64: (-1, 3)},
    "arcsinh": {32: (-3, 3), 64: (-3, 3)},
    "arccosh": {32: (1, 4), 64: (1, 4)},
    "arctanh": {32: (-1, 1), 64: (-1, 1)},
    "cbrt": {32: (-9, 9), 64: (-9, 9)},
}  # fmt: skip
MOST_ULP = 0.9
"""The distance from the true value in units of the last place; 0.5 is that of a rounded one."""

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # numpy's, of NaN and overflow


def _worst(exact: np.ndarray, found: np.ndarray) -> float:
    """The greatest distance of numbers from the exact ones; what is no number must be the same."""
    rounded = exact.astype(found.dtype)
    finite = np.isfinite(rounded)
    same = (found == rounded) | (np.isnan(found) & np.isnan(rounded))
    assert np.all(same[~finite]), (exact[~finite & ~same], found[~finite & ~same])
    assert np.all(np.isfinite(found[finite]))
    distance = np.abs(found[finite].astype(np.longdouble) - exact[finite])
    return float(np.max(distance / np.spacing(np.abs(rounded[finite]))))


def _called(name: str, bits: int, *arguments: np.ndarray) -> np.ndarray:
    function = all_operators()(f"softmath_{name}_{bits}", bits, *(bits for _ in arguments))
    words = zip(*(a.view(WORD[bits]).tolist() for a in arguments), strict=True)
    return np.array([function(*w) for w in words], WORD[bits]).view(FLOAT[bits])


def _anything(bits: int, seed: int) -> np.ndarray:
    """Numbers of any exponent, infinities and NaN among them."""
    draw = np.random.default_rng(seed)
    words = draw.integers(0, 1 << bits, COUNT, dtype=WORD[bits])
    edges = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 0.5, 2, -2, 3, 1e-40, -1e-40])
    return np.concatenate([words.view(FLOAT[bits]), edges.astype(FLOAT[bits])])


@pytest.mark.parametrize("bits", FLOAT)
@pytest.mark.parametrize("name", RANGES)
def test_a_function_of_any_number_is_within_a_unit(name: str, bits: int) -> None:
    draw = np.random.default_rng(7)
    usual = draw.uniform(*RANGES[name][bits], COUNT)
    near = draw.uniform(-0.02, 0.02, COUNT)
    turns = np.arange(1, 400) * np.pi / 2  # where sin or cos is nearly 0
    x = np.concatenate([usual, near, near + 1, turns]).astype(FLOAT[bits])
    if bits == 32 or name not in (
        "sin",
        "cos",
        "tan",
    ):  # longdouble has too few digits of pi for doubles
        x = np.concatenate([x, _anything(bits, 8)])
    reference: Callable[..., np.ndarray] = getattr(np, name)
    exact, found = reference(x.astype(np.longdouble)), _called(name.replace("arc", "a"), bits, x)
    assert _worst(exact, found) < MOST_ULP
    assert np.all(np.isnan(exact) | (np.signbit(exact) == np.signbit(found)))


@pytest.mark.parametrize("bits", FLOAT)
@pytest.mark.parametrize("name", ["log", "log2", "log10"])
def test_a_logarithm_is_within_a_unit(name: str, bits: int) -> None:
    draw = np.random.default_rng(9)
    near = draw.uniform(0.98, 1.02, COUNT)
    x = np.concatenate([near, 2.0 ** np.arange(-100, 100), [-1.0, -0.0]]).astype(FLOAT[bits])
    x = np.concatenate([x, _anything(bits, 10)])
    exact = getattr(np, name)(x.astype(np.longdouble))
    assert _worst(exact, _called(name, bits, x)) < MOST_ULP


def test_the_logarithm_of_a_power_of_two_is_whole() -> None:
    powers = np.arange(-1022, 1023)
    assert _called("log2", 64, 2.0**powers).tolist() == powers.tolist()


def test_roots_of_whole_numbers_that_are_whole_are_exact() -> None:
    whole = np.arange(-400.0, 400.0)
    assert _called("cbrt", 64, whole**3).tolist() == whole.tolist()
    assert _called("hypot", 32, *np.array([[3, 5, 8], [4, 12, 15]], np.float32)).tolist() == [
        5,
        13,
        17,
    ]


@pytest.mark.parametrize("bits", FLOAT)
def test_a_power_is_within_a_unit(bits: int) -> None:
    draw = np.random.default_rng(11)
    edges = np.array([0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 2, -2, 3, -3, 0.5, 2.5, -2.5, 1e30])
    bases, powers = (grid.ravel() for grid in np.meshgrid(edges, edges))
    x = np.concatenate([np.exp(draw.uniform(-60, 60, COUNT)), draw.uniform(-9, 9, COUNT), bases])
    y = np.concatenate([draw.uniform(-2, 2, COUNT), draw.integers(-20, 20, COUNT), powers])
    x, y = x.astype(FLOAT[bits]), y.astype(FLOAT[bits])
    exact = np.power(x.astype(np.longdouble), y.astype(np.longdouble))
    found = _called("pow", bits, x, y)
    assert _worst(exact, found) < MOST_ULP
    signs = np.isnan(exact) | (np.signbit(exact) == np.signbit(found))
    assert np.all(signs), (x[~signs], y[~signs])


@pytest.mark.parametrize("bits", FLOAT)
@pytest.mark.parametrize(("name", "numpy_name"), [("atan2", "arctan2"), ("hypot", "hypot")])
def test_the_angle_and_the_length_of_a_point_are_within_a_unit(
    name: str, numpy_name: str, bits: int
) -> None:
    draw = np.random.default_rng(12)
    edges = np.array([0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 2, -2, 0.0625, 1e-30, -1e30, 1e-40])
    points = (grid.ravel() for grid in np.meshgrid(edges, edges))
    y, x = (
        np.concatenate([draw.uniform(-3, 3, COUNT), _anything(bits, seed)[:COUNT], some])
        for seed, some in zip((13, 14), points, strict=True)
    )
    y, x = y.astype(FLOAT[bits]), x.astype(FLOAT[bits])
    exact = getattr(np, numpy_name)(y.astype(np.longdouble), x.astype(np.longdouble))
    found = _called(name, bits, y, x)
    assert _worst(exact, found) < MOST_ULP
    assert np.all(np.isnan(exact) | (np.signbit(exact) == np.signbit(found)))


@pytest.mark.parametrize("name", ["fmin", "fmax"])
def test_the_lesser_and_the_greater_number(name: str) -> None:
    x, y = _anything(32, 12), _anything(32, 13)
    expected = getattr(np, name)(x, y)
    assert np.array_equal(_called(name, 32, x, y), expected, equal_nan=True)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("std::erf(x)", "the function 'erf' of floating point is not supported"),
        ("float((long double)x * x * x + x)", "the HLS engine supports float and double"),
        ("float(_Float16(x) * _Float16(x))", "the HLS engine supports float and double"),
        ("std::remainder(x, 2.0f)", "the function 'remainder' of floating point"),
    ],
)
def test_what_has_no_operator_is_refused_at_its_line(expression: str, said: str) -> None:
    text = f"#include <cmath>\nfloat top(float x) {{\n    return {expression};\n}}\n"
    report = hls(Design({"kernel.cpp": text}, "top"))
    assert report.status == "failed" and said in report.summary, report.text()
    assert report.diagnostics[0].line == 3


def test_calls_of_the_c_library_become_ours() -> None:
    text = (
        "declare float @expf(float)\ndeclare float @llvm.exp.f32(float)\n"
        "define double @pow(double %x, double %y) {\n  ret double %x\n}\n"
        "  %a = call float @expf(float %x)\n  %b = call double @pow(double %c, double %c)\n"
        "  %d = call double @llvm.minnum.f64(double %c, double %c)\n"
    )
    changed = with_own_functions(text)
    assert changed.count("declare float @softmath_exp_32(float)") == 1
    assert "call float @softmath_exp_32(float %x)" in changed
    assert "call double @pow(double %c, double %c)" in changed  # the kernel's own
    assert "call double @softmath_fmin_64(double %c, double %c)" in changed
