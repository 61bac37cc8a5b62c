"""NetBooster's two networks: with linear activations the expanded block is one convolution."""

from collections.abc import Mapping

import numpy as np

from prompts.arithmetic import requantize, saturate, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.demos import demos
from prompts.interface import Values
from prompts.vectors import Call, Vectors
from tools.cosim import cosim

EXPAND, KERNEL, PROJECT = 0.4, 1 / 2_500, 1 / 1_200
"""What the sums of the three stages are multiplied by."""


def test_the_expanded_and_the_contracted_network_agree_within_one() -> None:
    block, convolution = demos()["netbooster_block"], demos()["conv2d"]
    boosted = block.settle()
    size = {name: boosted[name] for name in ("height", "width", "k")}
    channels = boosted["channels"]
    merged = convolution.settle(
        {**size, "cin": channels, "cout": channels, "weight_width": 16, "out_width": 40}
    )
    expanded, contracted = [], []
    for seed in (1, 2, 3):
        inputs = _inputs(block.stimulus(boosted, 0), seed)
        expanded.append(Call(inputs, block.golden(boosted, inputs)))
        kernel, unit = _contracted(inputs, boosted["k"])
        inputs = {"x": inputs["x"], "weights": kernel}
        contracted.append(Call(inputs, convolution.golden(merged, inputs)))
        sums = contracted[-1].outputs["y"]
        y = saturate(requantize(sums, *scale(EXPAND * KERNEL * PROJECT * unit), 40), 8)
        assert np.abs(y - expanded[-1].outputs["y"]).max() <= 1
        assert y.std() > 15 and np.mean(np.abs(y) > 126) < 0.1
    for demo, settings, calls in (
        (block, boosted, expanded),
        (convolution, merged, contracted),
    ):
        vectors = Vectors(demo.interface(settings), tuple(calls))
        assert cosim(demo.design(settings), vectors).passed


def _inputs(some: Mapping[str, Values], seed: int) -> dict[str, Values]:
    """A call with a slope of 1 in both activations and no skip, whose scales saturate nothing."""
    inputs = {**some, "slope": np.int64(256), "skip": np.int64(0)}
    for number, (name, most) in enumerate(
        {"x": 127, "expand": 127, "depthwise": 127, "project": 40}.items()
    ):
        inputs[name] = random_integers(10 * seed + number, inputs[name].shape, -most, most)
    for stage, factor in {"e": EXPAND, "d": KERNEL, "p": PROJECT}.items():
        mult, shift = scale(factor)
        inputs |= {f"mult_{stage}": np.int64(mult), f"shift_{stage}": np.int64(shift)}
    return inputs


def _contracted(inputs: Mapping[str, Values], k: int) -> tuple[Values, float]:
    """The kernel of the one convolution in 16 bits, and what its unit stands for."""
    depthwise = inputs["depthwise"].reshape(-1, k, k)
    whole = np.einsum("oe,erq,ec->ocrq", inputs["project"], depthwise, inputs["expand"])
    unit = np.abs(whole).max() / 32767
    return np.round(whole / unit).astype(np.int64), unit
