"""Kept functions: each is lowered with the arrays that its callers hand over, and compiled once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from prompts.interface import Interface
from tools.hls import frontend
from tools.hls.allocation import allocations
from tools.hls.bindings import bind
from tools.hls.calls import Calls, Given, NotKept, place, port, scalar
from tools.hls.disjoint import join_disjoint
from tools.hls.fields import choose_fields
from tools.hls.flow import refuse_flow
from tools.hls.ir import Callee, Function, Memory, Return, Style
from tools.hls.latency import Latency
from tools.hls.latency_asked import least
from tools.hls.lower import Lowering
from tools.hls.memories import Ports
from tools.hls.modulo import Schedule
from tools.hls.objects import Object, Pointer, Port
from tools.hls.partition import partition
from tools.hls.place import Form, Leaf
from tools.hls.schedule.delays import BLOCK_BITS


@dataclass(frozen=True)
class Kept:
    """A function that LLVM has not inlined: its name in LLVM's code, and in the source."""

    function: str
    name: str
    line: int


def lowered(kept: Kept, sources: Mapping[str, str], calls: Calls) -> Function:
    """The IR of a kept function, all of whose callers are lowered.

    Raises `NotKept` where the callers do not agree on what they hand over.
    """
    module = calls.modules[kept.name]
    found = frontend.scopes_of(sources)
    given = calls.given[kept.name]
    pointers = [name for kind, name in module.parameters if kind.kind == "ptr"]
    objects = {name: _object(kept, name, given) for name in pointers}
    lowering = Lowering(
        module, kept.name, {name.removeprefix("%"): made for name, made in objects.items()}
    )
    lowering.calls = calls
    function = lowering.function
    for kind, name in module.parameters:
        if kind.kind == "ptr":
            ats = [one[name].at for _, one in given]
            lowering.parameters[name] = _start(kept, name, objects[name], ats, lowering)
        else:
            lowering.parameters[name] = lowering.build.add(
                "input", kind.bits, name=scalar(port(name))
            )
    function.return_bits = module.returns.bits
    lowering.lower()
    choose_fields(lowering)
    refuse_flow(function, lowering.latches)
    join_disjoint(function, frozenset(i for i, f in lowering.flags.items() if "disjoint" in f))
    partition(lowering, Interface(kept.name, ()), found, sources)
    frontend.loop_pragmas(function, lowering, found, sources)
    function.allocations, _ = allocations(found, kept.name)
    function.least_cycles = least(found, kept.name)
    bind(function, found, sources, False)
    return function


@dataclass(frozen=True)
class _Shape:
    """A field of an array: what must be the same at all calls, and how many `words` there are,
    which may differ where that is all there is to say (else 0)."""

    words: int
    kind: tuple[Any, ...]


def _object(
    kept: Kept, parameter: str, given: Sequence[tuple[Function, Mapping[str, Given]]]
) -> Object:
    """What a pointer parameter is into."""
    shapes = [_shapes(one[parameter].object) for _, one in given]
    if any([s.kind for s in shape] != [s.kind for s in shapes[0]] for shape in shapes):
        raise NotKept(kept.name, "its calls hand over arrays of different kinds")
    made: list[tuple[Leaf, Memory | Port, bool]] = []
    for number, (leaf, memory, is_signed) in enumerate(given[0][1][parameter].object.leaves):
        there = [_memory(kept, caller, one[parameter].object.leaves[number][1])
                 for caller, one in given]  # fmt: skip
        ports = min(2, *(2 if m.async_read else m.ports for m in there))
        words = max(shape[number].words for shape in shapes)
        shaped = _flat(leaf, words) if words else leaf
        name = port(parameter) + leaf.path
        style: Style = "block" if any(map(_is_late, there)) else ""
        count = prod(shaped.counts)
        array = Memory(name, memory.bits, count, "argument", ports=ports, style=style)
        made.append((shaped, array, is_signed))
    return Object(made)


def _memory(kept: Kept, caller: Function, memory: Memory | Port) -> Memory:
    """A caller's memory that is handed over, as it is now."""
    assert isinstance(memory, Memory)
    now = caller.memories.get(memory.name)
    if now is None or (now.words, now.bits) != (memory.words, memory.bits):
        raise NotKept(kept.name, f"it is given {memory.name!r}, which is partitioned or reshaped")
    return now


def _is_late(memory: Memory) -> bool:
    """Whether the words of a caller's memory come as late as those of a block RAM do."""
    large = memory.place != "argument" and memory.words * memory.bits >= BLOCK_BITS
    return memory.style == "block" or (large and not memory.async_read)


def _shapes(object: Object) -> list[_Shape]:
    found = []
    for leaf, memory, is_signed in object.leaves:
        kind = (leaf.bits, leaf.offset, memory.bits, is_signed)
        if len(object.leaves) == 1 and leaf.is_dense:
            stride = leaf.strides[-1] if leaf.strides else _bytes(leaf)
            found.append(_Shape(prod(leaf.counts), (stride, *kind)))
        else:
            found.append(_Shape(0, (leaf.counts, leaf.strides, *kind)))
    return found


def _bytes(leaf: Leaf) -> int:
    return 1 << (-(-leaf.bits // 8) - 1).bit_length()


def _flat(leaf: Leaf, words: int) -> Leaf:
    """An array of one dimension."""
    stride = leaf.strides[-1] if leaf.strides else _bytes(leaf)
    return Leaf(leaf.bits, leaf.offset, (words,), (stride,), leaf.path)


def _start(
    kept: Kept, name: str, whole: Object, ats: Sequence[int | None], lowering: Lowering
) -> Pointer:
    """Where a pointer parameter points at first: the same place at all calls, or an input."""
    if ats[0] is not None and set(ats) == {ats[0]}:
        return Pointer(name.removeprefix("%"), Form({}, ats[0]))
    if len(whole.leaves) > 1:
        raise NotKept(kept.name, "its calls hand over different parts of structures")
    at = lowering.build.add("input", 32, name=place(port(name)))
    wide = lowering.build.resize(at, 64, False)
    return Pointer(name.removeprefix("%"), Form({wide.id: whole.unit}))


def settle(function: Function) -> None:
    """The ports of scalars of a function that is optimised."""
    taken = {op.name: op.bits for op in function.ops() if op.kind == "input"}
    function.arguments = list(taken.items())
    if not any(isinstance(b.end, Return) and b.end.value is not None for b in function.blocks):
        function.return_bits = 0


def seen(kept: Kept, function: Function, schedules: Mapping[str, Schedule]) -> Callee:
    """What the callers of a compiled function know of it."""
    ports = Ports(function, schedules)
    span = Latency(function, schedules).whole()
    accesses = {
        memory.name: tuple(frozenset(kinds) for kinds in ports.kinds_of_argument(memory))
        for memory in function.memories.values()
        if memory.place == "argument"
    }
    return Callee(
        kept.name, function.name, accesses, dict(function.arguments), function.return_bits,
        (span.least, span.most),
    )  # fmt: skip
