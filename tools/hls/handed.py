"""What kept functions do to the memories of their callers, as accesses of these."""

from dataclasses import dataclass

from tools.hls.ir import Function, Kind, Op

_KINDS: tuple[Kind, ...] = ("load", "store")


@dataclass(frozen=True)
class Handed:
    """All loads, or all stores, through one `port` of the callee's `array` during a call, as one
    operation on the caller's memory; `call` is the call in `block`."""

    op: Op
    call: Op
    block: str
    array: str
    port: int


def handed(function: Function) -> list[Handed]:
    """The accesses of all calls; their operations have numbers that no other one has."""
    found: list[Handed] = []
    for block in function.blocks:
        call = block.call
        if call is None:
            continue
        memories = function.sites[call.value].memories
        for array, ports in function.callees[call.name].accesses.items():
            memory = function.memories[memories[array]]
            for port, kinds in enumerate(ports):
                for kind in _KINDS:
                    if kind in kinds:
                        bits = memory.bits if kind == "load" else 0
                        op = Op(-1 - len(found), kind, bits, (), name=memory.name, line=call.line)
                        found.append(Handed(op, call, block.name, array, port))
    return found
