"""Compositions: chains of stream kernels as one accelerator, and what does not chain."""

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.library.configurations import drawn
from prompts.composition.composition import JOINED, Composition
from prompts.composition.ends import chains
from prompts.composition.joints import adapters
from prompts.demo import Demo, ParameterError
from prompts.demos import demos
from prompts.design import Design
from prompts.kernels import kernel_named
from prompts.reading import read
from prompts.sheet import Setting
from prompts.vectors import Vectors
from tools.cosim import cosim
from tools.csim import csim
from tools.hls.engine import VERILOG, hls
from tools.lint import lint
from tools.place_route import place_route
from tools.report import Report

STREAMS = sorted(name for name, demo in demos().items() if chains(demo))
SAMPLED, FULL = 2, 20


def prove(design: Design, vectors: Vectors, by_hls: bool = True) -> Report:
    """The Verilog is clean, C++ and Verilog answer as the golden model, and so does what HLS
    makes of the C++; returns the co-simulation of the Verilog."""
    linted = lint(design)
    assert linted.passed and not linted.metrics["warnings"], linted.text()
    for report in (csim(design, vectors), by_hand := cosim(design, vectors)):
        assert report.passed, report.text()
    if by_hls:
        made = hls(replace(design, files=design.cxx))
        assert made.passed, made.text()
        verilog = {VERILOG: made.artifacts[VERILOG].read_text()}
        report = cosim(replace(design, files=verilog), vectors)
        assert report.passed, report.text()
    return by_hand


@pytest.mark.parametrize("seed", range(-1, 2))
@pytest.mark.parametrize("name", adapters())
def test_adapters_hold(name: str, seed: int) -> None:
    demo = adapters()[name]
    settings = demo.settle() if seed < 0 else drawn(demo, seed)
    prove(demo.design(settings), demo.vectors(settings, count=2), by_hls=seed < 0)


def small(demo: Demo, source: random.Random) -> dict[str, Setting]:
    """Random settings of a kernel that hold its constraints."""
    return drawn(demo, source.randrange(1 << 30))


def random_chain(seed: int) -> tuple[Composition, dict[str, Setting]]:
    """Two to four kernels; the first has random settings, and the others what fits of theirs."""
    source = random.Random(seed)
    while True:
        chain = Composition.of(
            demos()[name] for name in source.choices(STREAMS, k=source.randint(2, 4))
        )
        chosen: dict[str, Setting] = {}
        for place, kernel in enumerate(chain.kernels):
            for name, value in small(kernel.demo, source).items():
                full = f"{kernel.name}.{name}"
                if place == 0 or (full in chain.parameters and source.random() < 0.5):
                    chosen[full] = value
        try:
            settled = chain.settle(chosen)
        except ParameterError:
            continue
        if chain.lower_bound(settled) < 2000:
            return chain, settled


@pytest.mark.parametrize("seed", range(SAMPLED))
def test_random_chains_hold(seed: int) -> None:
    chain, settings = random_chain(seed)
    prove(chain.design(settings), chain.vectors(settings, count=1), by_hls=False)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(SAMPLED, FULL))
def test_many_random_chains_hold(seed: int) -> None:
    chain, settings = random_chain(seed)
    prove(chain.design(settings), chain.vectors(settings, count=1))


def test_a_stage_takes_the_shape_of_the_one_before() -> None:
    chain = kernel_named(JOINED.join(["conv2d", "relu_requant", "conv2d", "softmax"]))
    settings = chain.settle({"conv2d_1.height": 6, "conv2d_1.width": 5, "conv2d_1.cout": 3})
    plan = chain.plan(settings)
    assert plan.stage("relu_requant").settings["length"] == 90
    assert plan.stage("conv2d_2").settings["cin"] == 3
    assert plan.stage("softmax").interface.arguments[0].shape == (30, 1)
    assert chain.settle(settings) == settings
    assert "conv2d_2.cin" not in settings


def test_stages_joined_by_a_memory_are_about_the_same_data_and_follow_each_other() -> None:
    chain = kernel_named("snapkv+kept_attention")
    settings = chain.settle({"snapkv.heads": 3, "snapkv.dim": 32, "kept_attention.lanes": 8})
    plan = chain.plan(settings)
    snapkv, kept = plan.stages
    assert (kept.settings["heads"], kept.settings["dim"], kept.settings["lanes"]) == (3, 32, 8)
    assert "kept_attention.heads" not in settings
    assert plan.waited_for(kept) == snapkv
    assert plan.notes == ("kept_attention begins when snapkv has written idx",)
    alone = [stage.demo.lower_bound(stage.settings) for stage in plan.stages]
    assert chain.lower_bound(settings) == sum(alone)


def test_lanes_that_nobody_named_are_fewer_where_multipliers_are() -> None:
    text = "SnapKV, then attention over the kept keys with 16 lanes"
    whole = kernel_named("snapkv+kept_attention")
    large = read(f"{text}, on ECP5-85k", demos()).task.parameters
    assert (large["snapkv.lanes"], large["kept_attention.lanes"]) == (16, 16)
    reading = read(f"{text}, at most 24 DSPs", demos())
    assert reading.problem == ""
    assert "snapkv.lanes: 2, for 24 multipliers in all" in reading.task.notes
    assert reading.task.parameters["kept_attention.lanes"] == 16
    assert whole.multipliers(reading.task.parameters) <= 24
    assert "at most 6 DSPs contradict" in read(f"{text}, at most 6 DSPs", demos()).problem


