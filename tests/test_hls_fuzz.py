"""Random kernels: what the compiled C++ answers, the synthesised Verilog answers.

The programs of a part are tried by one process of the command `python tests/fuzz`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.kinds import KINDS
from fuzz.program import Program, Result
from fuzz.reduce import reduced

FUZZ = Path(__file__).parent / "fuzz"
FIRST = int(os.environ.get("SILIWRIGHT_FUZZ_FIRST", "100"))
"""The first seed of the full run; each part of the ten thousand programs begins at another."""
FULL = int(os.environ.get("SILIWRIGHT_FUZZ_COUNT", "100"))
"""How many programs of each kind the full run has."""
FIRST_OF_EACH = {"plain": 6, "wide": 4, "fixed": 3, "floats": 1, "calls": 4, "ports": 5, "tasks": 4}


def _check(kind: str, first: int, count: int) -> None:
    command = [sys.executable, FUZZ, kind, "--first", str(first), "--count", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_random_kernels_are_bit_exact(kind: str) -> None:
    _check(kind, 0, FIRST_OF_EACH[kind])


@pytest.mark.full
@pytest.mark.parametrize("first", range(FIRST, FIRST + FULL, 25))
@pytest.mark.parametrize("kind", KINDS)
def test_many_random_kernels_are_bit_exact(kind: str, first: int) -> None:
    _check(kind, first, min(25, FIRST + FULL - first))


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_always_gives_the_same_program(kind: str) -> None:
    assert KINDS[kind](7).whole == KINDS[kind](7).whole != KINDS[kind](8).whole


def test_a_counter_example_loses_what_it_does_not_need() -> None:
    text = "int top(int a) {\n  if (a > 3) {\n    a *= 2;\n  }\n  a += 5;\n  return a;\n}\n"

    def tried(program: Program) -> Result:
        return Result("mismatch" if "a += 5" in program.text else "right")

    smaller = reduced(Program(text, ""), "mismatch", tried)
    assert smaller.text == "int top(int a) {\n  a += 5;\n}\n"
