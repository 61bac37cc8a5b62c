"""Makes words as narrow as their values: by the ranges of operands and the bits that are needed."""

from dataclasses import replace

from tools.hls.ir import COMPARE, Function, Op
from tools.hls.loops import order
from tools.hls.ranges import Range, Ranges, width_of

_LOW = frozenset({"add", "sub", "mul", "and", "or", "xor", "select", "phi", "shl", "trunc",
                  "zext", "sext"})  # fmt: skip
"""Operations whose low bits depend on no higher bits of their operands."""
_NARROWED = frozenset({"add", "sub", "mul", "and", "or", "xor", "select", "phi", "shl"})
_DIVIDED = frozenset({"udiv", "urem", "sdiv", "srem"})


def narrow(function: Function) -> None:
    """Give each operation the width it needs; the caller simplifies afterwards."""
    ranges = Ranges(function)
    _memories(function, ranges)
    _Narrowing(function, ranges).run()


def needed(function: Function) -> dict[int, int]:
    """How many low bits of each operation's result anyone looks at."""
    ops = function.by_id()
    found = dict.fromkeys(ops, 0)
    work: list[tuple[int, int]] = []
    for block in function.blocks:
        end = block.end
        for id in (getattr(end, "condition", None), getattr(end, "value", None)):
            if id is not None:
                work.append((id, ops[id].bits))
        for op in block.ops:
            if op.kind not in _LOW:
                work += [(a, ops[a].bits) for a in op.args]
    while work:
        id, bits = work.pop()
        bits = min(bits, ops[id].bits)
        if bits <= found[id]:
            continue
        found[id] = bits
        op = ops[id]
        if op.kind not in _LOW:
            continue
        args = op.args
        if op.kind == "select":
            work.append((args[0], 1))
            args = args[1:]
        elif op.kind == "shl":
            work.append((args[1], ops[args[1]].bits))
            args = args[:1]
        work += [(a, bits) for a in args]
    return found


class _Narrowing:
    def __init__(self, function: Function, ranges: Ranges) -> None:
        self.function = function
        self.ranges = ranges
        self.needed = needed(function)
        self.ops = function.by_id()
        self.next_id = max(self.ops, default=0) + 1
        self.added: dict[str, list[Op]] = {}
        self.shorter: dict[tuple[int, int, str], int] = {}

    def run(self) -> None:
        decided: list[Op] = []
        for name in order(self.function):
            block = self.function.block(name)
            kept: list[Op] = []
            phis: list[Op] = []
            for op in block.ops:
                if op.kind in _NARROWED:
                    width, is_signed = self._width(op)
                    if 0 < width < op.bits:
                        self._narrow(op, width, is_signed, name, phis if op.kind == "phi" else kept,
                                     kept)  # fmt: skip
                        continue
                elif op.kind in COMPARE and (known := self.ranges.decided(op)) is not None:
                    self.ops[op.id] = replace(op, kind="const", args=(), value=int(known))
                    decided.append(self.ops[op.id])
                    continue
                elif op.kind in COMPARE or op.kind in _DIVIDED:
                    made = self._operands(op, name, kept)
                    kept += made
                    continue
                (phis if op.kind == "phi" else kept).append(op)
            block.ops = phis + kept
        for name, ops in self.added.items():
            self.function.block(name).ops += ops
        self.function.blocks[0].ops[0:0] = decided

    def _width(self, op: Op) -> tuple[int, bool]:
        need = self.needed[op.id]
        width, is_signed = width_of(self.ranges.of.get(op.id, (-(1 << op.bits), 0)))
        return (need, False) if need <= width else (width, is_signed)

    def _new(self, kind: str, bits: int, args: tuple[int, ...], line: int) -> Op:
        op = Op(self.next_id, kind, bits, args, line=line)  # type: ignore[arg-type]
        self.next_id += 1
        self.ops[op.id] = op
        return op

    def _narrow(
        self, op: Op, width: int, is_signed: bool, block: str, place: list[Op], kept: list[Op]
    ) -> None:
        """The operation in `width` bits, extended again under its old number."""
        args = []
        for i, arg in enumerate(op.args):
            if op.kind == "select" and i == 0:
                args.append(arg)
                continue
            size = width
            if op.kind == "shl" and i == 1:
                amount = self.ops[arg]
                size = max(width, amount.value.bit_length() if amount.kind == "const" else op.bits)
                if size != width:  # a shift of all bits, or by an unknown number
                    place.append(op)
                    return
            target = kept
            if op.kind == "phi":
                pred = self.function.block(block).preds[i]
                target = self.added.setdefault(pred, [])
            short = self._new("trunc", size, (arg,), op.line)
            target.append(short)
            args.append(short.id)
        made = self._new(op.kind, width, tuple(args), op.line)
        place.append(made)
        kept.append(
            replace(op, kind="sext" if is_signed else "zext", args=(made.id,), predicate=False)
        )

    def _operands(self, op: Op, block: str, kept: list[Op]) -> list[Op]:
        """A comparison or division of narrower operands."""
        found = [self.ranges.of.get(a) for a in op.args]
        bits = self.ops[op.args[0]].bits
        known: list[Range] = [r for r in found if r is not None]
        unsigned = op.kind in ("ult", "ule", "udiv", "urem")
        if len(known) < 2 or (unsigned and any(r[0] < 0 for r in known)):
            return [op]
        positive = all(r[0] >= 0 for r in known)
        widths = [width_of(r) for r in known]
        if unsigned or (positive and op.kind in ("eq", "ne")):
            width = max(w for w, _ in widths)
        else:
            width = max(w + (0 if s else 1) for w, s in widths)
        if op.kind in ("sdiv", "srem"):
            width += 1  # the least number divided by minus one
        if width >= bits:
            return [op]
        short = [self._new("trunc", width, (a,), op.line) for a in op.args]
        args = tuple(s.id for s in short)
        if op.kind in COMPARE:
            return [*short, op.with_args(args)]
        made = self._new(op.kind, width, args, op.line)
        is_signed = op.kind in ("sdiv", "srem")
        return [*short, made, replace(op, kind="sext" if is_signed else "zext", args=(made.id,))]


def _memories(function: Function, ranges: Ranges) -> None:
    """Own arrays get the width of what is stored in them."""
    next_id = max((op.id for op in function.ops()), default=0) + 1
    for name, found in ranges.memory.items():
        memory = function.memories[name]
        width, is_signed = width_of(found)
        if width >= memory.bits:
            continue
        mask = (1 << width) - 1
        function.memories[name] = replace(
            memory, bits=width, initial=tuple(v & mask for v in memory.initial)
        )
        for block in function.blocks:
            ops: list[Op] = []
            for op in block.ops:
                if op.name == name and op.kind == "store":
                    short = Op(next_id, "trunc", width, (op.args[1],), line=op.line)
                    ops += [short, op.with_args((op.args[0], short.id, *op.args[2:]))]
                    next_id += 1
                elif op.name == name and op.kind == "load":
                    made = replace(op, id=next_id, bits=width)
                    ops += [made, Op(op.id, "sext" if is_signed else "zext", op.bits, (made.id,),
                                     line=op.line)]  # fmt: skip
                    next_id += 1
                else:
                    ops.append(op)
            block.ops = ops
    for op in function.ops():
        ranges.of.setdefault(op.id, (-(1 << max(op.bits, 1)), 0))
