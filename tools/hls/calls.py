"""Calls of kept functions: each is an operation in a block of its own, with what it hands over.

Scalars are operands. A pointer is the array that it is into and how far into it, which is an
operand too until it is known that all calls agree on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tools.errors import ToolError
from tools.hls import ll
from tools.hls.contents import plain_name
from tools.hls.ir import Callee, Function, Jump, Memory, Op, Site
from tools.hls.objects import Object

if TYPE_CHECKING:
    from tools.hls.lower import Lowering

PLACE_BITS = 32
"""Of how far into an array a pointer is."""


class NotKept(ToolError):
    """The function `name` cannot have a module of its own, for the reason `why`."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name!r} is not kept: {why}")
        self.name, self.why = name, why


@dataclass(frozen=True)
class Given:
    """What a call hands over as a pointer: into which array, and how many bytes if that is
    constant."""

    object: Object
    at: int | None


@dataclass
class Calls:
    """The kept functions, by their names and by those in LLVM's code, and the calls of them."""

    names: Mapping[str, str]
    modules: Mapping[str, ll.Module]
    given: dict[str, list[tuple[Function, Mapping[str, Given]]]] = field(default_factory=dict)
    """By function, for each call its caller and what it gives for each pointer parameter."""

    def add(self, lower: "Lowering", call: ll.Instruction) -> Op | None:
        """The operation of a call; it gets a block, and what follows another one."""
        name = self.names[call.detail]
        if call.type.kind not in ("int", "void"):
            raise NotKept(name, "it returns a structure")
        scalars: dict[str, Op] = {}
        places: dict[str, Op] = {}
        given: dict[str, Given] = {}
        memories: dict[str, str] = {}
        for value, (_, parameter) in zip(call.args, self.modules[name].parameters, strict=True):
            plain = port(parameter)
            if value.type.kind == "ptr":
                given[parameter], places[place(plain)] = self._pointer(lower, name, value)
                for leaf, memory, _ in given[parameter].object.leaves:
                    assert isinstance(memory, Memory)
                    memories[plain + leaf.path] = memory.name
            elif value.type.kind == "int":
                scalars[scalar(plain)] = lower.operand(value)
            else:
                raise NotKept(name, "it takes a structure by value")
        if len(set(memories.values())) < len(memories):
            raise NotKept(name, "a call hands over one array twice")
        function, inputs = lower.function, {**scalars, **places}
        for handed in memories.values():
            function.memories[handed] = replace(function.memories[handed], handed=True)
        self.given.setdefault(name, []).append((function, given))
        function.sites.append(Site(name, call.line, tuple(inputs), memories))
        return _in_a_block(lower, name, call.type.bits, list(inputs.values()))

    def _pointer(self, lower: "Lowering", name: str, value: ll.Value) -> tuple[Given, Op]:
        try:
            pointer = lower.pointer(value)
            index = lower.index(pointer)
        except ToolError as error:
            raise NotKept(name, str(error)) from error
        object = lower.objects.get(pointer.object)
        if object is None:
            raise NotKept(name, "it uses a stream")
        for _, memory, _ in object.leaves:
            if not isinstance(memory, Memory):
                raise NotKept(name, "it is given an argument of the top that is a scalar")
            if memory.is_remote:
                raise NotKept(name, "it is given memory behind m_axi")
        constant = None if pointer.form.terms else pointer.form.constant
        return Given(object, constant), lower.build.resize(index, PLACE_BITS, False)


def port(parameter: str) -> str:
    """The stem of a parameter's ports."""
    plain = plain_name(parameter)
    return plain if plain[0].isalpha() else f"p{plain}"


def scalar(plain: str) -> str:
    """The port of a scalar parameter."""
    return f"{plain}_in"


def place(plain: str) -> str:
    """The port that says how far into an array a pointer is."""
    return f"{plain}_at"


def _in_a_block(lower: "Lowering", name: str, bits: int, args: list[Op]) -> Op | None:
    build = lower.build
    before = build.block
    own, after = lower.new_block(f"{before.name}.call"), lower.new_block(before.name)
    before.end, own.end = Jump(own.name), Jump(after.name)
    build.block = own
    made = build.add("call", bits, *args, name=name)
    numbered = replace(made, value=len(lower.function.sites) - 1)
    own.ops[-1] = build.ops[made.id] = numbered
    build.block = after
    return numbered if bits else None


def refuse_handed(function: Function, memory: str) -> None:
    """Check that no call hands over an array whose elements become registers."""
    for site in function.sites:
        if memory in site.memories.values():
            raise NotKept(site.callee, f"it is given {memory!r}, which is partitioned")


def connect(function: Function, callees: Mapping[str, Callee]) -> None:
    """Let a function know those that it calls, and its calls give what these take."""
    function.callees = {site.callee: callees[site.callee] for site in function.sites}
    taken = [[i for i, name in enumerate(site.inputs) if name in callees[site.callee].inputs]
             for site in function.sites]  # fmt: skip
    for block in function.blocks:
        if (op := block.call) is not None:
            called = op.with_args(tuple(op.args[i] for i in taken[op.value]))
            block.ops = [called if other is op else other for other in block.ops]
    function.sites = [
        replace(site, inputs=tuple(site.inputs[i] for i in kept))
        for site, kept in zip(function.sites, taken, strict=True)
    ]
