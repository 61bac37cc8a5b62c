"""Indices as sums: taken apart into a linear form, and put together as operations."""

from tools.hls.build import Builder
from tools.hls.ir import Kind, Op
from tools.hls.place import Form


class Addresses:
    """The sums of one function; `flags` is what LLVM knows of operations' results."""

    def __init__(self, build: Builder, flags: dict[int, frozenset[str]]) -> None:
        self.build = build
        self.flags = flags
        self._wide: dict[tuple[int, bool, str], Op] = {}

    def linear(self, op: Op, factor: int) -> Form:
        """An index as a sum: additions, shifts and multiplications by constants are taken apart."""
        ops = self.build.ops
        if op.kind == "const":
            value = op.value - (1 << op.bits) if op.value >> (op.bits - 1) else op.value
            return Form({}, value * factor)
        if op.kind in ("add", "sub", "mul", "shl") and op.bits == 64:
            a, b = (ops[i] for i in op.args)
            return self._taken_apart(op.kind, a, b, factor) or Form({op.id: factor})
        if op.kind in ("zext", "sext") and op.bits == 64:
            inner = ops[op.args[0]]
            is_signed = self._keeps(inner, op)
            if is_signed is not None:
                a, b = (self._widened(ops[i], is_signed) for i in inner.args)
                if inner.kind == "shl":
                    b = ops[inner.args[1]]
                return self._taken_apart(inner.kind, a, b, factor) or Form({op.id: factor})
        return Form({op.id: factor})

    def _taken_apart(self, kind: Kind, a: Op, b: Op, factor: int) -> Form | None:
        """The linear form of an operation on two words of 64 bits."""
        if kind == "add":
            return self.linear(a, factor).plus(self.linear(b, factor))
        if kind == "sub":
            return self.linear(a, factor).plus(self.linear(b, -factor))
        if b.kind != "const":
            return None
        times = b.value if kind == "mul" else 1 << b.value
        times = times - (1 << 64) if times >> 63 else times
        return self.linear(a, factor * times)

    def _keeps(self, inner: Op, extended: Op) -> bool | None:
        """Whether an extended sum is the sum of its operands extended by their sign (True) or with
        zeros (False); None: it may have wrapped."""
        if inner.kind not in ("add", "sub", "mul", "shl"):
            return None
        known = self.flags.get(inner.id, frozenset())
        positive = "nneg" in self.flags.get(extended.id, frozenset())
        if extended.kind == "zext" and known & {"nuw", "disjoint"}:
            return False
        if (extended.kind == "sext" or positive) and known & {"nsw", "disjoint"}:
            return True
        return None

    def _widened(self, op: Op, is_signed: bool) -> Op:
        key = (op.id, is_signed, self.build.block.name)
        if key not in self._wide:
            self._wide[key] = self.build.resize(op, 64, is_signed)
        return self._wide[key]

    def word(self, form: Form, bits: int) -> Op:
        """A linear form as an operation of `bits`, modulo 2**bits."""
        total: Op | None = None
        for id, factor in form.terms.items():
            term = self.build.resize(self.build.ops[id], bits, True)
            if abs(factor) != 1:
                scale = abs(factor)
                if scale & (scale - 1):
                    term = self.build.binary("mul", term, self.build.const(scale, bits))
                else:
                    shift = self.build.const(scale.bit_length() - 1, bits)
                    term = self.build.binary("shl", term, shift)
            if total is None:
                total = term
                if factor < 0:
                    total = self.build.binary("sub", self.build.const(0, bits), term)
            else:
                total = self.build.binary("add" if factor > 0 else "sub", total, term)
        constant = self.build.const(form.constant, bits)
        if total is None:
            return constant
        return self.build.binary("add", total, constant) if form.constant else total
