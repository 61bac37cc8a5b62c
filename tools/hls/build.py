"""Makes operations: numbers them, folds constants, and shares equal constants."""

from dataclasses import dataclass, field

from tools.hls.interpret import evaluate
from tools.hls.ir import BINARY, COMPARE, Block, Function, Kind, Op

FOLDED = BINARY | {"zext", "sext", "trunc", "clz", "ctz", "select"}


@dataclass
class Builder:
    """Adds operations to the end of `block`; constants go to the start of `entry`."""

    entry: Block
    block: Block
    next_id: int = 0
    line: int = 0
    constants: dict[tuple[int, int], Op] = field(default_factory=dict)
    ops: dict[int, Op] = field(default_factory=dict)

    @classmethod
    def within(cls, function: Function) -> "Builder":
        """A builder that knows all operations of a function; it begins at the entry."""
        ops = function.by_id()
        constants = {(op.value, op.bits): op for op in ops.values() if op.kind == "const"}
        entry = function.blocks[0]
        return cls(entry, entry, max(ops, default=0) + 1, constants=constants, ops=ops)

    def const(self, value: int, bits: int) -> Op:
        value &= (1 << bits) - 1
        found = self.constants.get((value, bits))
        if found is None:
            found = self._new("const", bits, (), value=value)
            self.constants[value, bits] = found
            self.entry.ops.insert(0, found)
        return found

    def add(
        self,
        kind: Kind,
        bits: int,
        *args: Op,
        name: str = "",
        predicate: Op | None = None,
    ) -> Op:
        """The operation, or the constant that it is."""
        if kind in FOLDED and all(a.kind == "const" for a in args):
            values = [a.value for a in args]
            return self.const(evaluate(kind, bits, values, [a.bits for a in args]), bits)
        ids = tuple(a.id for a in args) + ((predicate.id,) if predicate else ())
        made = self._new(kind, bits, ids, name=name, predicate=predicate is not None)
        self.block.ops.append(made)
        return made

    def binary(self, kind: Kind, a: Op, b: Op) -> Op:
        return self.add(kind, 1 if kind in COMPARE else a.bits, a, b)

    def resize(self, op: Op, bits: int, signed: bool) -> Op:
        """The value in `bits`: extended by its sign or zeros, or cut."""
        if bits == op.bits:
            return op
        if bits < op.bits:
            return self.add("trunc", bits, op)
        return self.add("sext" if signed else "zext", bits, op)

    def condition(self, op: Op) -> Op | None:
        """The predicate of an operation; None is true."""
        return None if op.condition is None else self.ops[op.condition]

    def both(self, a: Op | None, b: Op | None) -> Op | None:
        """The conjunction of two predicates; None is true."""
        if a is None or b is None:
            return a or b
        return self.binary("and", a, b)

    def _new(
        self, kind: Kind, bits: int, args: tuple[int, ...], value: int = 0,
        name: str = "", predicate: bool = False,
    ) -> Op:  # fmt: skip
        op = Op(self.next_id, kind, bits, args, value, name, predicate, self.line)
        self.ops[op.id] = op
        self.next_id += 1
        return op
