"""The demo library: C++, Verilog and golden model of every kernel agree, for any setting."""

import pytest

from app.library.check import MEASURED, measured
from app.library.configurations import drawn
from prompts.demo import Demo, ParameterError
from prompts.demos import demos
from prompts.sheet import Setting
from tools.cosim import cosim
from tools.csim import csim
from tools.lint import lint
from tools.parse import parse

NAMES = sorted(demos())
SAMPLED, FULL = 1, 40


SEED, CALLS = 11, 2
"""Of the vectors: the same everywhere, so that a simulator is built once for each design."""


def prove(demo: Demo, settings: dict[str, Setting]) -> None:
    design, vectors = demo.design(settings), demo.vectors(settings, SEED, CALLS)
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
    prove(demo, drawn(demo, seed))


@pytest.mark.full
@pytest.mark.parametrize("seed", range(SAMPLED, FULL))
@pytest.mark.parametrize("name", NAMES)
def test_many_random_settings_hold(name: str, seed: int) -> None:
    demo = demos()[name]
    prove(demo, drawn(demo, seed))


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_result_is_noticed(name: str) -> None:
    """The vectors are sharp: with one expected value changed, both simulations fail."""
    demo = demos()[name]
    settings = demo.settle()
    vectors = demo.vectors(settings, SEED, CALLS)
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


@pytest.mark.parametrize("name", [n for n, d in demos().items() if (d.folder / MEASURED).is_file()])
def test_what_was_measured_is_of_the_present_sources(name: str) -> None:
    row = measured(demos()[name])
    assert row is not None, f"measure again: ./siliwright demo check {name} --save"
    assert row.ok, row.problems


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_described_are_found_in_their_order(name: str) -> None:
    demo = demos()[name]
    source = demo.design(demo.settle()).verilog[f"{name}.v"]
    assert len(demo.description.located(source)) == len(demo.description.lines)
