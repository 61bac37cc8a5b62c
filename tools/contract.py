"""Two designs as a caller sees them who keeps to the accelerator's interface.

Differences outside of it do not show: data that is not valid, words that are not asked for, and
what a reset in the middle of a call would do.
"""

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from prompts.design import Design
from prompts.interface import RETURN, Argument, Interface
from tools.abc_prover import induce
from tools.elaborate import elaborate
from tools.miter import Miter, Reset, differing
from tools.process import Limits

_BUILD_S = 30.0
RESET_CYCLES = 8
"""How long the caller resets the designs, as the co-simulation does."""


def is_comparable(interface: Interface) -> bool:
    """Whether the caller is known here: memories have one port, scalars one direction, streams
    no side channels, and there is no handshake, FIFO or bus."""
    return interface.calls == "ap_ctrl_hs" and not any(
        a.accesses > 1
        or a.fifo
        or a.bus
        or a.channels
        or a.handshake
        or (a.direction == "inout" and (a.registers or a.kind == "scalar"))
        for a in interface.arguments
    )


def equal_in_use(
    design: Design,
    other: Design,
    *,
    time_s: float,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> bool:
    """Whether it is proved, for ever, that no such caller can tell the other design from this one.

    Cycle by cycle, from any state that registers power up in. Raises `ToolError` when the two
    cannot be put side by side, and `TimedOut` when that takes too long.
    """
    interface = design.interface
    if interface is None or not is_comparable(interface):
        return False
    start = time.monotonic()
    limits = Limits(time_s=_BUILD_S)
    gold = elaborate(design, "gold", {}, limits, stop, cache=cache)
    gate = elaborate(other, "gate", {}, limits, stop, cache=cache)
    if differing(gold, gate):
        return False
    contract = Contract(gold, gate, Reset("ap_rst"), RESET_CYCLES, interface=interface)
    circuit, _ = contract.circuit(limits, stop, cache)
    left = max(2.0, round(time_s - (time.monotonic() - start)))
    proof = induce(circuit, 2, left, stop, cache)
    return proof.answer == "never"


@dataclass(frozen=True)
class Contract(Miter):
    """A miter that calls both designs, and compares what their interface promises."""

    interface: Interface = field(kw_only=True)
    template: ClassVar[str] = "contract"

    def names(self) -> dict[str, Any]:
        found: dict[str, list[Any]] = {key: [] for key in ("scalars", "sources", "reads")}
        driven = [("ap_rst", "!compared"), ("ap_start", "start")]
        compared: list[str] = []
        for argument in self.interface.arguments:
            for stem in argument.bank_names():
                if group := _group(argument):
                    bits = argument.tdata_bits if group == "sources" else argument.word_bits
                    found[group].append({"stem": stem, "bits": bits})
                driven += _driven(argument, stem).items()
                compared += _compared(argument, stem)
        return {**super().names(), **found, "driven": driven, "compared": compared}


def _group(argument: Argument) -> str:
    """What the caller keeps for the argument."""
    if argument.direction == "out":
        return ""
    if argument.kind == "memory" and not argument.registers:
        return "reads"
    return "sources" if argument.kind == "stream" else "scalars"


def _driven(argument: Argument, stem: str) -> Mapping[str, str]:
    """The caller's value at each input of the argument; SIDE is the design's name."""
    match _group(argument):
        case "reads":
            return {f"{stem}_q0": f"SIDE_{stem}_q"}
        case "sources":
            return {f"{stem}_TVALID": f"valid_{stem}", f"{stem}_TDATA": f"now_{stem}"}
        case "scalars":
            return {stem: f"now_{stem}"}
    return {f"{stem}_TREADY": f"in_{stem}_TREADY"} if argument.kind == "stream" else {}


def _compared(argument: Argument, stem: str) -> Iterator[str]:
    """What must not be true of the argument's outputs."""
    bits = f"[{argument.word_bits - 1}:0]"
    if argument.kind == "stream" and argument.direction == "in":
        yield _differ(f"{stem}_TREADY", f"valid_{stem}")
    elif argument.kind == "stream":
        valid = f"gold_{stem}_TVALID"
        yield _differ(f"{stem}_TVALID")
        yield _differ(f"{stem}_TDATA{bits}", valid)
        if argument.last:
            yield _differ(f"{stem}_TLAST", valid)
    elif argument.direction != "in" and argument.kind == "memory" and not argument.registers:
        writes = f"gold_{stem}_ce0 && gold_{stem}_we0"
        yield f"({writes}) != (gate_{stem}_ce0 && gate_{stem}_we0)"
        yield _differ(f"{stem}_address0", writes)
        yield _differ(f"{stem}_d0", writes)
    elif stem == RETURN:
        yield _differ(stem, "gold_ap_done")
    elif argument.direction != "in":
        yield _differ(f"{stem}_ap_vld")
        yield _differ(stem, f"gold_{stem}_ap_vld")


def _differ(output: str, when: str = "") -> str:
    return (
        f"{when} && gold_{output} != gate_{output}" if when else f"gold_{output} != gate_{output}"
    )
