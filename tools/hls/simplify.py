"""Makes a function smaller: folds constants, shares equal operations, drops what nobody uses."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import replace

from tools.hls.interpret import evaluate
from tools.hls.ir import (
    COMMUTATIVE,
    EFFECTS,
    PURE,
    Branch,
    Function,
    Kind,
    Op,
    Return,
)
from tools.hls.lanes import is_partial
from tools.hls.loops import dominators, order
from tools.hls.tidy import tidy_blocks

_ONE_BIT: Mapping[str, Kind] = {"mul": "and", "add": "xor", "sub": "xor"}
"""Arithmetic on single bits is logic."""


def simplify(function: Function) -> None:
    """Repeat the local rules until nothing changes."""
    for _ in range(20):
        before = sum(1 for _ in function.ops()), len(function.blocks)
        changed = _Rules(function).run()
        tidy_blocks(function)
        drop_unused(function)
        after = sum(1 for _ in function.ops()), len(function.blocks)
        if not changed and before == after:
            return


_Contents = dict[tuple[str, int], tuple[int, int | None]]
"""Values by memory and address, and the condition (an operation) under which they are there."""


class _Rules:
    """One walk over a function, in an order in which operands come before their uses."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.same: dict[int, int] = {}
        self.ops: dict[int, Op] = function.by_id()
        self.next_id = max(self.ops, default=0) + 1
        self.constants: dict[tuple[int, int], int] = {}
        self.fresh: list[Op] = []

    def run(self) -> bool:
        changed = False
        above = dominators(self.function)
        tables: dict[str, ChainMap[tuple[object, ...], int]] = {}
        for name in order(self.function):
            block = self.function.block(name)
            nearest = max(above[name] - {name}, key=lambda n: len(above[n]), default=None)
            known = tables[name] = tables[nearest].new_child() if nearest else ChainMap()
            contents: _Contents = {}
            kept: list[Op] = []
            for op in block.ops:
                op = self._resolved(op)
                self.ops[op.id] = op
                if op.kind == "const":
                    key = (op.value, op.bits)
                    if key in self.constants:
                        self.same[op.id] = self.constants[key]
                        changed = True
                        continue
                    self.constants[key] = op.id
                    kept.append(op)
                    continue
                made = self.rule(op, kept) if op.kind in PURE or op.kind == "phi" else op
                if isinstance(made, int):
                    self.same[op.id] = made
                    changed = True
                    continue
                if made is not op:
                    changed = True
                    self.ops[op.id] = made
                if made.kind in ("load", "store"):
                    found = self._remembered(made, contents)
                    if found is not None:
                        self.same[made.id] = found
                        changed = True
                        continue
                if made.kind in PURE or made.kind == "input":
                    key2 = (made.kind, made.bits, made.args, made.name)
                    if key2 in known:
                        self.same[made.id] = known[key2]
                        changed = True
                        continue
                    known[key2] = made.id
                kept.append(made)
            block.ops = kept
        self.function.blocks[0].ops[0:0] = self.fresh
        self._replace()
        return changed

    def _remembered(self, op: Op, contents: "_Contents") -> int | None:
        """The value that a load is known to give, from an access before it in the block."""
        place = (op.name, op.args[0])
        if op.kind == "load":
            value, when = contents.get(place, (None, None))
            if value is not None and when in (None, op.condition):
                return value
            contents[place] = (op.id, op.condition)
            return None
        for other in [p for p in contents if p[0] == op.name]:
            del contents[other]
        if not is_partial(op, self.function, self.ops):
            contents[place] = (op.args[1], op.condition)
        return None

    def resolve(self, id: int) -> int:
        while id in self.same:
            id = self.same[id]
        return id

    def _resolved(self, op: Op) -> Op:
        """The operation on values that stay."""
        if self.same.keys().isdisjoint(op.args):
            return op
        return op.with_args(tuple(map(self.resolve, op.args)))

    def _replace(self) -> None:
        for block in self.function.blocks:
            block.ops = [self._resolved(op) for op in block.ops]
            end = block.end
            if isinstance(end, Branch):
                block.end = replace(end, condition=self.resolve(end.condition))
            elif isinstance(end, Return) and end.value is not None:
                block.end = Return(self.resolve(end.value))

    def const(self, value: int, bits: int) -> int:
        key = (value & ((1 << bits) - 1), bits)
        if key not in self.constants:
            op = Op(self.next_id, "const", bits, value=key[0])
            self.next_id += 1
            self.constants[key] = op.id
            self.ops[op.id] = op
            self.fresh.append(op)
        return self.constants[key]

    def make(self, kept: list[Op], like: Op, kind: str, bits: int, *args: int) -> int:
        op = Op(self.next_id, kind, bits, args, line=like.line)  # type: ignore[arg-type]
        self.next_id += 1
        self.ops[op.id] = op
        kept.append(op)
        return op.id

    def rule(self, op: Op, kept: list[Op]) -> Op | int:
        """The operation that does the same more simply, or the id of one that is there already."""
        if op.kind == "phi":
            different = {a for a in op.args if a != op.id}
            if len(different) == 1:
                return different.pop()
            return op
        args = [self.ops[a] for a in op.args]
        if all(a.kind == "const" for a in args):
            value = evaluate(op.kind, op.bits, [a.value for a in args], [a.bits for a in args])
            return self.const(value, op.bits)
        if op.bits == 1 and op.kind in _ONE_BIT:
            op = replace(op, kind=_ONE_BIT[op.kind])
        if op.kind in COMMUTATIVE and args[0].kind == "const":
            op = op.with_args(op.args[::-1])
            args = args[::-1]
        if op.kind == "select":
            return self._select(op, args, kept)
        if op.kind in ("zext", "sext", "trunc"):
            return self._resize(op, args[0])
        if op.kind in ("clz", "ctz"):
            return op
        if op.args[0] == op.args[1]:
            if op.kind in ("sub", "xor", "ne", "ult", "slt"):
                return self.const(0, op.bits)
            if op.kind in ("eq", "ule", "sle"):
                return self.const(1, 1)
            if op.kind in ("and", "or"):
                return op.args[0]
        if args[1].kind == "const":
            return self._with_constant(op, args[0], args[1].value, kept)
        if op.kind in ("and", "or"):  # one that has the other in it already
            for one, other in (args, args[::-1]):
                if one.kind == op.kind and other.id in one.args:
                    return one.id
        return op

    def _select(self, op: Op, args: list[Op], kept: list[Op]) -> Op | int:
        if args[0].kind == "const":
            return op.args[1] if args[0].value else op.args[2]
        if op.args[1] == op.args[2]:
            return op.args[1]
        if op.bits == 1 and args[1].kind == "const" and args[2].kind == "const":
            if args[1].value == 1:
                return op.args[0]
            return replace(op, kind="xor", args=(op.args[0], self.const(1, 1)))
        if op.bits == 1 and args[2].kind == "const" and args[2].value == 0:
            return replace(op, kind="and", args=op.args[:2])
        if op.bits == 1 and args[1].kind == "const" and args[1].value == 1:
            return replace(op, kind="or", args=(op.args[0], op.args[2]))
        if args[0].kind == "xor" and args[0].bits == 1:
            inner = [self.ops[a] for a in args[0].args]
            if inner[1].kind == "const" and inner[1].value == 1:
                return op.with_args((inner[0].id, op.args[2], op.args[1]))
        return self._nested(op, args, kept)

    def _nested(self, op: Op, args: list[Op], kept: list[Op]) -> Op:
        """Of two selects that share a choice one is enough: its condition is one bit of logic."""
        condition, yes, no = op.args
        if args[2].kind == "select" and args[2].args[1] == yes:
            either = self.make(kept, op, "or", 1, condition, args[2].args[0])
            return op.with_args((either, yes, args[2].args[2]))
        if args[1].kind == "select" and args[1].args[2] == no:
            both = self.make(kept, op, "and", 1, condition, args[1].args[0])
            return op.with_args((both, args[1].args[1], no))
        return op

    def _resize(self, op: Op, arg: Op) -> Op | int:
        if arg.bits == op.bits:
            return arg.id
        if arg.kind in ("zext", "sext"):
            source = self.ops[arg.args[0]]
            if op.kind == "trunc":
                if source.bits == op.bits:
                    return source.id
                if source.bits > op.bits:
                    return op.with_args((source.id,))
                return replace(op, kind=arg.kind, args=(source.id,))
            if arg.kind == "zext" or op.kind == arg.kind:
                return replace(op, kind=arg.kind, args=(source.id,))
        if op.kind == "trunc" and arg.kind == "trunc":
            return op.with_args(arg.args)
        if op.kind == "trunc" and arg.kind in ("add", "sub", "or", "xor"):
            other = self.ops[arg.args[1]]
            if other.kind == "const" and other.value % (1 << op.bits) == 0:
                return op.with_args(arg.args[:1])  # all that it changes is cut off
        return op

    def _with_constant(self, op: Op, a: Op, value: int, kept: list[Op]) -> Op | int:
        bits = a.bits
        ones = (1 << bits) - 1
        if value == 0:
            if op.kind in ("add", "sub", "or", "xor", "shl", "lshr", "ashr"):
                return a.id
            if op.kind in ("and", "mul", "ult"):
                return self.const(0, op.bits)
        if value == ones:
            if op.kind == "and":
                return a.id
            if op.kind == "or":
                return self.const(ones, bits)
            if op.kind == "ule":
                return self.const(1, 1)
        if op.kind in ("shl", "lshr") and value >= bits:
            return self.const(0, bits)
        if op.kind == "mul" and value & (value - 1) == 0:
            return replace(op, kind="shl", args=(a.id, self.const(value.bit_length() - 1, bits)))
        if op.kind in ("udiv", "urem") and value and value & (value - 1) == 0:
            if op.kind == "udiv":
                return replace(
                    op, kind="lshr", args=(a.id, self.const(value.bit_length() - 1, bits))
                )
            return replace(op, kind="and", args=(a.id, self.const(value - 1, bits)))
        if op.kind in ("sdiv", "srem") and 0 < value < 1 << (bits - 1) and value & (value - 1) == 0:
            return self._signed_power(op, a, value, kept)
        if op.kind == "and" and value & (value + 1) == 0:
            short = self.make(kept, op, "trunc", value.bit_length(), a.id)
            return replace(op, kind="zext", args=(short,))
        if op.kind == "ashr" and a.kind == "shl":
            inner = self.ops[a.args[1]]
            if inner.kind == "const" and inner.value <= value < bits:
                short = self.make(kept, op, "trunc", bits - inner.value, a.args[0])
                wide = self.make(kept, op, "sext", bits, short)
                if value == inner.value:
                    return wide
                return op.with_args((wide, self.const(value - inner.value, bits)))
        if op.kind == "lshr" and a.kind == "shl":
            inner = self.ops[a.args[1]]
            if inner.kind == "const" and inner.value == value:
                short = self.make(kept, op, "trunc", bits - value, a.args[0])
                return self.make(kept, op, "zext", bits, short)
        if op.kind == "sub":
            return replace(op, kind="add", args=(a.id, self.const(-value, bits)))
        if op.kind == "add" and a.kind == "add":
            inner = self.ops[a.args[1]]
            if inner.kind == "const":
                return op.with_args((a.args[0], self.const(inner.value + value, bits)))
        if bits == 1 and op.kind in ("eq", "ne"):
            if (op.kind == "eq") == (value == 1):
                return a.id
            return replace(op, kind="xor", args=(a.id, self.const(1, 1)))
        if op.kind == "xor" and value == ones and bits == 1 and a.kind == "xor":
            inner = self.ops[a.args[1]]
            if inner.kind == "const" and inner.value == 1:
                return a.args[0]
        if op.kind == "xor" and bits == 1 and value == 1 and a.kind in _OPPOSITE:
            kind, turn = _OPPOSITE[a.kind]
            return replace(op, kind=kind, args=a.args[::-1] if turn else a.args)  # type: ignore[arg-type]
        return op

    def _signed_power(self, op: Op, a: Op, value: int, kept: list[Op]) -> Op | int:
        bits, shift = a.bits, value.bit_length() - 1
        sign = self.make(kept, op, "ashr", bits, a.id, self.const(bits - 1, bits))
        bias = self.make(kept, op, "and", bits, sign, self.const(value - 1, bits))
        total = self.make(kept, op, "add", bits, a.id, bias)
        if op.kind == "sdiv":
            return replace(op, kind="ashr", args=(total, self.const(shift, bits)))
        whole = self.make(kept, op, "and", bits, total, self.const(-value, bits))
        return replace(op, kind="sub", args=(a.id, whole))