def test_what_two_stages_need_between_them_is_told() -> None:
    chain = kernel_named("conv2d+conv2d")
    plan = chain.plan(chain.settle({"conv2d_1.height": 4, "conv2d_1.width": 4}))
    assert [s.demo.name for s in plan.stages] == ["conv2d", "relu_requant", "conv2d"]
    assert plan.notes == ("between conv2d_1 and conv2d_2: a requantisation from int32 to int8",)
    wide = kernel_named("conv2d+relu_requant+softmax")
    plan = wide.plan(wide.settle({"conv2d.cout": 3, "relu_requant.lanes": 3}))
    assert [s.demo.name for s in plan.stages if s.adapter] == ["regroup", "regroup"]


REFUSED: list[tuple[str, Mapping[str, Setting], str]] = [
    ("fir+softmax", {"softmax.rows": 5, "softmax.length": 7}, "fir gives 256 and softmax takes"),
    ("fir+dot_product", {}, "dot_product (stage 2) takes no stream"),
    ("snapkv+softmax", {}, "snapkv (stage 1) sends no stream"),
    ("snapkv+kept_attention", {"kept_attention.heads": 3}, "takes 3 x 16 = 48 elements of uint6"),
    ("fir+nothing", {}, "there is no kernel 'nothing'"),
    ("fir+softmax", {"relu.x": 3}, "name a stage (fir, softmax)"),
    ("fir+softmax", {"fir.taps": 4096}, "fir: taps = 4096 is above 256"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "settings", "says"), REFUSED)
def test_what_does_not_chain_is_refused(
    name: str, settings: Mapping[str, Setting], says: str
) -> None:
    with pytest.raises(ParameterError) as refused:
        kernel_named(name).settle(settings)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


REFERENCES = {
    "perceptron": "a two-layer MLP 16-8-4 with ReLU, 4 lanes",
    "deep perceptron": "MLP 12-8-6-4 with ReLU, 2 lanes",
    "image classifier": "3x3 conv with 2 filters on 6x6 images, relu, fully connected layer with "
    "5 outputs and 4 lanes, softmax",
    "feature maps": "3x3 convolution on 6x5 images with 2 filters -> ReLU -> softmax",
    "two convolutions": "3x3 convolution on 6x6 images with 2 filters, then ReLU, then a 1x1 "
    "convolution with 3 filters",
    "attention head": "one attention head with softmax, 3 queries, 6 keys, dim 8, 4 lanes",
    "feed-forward block": "a transformer feed-forward block, 2 tokens, 8 wide, hidden 12, 4 lanes",
    "filter bank": "5-tap FIR for blocks of 24 samples -> ReLU -> softmax over 8 scores",
    "linear classifier": "linear layer from 12 to 5 features for 3 tokens, 4 lanes, then softmax",
    "separable convolution": "depthwise 3x3 conv on 8x8x4 images, then a pointwise conv with 6 "
    "filters and ReLU",
    "turned features": "linear layer 16 to 8 for 8 tokens, then quantize to int8 with 1 lane, then "
    "transpose 8x8 matrix",
    "two filters": "FIR with 5 taps, 20 samples per block -> FIR with 3 taps",
    "kept keys": "SnapKV for 2 heads of dimension 8 with 20 positions, a window of 4 and 6 kept, "
    "then attention over the kept keys with 2 queries",
    "a layer on kept keys": "SnapKV, then attention over the kept keys, 1 head of dimension 4, 12 "
    "positions, window 3, keep 3, 2 queries, then a linear layer with 5 outputs",
}
"""Compositions that people ask for, in sizes that are simulated quickly."""
SYNTHESISED = ("perceptron", "attention head", "kept keys")
PLACED = ("perceptron", "linear classifier", "kept keys")


def asked(name: str) -> tuple[Design, Vectors]:
    reading = read(REFERENCES[name], demos())
    assert reading.problem == ""
    chain = kernel_named(reading.task.kernel)
    settings = reading.task.parameters
    return chain.design(settings), chain.vectors(settings, count=1)


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_holds(name: str) -> None:
    design, vectors = asked(name)
    prove(design, vectors, by_hls=name in SYNTHESISED)


@pytest.mark.full
@pytest.mark.parametrize("name", [name for name in REFERENCES if name not in SYNTHESISED])
def test_every_reference_holds_by_hls(name: str) -> None:
    design, vectors = asked(name)
    prove(design, vectors)


@pytest.mark.parametrize("name", PLACED)
def test_a_reference_is_placed(name: str) -> None:
    design, _ = asked(name)
    report = place_route(replace(design, files=design.verilog), "ecp5-25k", 50.0)
    assert report.passed, report.text()
    assert report.metrics["fmax_mhz"] > 50
