"""Stores to parts of words: those of all parts become one, others read and write the whole word."""

from dataclasses import replace

from tools.hls.build import Builder
from tools.hls.ir import Block, Function, Op


def is_partial(op: Op, function: Function, ops: dict[int, Op]) -> bool:
    """Whether a store leaves some bits of its word as they are."""
    return op.kind == "store" and ops[op.args[1]].bits < function.memories[op.name].bits


def join_lanes(function: Function) -> None:
    """Make every store one of whole words."""
    build = Builder.within(function)
    for block in function.blocks:
        if any(is_partial(op, function, build.ops) for op in block.ops):
            _Joining(function, build, block).run()


class _Joining:
    def __init__(self, function: Function, build: Builder, block: Block) -> None:
        self.function = function
        self.build = build
        self.block = block

    def run(self) -> None:
        before, self.block.ops = self.block.ops, []
        self.build.block = self.block
        groups = self._groups(before)
        for op in before:
            self.build.line = op.line
            group = groups.get(op.id)
            if group is None:
                self.block.ops.append(op)
            elif op is group[-1]:
                self._write(group)

    def _groups(self, ops: list[Op]) -> dict[int, list[Op]]:
        """The partial stores by id, with those that write to the same word at the same time."""
        found: dict[int, list[Op]] = {}
        open_: dict[str, list[Op]] = {}
        for op in ops:
            if op.kind not in ("load", "store") or op.name not in self.function.memories:
                continue
            group = open_.get(op.name)
            if not is_partial(op, self.function, self.build.ops):
                open_.pop(op.name, None)
                continue
            same = group is not None and self._meets(group, op)
            if group is None or not same:
                group = open_[op.name] = []
            group.append(op)
            found[op.id] = group
        return found

    def _meets(self, group: list[Op], op: Op) -> bool:
        first = group[0]
        if (first.args[0], first.condition) != (op.args[0], op.condition):
            return False
        return not any(self._bits(a) & self._bits(op) for a in group)

    def _bits(self, op: Op) -> int:
        """The bits of the word that a store writes, as a mask."""
        return ((1 << self.build.ops[op.args[1]].bits) - 1) << op.value

    def _write(self, group: list[Op]) -> None:
        build, last = self.build, group[-1]
        memory = self.function.memories[last.name]
        mask = sum(self._bits(op) for op in group)
        parts = []
        if mask != (1 << memory.bits) - 1:
            extra = {"name": last.name, "predicate": self._condition(last)}
            old = build.add("load", memory.bits, build.ops[last.args[0]], **extra)  # type: ignore[arg-type]
            kept = build.const(~mask, memory.bits)
            parts.append(build.binary("and", old, kept))
        for op in group:
            wide = build.resize(build.ops[op.args[1]], memory.bits, False)
            by = build.const(op.value, memory.bits)
            parts.append(build.binary("shl", wide, by) if op.value else wide)
        total = parts[0]
        for part in parts[1:]:
            total = build.binary("or", total, part)
        address = build.ops[last.args[0]]
        rest = (address.id, total.id, *((last.condition,) if last.predicate else ()))
        self.block.ops.append(replace(last, args=rest, value=0))

    def _condition(self, op: Op) -> Op | None:
        return self.build.ops[op.args[-1]] if op.predicate else None
