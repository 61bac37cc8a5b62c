"""Scalars that are handed over by a handshake: their ports at the wrapper around a core."""

from collections.abc import Iterator
from dataclasses import dataclass

from prompts.interface import Interface


@dataclass(frozen=True)
class Handed:
    """One direction of a scalar: the stem of its ports, and what stands beside it."""

    name: str
    bits: int
    valid: bool
    acknowledged: bool


def given(interface: Interface) -> list[Handed]:
    """The inputs: each is taken when a call begins."""
    return list(_handed(interface, "in", "_i"))


def sent(interface: Interface) -> list[Handed]:
    """The outputs: a call ends when each that it has written is taken."""
    return list(_handed(interface, "out", "_o"))


def _handed(interface: Interface, direction: str, ending: str) -> Iterator[Handed]:
    for argument in interface.arguments:
        if argument.handshake and argument.direction in (direction, "inout"):
            name = argument.name + (ending if argument.direction == "inout" else "")
            kind = argument.handshake
            yield Handed(name, argument.bits, kind != "ap_ack", kind != "ap_vld")
