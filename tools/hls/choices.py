"""Accesses of one of several arrays that a condition chooses, as LLVM makes them of an if and else.

A load reads all of them and takes the value that is meant; a store writes the others' old values
back. Where one of them is behind a bus, so that reading takes time and may be out of bounds, each
access gets a block of its own.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from tools.hls.layouts import Layouts
from tools.hls.ll import Instruction, LlBlock, Module, Type, Value
from tools.hls.moving import count_steps

_CONDITION = Type("int", 1)
_BYTE = Type("int", 8)
_COPY = ("llvm.memcpy", "llvm.memmove")
_MOST_BYTES = 128
"""Of a copy that is one value's: those of the widest `ap_int`."""


def settle(
    module: Module, layouts: Layouts, remote: Collection[str], streams: Collection[str]
) -> None:
    """Replace the accesses whose pointer is chosen among variables, some of them `remote`.

    So are those within one variable that are chosen among the fields of a structure, that no single
    index leads through, or that are to two places in an array of structures.
    """
    known = layouts, frozenset(remote), frozenset(streams)
    before = _Choices(_made(module), *known)
    count_steps(module, lambda pointer: before.is_several(before.roots(pointer)))
    choices = _Choices(_made(module), *known)
    for block in module.blocks:
        for phi in [i for i in block.body if i.opcode == "phi" and i.type.kind == "ptr"]:
            if choices.is_several(frozenset().union(*map(choices.roots, phi.args))):
                _Incoming(phi, choices).make(block)
    settled = [part for block in module.blocks for part in choices.settled(block)]
    module.blocks[:] = [_coming_from(block, choices.ends) for block in settled]
    _drop_pointers(module)


def _made(module: Module) -> dict[str, Instruction]:
    """The instructions of a module by their results."""
    return {i.result: i for block in module.blocks for i in block.body if i.result}


def _coming_from(block: LlBlock, ends: Mapping[str, str]) -> LlBlock:
    """A block whose phis know the names that the `ends` of the blocks before have now."""
    body = [
        replace(i, labels=tuple(ends.get(label, label) for label in i.labels))
        if i.opcode == "phi"
        else i
        for i in block.body
    ]
    return replace(block, body=body)


def _drop_pointers(module: Module) -> None:
    """Take away what only makes a pointer that nothing uses any more."""
    kinds = ("select", "phi", "getelementptr")
    left = -1
    while left != (left := sum(len(block.body) for block in module.blocks)):
        used = {a.text for block in module.blocks for i in block.body for a in _operands(i)}
        for block in module.blocks:
            block.body = [
                i for i in block.body
                if i.result in used or i.type.kind != "ptr" or i.opcode not in kinds
            ]  # fmt: skip


def _operands(instruction: Instruction) -> Iterator[Value]:
    """The operands, and those within constant expressions."""
    for value in instruction.args:
        yield value
        if value.inner is not None:
            yield from _operands(value.inner)


class _Root(NamedTuple):
    """A variable, "" where it is not known, and which of its fields."""

    variable: str
    field: int = 0


def _distance(step: Instruction) -> int:
    """The bytes of an index that is a constant."""
    index = step.args[-1].number
    if len(step.args) != 2 or step.element is None or index is None:
        return 0
    return index * step.element.size()


@dataclass(frozen=True)
class _Choice:
    condition: Value
    then: Value
    other: Value


