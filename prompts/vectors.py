"""Test vectors: calls of an accelerator, each with its inputs and the outputs expected of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from prompts.interface import Argument, Interface, Values


@dataclass(frozen=True)
class Call:
    """The values of one call, by argument; an `inout` argument stands in both mappings.

    `before` may say what an output held before the call: what the call leaves alone is then to
    stay so, where otherwise every element has to be written.
    """

    inputs: Mapping[str, Values]
    outputs: Mapping[str, Values]
    before: Mapping[str, Values] = field(default_factory=dict)


@dataclass(frozen=True)
class Vectors:
    """Calls of one interface, to be made one after the other without a reset between them."""

    interface: Interface
    calls: tuple[Call, ...]

    def __post_init__(self) -> None:
        for call in self.calls:
            for argument in self.interface.inputs:
                _check(argument, call.inputs, "input")
            for argument in self.interface.outputs:
                _check(argument, call.outputs, "output")
                if argument.name in call.before:
                    _check(argument, call.before, "output before the call")


def _check(argument: Argument, values: Mapping[str, Values], role: str) -> None:
    if argument.name not in values:
        raise ValueError(f"the vectors give no {role} {argument.name!r}")
    array = np.asarray(values[argument.name])
    fits = argument.varies and array.ndim == 1 and array.size <= argument.count
    if array.shape != argument.shape and not fits:
        raise ValueError(f"{role} {argument.name!r} has shape {array.shape}, not {argument.shape}")
    low = -(1 << (argument.bits - 1)) if argument.signed else 0
    high = low + (1 << argument.bits) - 1
    if array.size and not (low <= array.min() and array.max() <= high):
        raise ValueError(
            f"{role} {argument.name!r} spans {array.min()} to {array.max()}, "
            f"which {argument.bits} bits do not hold ({low} to {high})"
        )
