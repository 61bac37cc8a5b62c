"""Random kernels: what the compiled C++ answers, the synthesised Verilog answers."""

import os

import pytest
from kernel_runs import Kernel, verified
from random_float_kernel import Kernel as RandomFloatKernel
from random_kernel import Kernel as RandomKernel

FIRST = int(os.environ.get("SILIWRIGHT_FUZZ_FIRST", "0"))
"""The first seed of the full run; each part of the ten thousand programs begins at another."""
FULL = int(os.environ.get("SILIWRIGHT_FUZZ_COUNT", "200"))


def _check(seed: int) -> None:
    random = RandomKernel(seed)
    verified(Kernel("top", {"kernel.cpp": random.text}, {"tb.cpp": random.testbench}))


@pytest.mark.parametrize("seed", range(16))
def test_a_random_kernel_is_bit_exact(seed: int) -> None:
    _check(seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(FIRST + 16, FIRST + FULL))
def test_many_random_kernels_are_bit_exact(seed: int) -> None:
    _check(seed)


def _check_floats(seed: int) -> None:
    random = RandomFloatKernel(seed)
    verified(Kernel("top", {"kernel.cpp": random.text}, {"tb.cpp": random.testbench}))


@pytest.mark.parametrize("seed", range(4))
def test_a_random_kernel_of_floats_is_bit_exact(seed: int) -> None:
    _check_floats(seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(FIRST + 4, FIRST + FULL // 4))
def test_many_random_kernels_of_floats_are_bit_exact(seed: int) -> None:
    _check_floats(seed)