class _Choices:
    """Finds chosen pointers, and makes their accesses."""

    def __init__(
        self,
        made: dict[str, Instruction],
        layouts: Layouts,
        remote: frozenset[str],
        streams: frozenset[str],
    ) -> None:
        self.made = made
        self.layouts = layouts
        self.remote = remote
        self.streams = streams
        self.number = 0
        self.into: list[Instruction] = []
        self.blocks: list[LlBlock] = []
        self.ends: dict[str, str] = {}
        """The last of the blocks that each block has become, where these are several."""

    def roots(self, value: Value, at: int = 0, depth: int = 64) -> frozenset[_Root]:
        """Where a pointer, and `at` bytes more, may point into."""
        found = value.inner or self.made.get(value.text)
        if value.text in self.streams:
            return frozenset([_Root("")])
        if found is None or found.opcode == "alloca":
            begins = self.layouts.fields.get(value.text, ())
            return frozenset([_Root(value.text, bisect_right(begins, at))])
        if found.opcode == "getelementptr" and depth:
            return self.roots(found.args[0], at + _distance(found), depth - 1)
        if found.opcode == "select" and depth:
            first, second = (self.roots(a, at, depth - 1) for a in found.args[1:])
            return first | second
        return frozenset([_Root("")])

    def is_several(self, roots: Collection[_Root]) -> bool:
        """Whether an access needs to be several."""
        names = {root.variable for root in roots}
        return "" not in names and (len(roots) > 1 or bool(names & self.layouts.sparse))

    def _is_within(self, found: Instruction, roots: frozenset[_Root]) -> bool:
        """Whether an index counts less than the structures of the variable that it is into."""
        size = self.layouts.records.get("".join(root.variable for root in roots), 0)
        return bool(size and found.element and found.element.size() % size)

    def of(self, value: Value) -> _Choice | None:
        """What a pointer is chosen from, if it is of several variables."""
        found = self.made.get(value.text)
        if found is None or found.opcode not in ("select", "getelementptr"):
            return None
        roots = self.roots(value)
        if not self.is_several(roots):
            return self._folded(found) if self._is_within(found, roots) else None
        if found.opcode == "select":
            return _Choice(*found.args)
        if folded := self._folded(found):
            return folded
        base = self.of(found.args[0])
        if base is None:
            return None
        then, other = (
            self.new(self.into, replace(found, args=(pointer, *found.args[1:])))
            for pointer in (base.then, base.other)
        )
        return _Choice(base.condition, then, other)

    def _folded(self, found: Instruction) -> _Choice | None:
        """Two places that LLVM has made one of by a choice of their distances in bytes."""
        kind = found.element
        while kind is not None and kind.kind == "array":
            kind = kind.parts[0]
        index = self.made.get(found.args[-1].text)
        if kind != _BYTE or index is None or index.opcode != "select":
            return None
        if any(value.number is None for value in index.args[1:]):
            return None
        then, other = (
            self.new(self.into, replace(found, args=(*found.args[:-1], value)))
            for value in index.args[1:]
        )
        return _Choice(index.args[0], then, other)

    def settled(self, block: LlBlock) -> list[LlBlock]:
        """The blocks that a block becomes."""
        self.blocks, body = [], block.body
        self._begin(block.name)
        for instruction in body:
            self.add(instruction)
        if len(self.blocks) > 1:
            self.ends[block.name] = self.blocks[-1].name
        return self.blocks

    def _begin(self, name: str) -> None:
        self.blocks.append(LlBlock(name))
        self.into = self.blocks[-1].body

    def add(self, instruction: Instruction) -> None:
        """Add an instruction, or what takes the place of an access through a choice."""
        if self._copies_a_choice(instruction):
            target, source, size = instruction.args[:3]
            kind = Type("int", 8 * (size.number or 0))
            load = replace(instruction, opcode="load", type=kind, args=(), detail="")
            value = self._loaded(load, source)
            self.add(replace(load, opcode="store", args=(value, target), result=""))
            return
        choice = None
        if instruction.opcode in ("load", "store"):
            choice = self.of(instruction.args[-1])
        if choice is None:
            self.into.append(instruction)
        elif self.remote & {root.variable for root in self.roots(instruction.args[-1])}:
            self._part(instruction, choice)
        elif instruction.opcode == "load":
            values = [self._loaded(instruction, p) for p in (choice.then, choice.other)]
            self.into.append(
                replace(instruction, opcode="select", args=(choice.condition, *values))
            )
        else:
            self._store(instruction, choice)

    def _part(self, access: Instruction, choice: _Choice) -> None:
        """Make an access in one of two blocks."""
        stem = self._fresh()
        then, other, after = (f"{stem}.{part}" for part in ("then", "else", "end"))
        jump = replace(access, opcode="br", type=Type("void"), result="", args=())
        self.into.append(replace(jump, args=(choice.condition,), labels=(then, other)))
        values, ends = [], []
        for name, pointer in ((then, choice.then), (other, choice.other)):
            self._begin(name)
            if access.opcode == "load":
                values.append(self._loaded(access, pointer))
            else:
                self.add(replace(access, args=(access.args[0], pointer)))
            ends.append(self.blocks[-1].name)
            self.into.append(replace(jump, labels=(after,)))
        self._begin(after)
        if values:
            phi = replace(access, opcode="phi", args=tuple(values), labels=tuple(ends))
            self.into.append(phi)

    def _copies_a_choice(self, instruction: Instruction) -> bool:
        """Whether an instruction copies one value from or to one of several variables."""
        if instruction.opcode != "call" or not instruction.detail.startswith(_COPY):
            return False
        size = instruction.args[2].number
        chosen = any(self.is_several(self.roots(pointer)) for pointer in instruction.args[:2])
        return chosen and size is not None and size <= _MOST_BYTES

    def _store(self, store: Instruction, choice: _Choice) -> None:
        value = store.args[0]
        load = replace(store, opcode="load", type=value.type, result="%")
        for pointer, is_then in ((choice.then, True), (choice.other, False)):
            old = self._loaded(load, pointer)
            parts = (value, old) if is_then else (old, value)
            chosen = replace(load, opcode="select", args=(choice.condition, *parts))
            self.add(replace(store, args=(self.new(self.into, chosen), pointer)))

    def _loaded(self, load: Instruction, pointer: Value) -> Value:
        one = replace(load, args=(pointer,), result=self._fresh())
        self.made[one.result] = one
        self.add(one)
        return Value(load.type, one.result)

    def new(self, into: list[Instruction], instruction: Instruction) -> Value:
        one = replace(instruction, result=self._fresh())
        self.made[one.result] = one
        into.append(one)
        return Value(one.type, one.result)

    def _fresh(self) -> str:
        self.number += 1
        return f"%siliwright.choice{self.number}"


