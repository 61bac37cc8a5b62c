"""What a task's function does to its surroundings."""

from dataclasses import dataclass, replace
from typing import Literal

from tools.hls.ir import Function, Return


@dataclass(frozen=True)
class Uses:
    """Names of memories, streams and scalar ports."""

    loads: frozenset[str]
    stores: frozenset[str]
    reads: frozenset[str]
    writes: frozenset[str]
    inputs: frozenset[str]
    outputs: frozenset[str]
    keeps: frozenset[str]
    """The variables of its own that keep their contents from call to call, by LLVM's names."""
    returns: bool

    @property
    def effect(self) -> bool:
        """Whether anything of it is seen outside."""
        seen = self.stores or self.reads or self.writes or self.outputs or self.keeps
        return bool(seen) or self.returns


def found_in(function: Function) -> Uses:
    """What a function uses."""

    def named(*kinds: str) -> frozenset[str]:
        return frozenset(op.name for op in function.ops() if op.kind in kinds)

    own = {name for name, memory in function.memories.items() if memory.place != "argument"}
    ends = [b.end for b in function.blocks]
    return Uses(
        named("load") - own, named("store") - own, named("read", "empty"), named("write", "full"),
        named("input"), named("output"),
        frozenset(
            function.memories[n].origin for n in own & named("store") if function.memories[n].keeps
        ),
        any(isinstance(end, Return) and end.value is not None for end in ends),
    )  # fmt: skip


def uses(function: Function) -> Uses:
    """What a function uses; it loses the streams and scalar ports that it does not."""
    found = found_in(function)
    kept = {}
    for name, stream in function.streams.items():
        if stream.memory:  # the master has ports for all that belong to one way
            kept[name] = stream
            continue
        if name not in found.reads | found.writes:
            continue
        direction: Literal["in", "out", "inout"] = "out" if name in found.writes else "in"
        if name in found.reads & found.writes:
            direction = "inout"
        kept[name] = replace(stream, direction=direction)
    function.streams = kept
    function.arguments = [a for a in function.arguments if a[0] in found.inputs]
    function.outputs = [o for o in function.outputs if o[0] in found.outputs]
    function.return_bits = function.return_bits if found.returns else 0
    return found