_OPPOSITE = {
    "eq": ("ne", False), "ne": ("eq", False),
    "ult": ("ule", True), "ule": ("ult", True), "slt": ("sle", True), "sle": ("slt", True),
}  # fmt: skip


def drop_unused(function: Function) -> None:
    """Operations whose result nobody needs, memories that are never read, and stores to those."""
    loaded = {op.name for op in function.ops() if op.kind == "load"}
    silent = {
        m.name
        for m in function.memories.values()
        if m.place != "argument" and not m.handed and m.name not in loaded
    }
    by_id = function.by_id()
    needed: set[int] = set()
    stack: list[int] = []
    for block in function.blocks:
        if isinstance(block.end, Branch):
            stack.append(block.end.condition)
        elif isinstance(block.end, Return) and block.end.value is not None:
            stack.append(block.end.value)
        stack += [op.id for op in block.ops if op.kind in EFFECTS and op.name not in silent]
    while stack:
        id = stack.pop()
        if id not in needed:
            needed.add(id)
            stack += by_id[id].args
    for block in function.blocks:
        block.ops = [op for op in block.ops if op.id in needed]
    used = {op.name for op in function.ops()}
    for op in function.ops():
        if op.kind == "call":
            used |= set(function.sites[op.value].memories.values())
    function.memories = {
        n: m for n, m in function.memories.items() if n in used or m.place == "argument"
    }