class _Incoming:
    """Makes a `phi` of pointers a choice among them, each from the words that it is made of."""

    def __init__(self, phi: Instruction, choices: _Choices) -> None:
        self.phi = phi
        self.choices = choices
        self.phis: list[Instruction] = []
        self.after: list[Instruction] = []

    def make(self, block: LlBlock) -> None:
        total = self._pointer(self.phi.args[0], 0)
        for number, pointer in enumerate(self.phi.args[1:], 1):
            here = self._word(Value(_CONDITION, "1", 1), number)
            args = (here, self._pointer(pointer, number), total)
            total = self.choices.new(self.after, replace(self.phi, opcode="select", args=args))
        last = replace(self.after.pop(), result=self.phi.result)
        self.choices.made[last.result] = last
        plain = [i for i in block.body if i.opcode == "phi" and i is not self.phi]
        rest = [i for i in block.body if i.opcode != "phi"]
        block.body = [*plain, *self.phis, *self.after, last, *rest]

    def _pointer(self, value: Value, number: int) -> Value:
        """A pointer that comes with one of the ways here, as it can be made in the block itself."""
        found = self.choices.made.get(value.text)
        if found is None or found.opcode == "alloca":
            return value
        args = [
            self._pointer(a, number) if a.type.kind == "ptr" else self._word(a, number)
            for a in found.args
        ]
        return self.choices.new(self.after, replace(found, args=tuple(args)))

    def _word(self, value: Value, number: int) -> Value:
        """A word where that way was taken, and 0 where another one was."""
        if value.number is not None and value.type != _CONDITION:
            return value
        zero = Value(value.type, "0", 0)
        args = tuple(value if n == number else zero for n in range(len(self.phi.args)))
        return self.choices.new(self.phis, replace(self.phi, type=value.type, args=args))
