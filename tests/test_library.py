"""The demo library: C++, Verilog and golden model of every kernel agree, for any setting."""

import random

import pytest

from prompts.demo import Demo, ParameterError
from prompts.demos import demos
from prompts.sheet import Setting
from tools.cosim import cosim
from tools.csim import csim
from tools.lint import lint
from tools.parse import parse

NAMES = sorted(demos())
SAMPLED, FULL = 3, 40
SMALL = 24
"""Random settings stay below this, or the default, to keep a simulation short."""


def settings_of(demo: Demo, seed: int) -> dict[str, Setting]:
    """Random parameters within their ranges that also hold the constraints."""
    source = random.Random(f"{demo.name} {seed}")
    for _ in range(1000):
        chosen: dict[str, Setting] = {}
        for name, parameter in demo.parameters.items():
            if parameter.choices:
                chosen[name] = source.choice(parameter.choices)
            elif parameter.low is not None and parameter.high is not None:
                usual = parameter.default if isinstance(parameter.default, int) else SMALL
                high = max(parameter.low, min(parameter.high, max(SMALL, usual)))
                chosen[name] = source.randint(parameter.low, high)
        try:
            return demo.settle(chosen)
        except ParameterError:
            continue
    raise AssertionError(f"no setting of {demo.name} holds its constraints")


def prove(demo: Demo, settings: dict[str, Setting]) -> None:
    design, vectors = demo.design(settings), demo.vectors(settings, seed=11, count=2)
    for report in (
        parse(design),
        lint(design),
        csim(design, vectors),
        cosim(design, vectors),
    ):
        assert report.passed, f"{settings}\n{report.text()}"


@pytest.mark.parametrize("name", NAMES)
def test_the_defaults_hold(name: str) -> None:
    demo = demos()[name]
    prove(demo, demo.settle())


@pytest.mark.parametrize("seed", range(SAMPLED))
@pytest.mark.parametrize("name", NAMES)
def test_random_settings_hold(name: str, seed: int) -> None:
    demo = demos()[name]
    prove(demo, settings_of(demo, seed))


@pytest.mark.full
@pytest.mark.parametrize("seed", range(SAMPLED, FULL))
@pytest.mark.parametrize("name", NAMES)
def test_many_random_settings_hold(name: str, seed: int) -> None:
    demo = demos()[name]
    prove(demo, settings_of(demo, seed))


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_result_is_noticed(name: str) -> None:
    """The vectors are sharp: with one expected value changed, both simulations fail."""
    demo = demos()[name]
    settings = demo.settle()
    vectors = demo.vectors(settings, seed=5, count=1)
    output = vectors.interface.outputs[-1]
    last = vectors.calls[-1].outputs[output.name]
    last.flat[last.size // 2] ^= 1
    design = demo.design(settings)
    for report in (csim(design, vectors), cosim(design, vectors)):
        assert report.status == "failed"
        assert report.diagnostics[0].code == "MISMATCH"


@pytest.mark.parametrize("name", NAMES)
def test_parameters_out_of_range_are_refused(name: str) -> None:
    demo = demos()[name]
    for parameter, spec in demo.parameters.items():
        if spec.high is not None:
            with pytest.raises(ParameterError, match=parameter):
                demo.settle({parameter: spec.high + 1})
        else:
            with pytest.raises(ParameterError, match=parameter):
                demo.settle({parameter: "no such choice"})
    with pytest.raises(ParameterError, match="has no parameter"):
        demo.settle({"colour": 3})
