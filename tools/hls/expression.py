"""An operation of the IR as a Verilog expression, with operands that already have their width."""

from collections.abc import Callable, Mapping, Sequence

from tools.hls.ir import Op

_BINARY = {"add": "+", "sub": "-", "and": "&", "or": "|", "xor": "^"}
_COMPARE = {"eq": "==", "ne": "!=", "ult": "<", "ule": "<="}


def expression(op: Op, ops: Mapping[int, Op], operand: Callable[[int], str]) -> str:
    """The expression; `operand` gives that of an operand, a name or a literal."""
    args = [operand(a) for a in op.args]
    first = ops[op.args[0]]
    if op.kind in _BINARY:
        return f"{args[0]} {_BINARY[op.kind]} {args[1]}"
    if op.kind in _COMPARE:
        return f"{args[0]} {_COMPARE[op.kind]} {args[1]}"
    if op.kind in ("slt", "sle"):
        return _signed(op, ops, args)
    if op.kind == "mul":
        return " * ".join(factors(op, ops, operand))
    if op.kind in ("shl", "lshr"):
        return _shift(op, ops, args, "<<" if op.kind == "shl" else ">>")
    if op.kind == "ashr":
        # Both operands of >>> decide whether it is signed: only the left one here.
        return f"$signed({args[0]}) >>> {args[1]}"
    if op.kind == "select":
        return f"{args[0]} ? {args[1]} : {args[2]}"
    if op.kind == "zext":
        extra = op.bits - first.bits
        return f"{{{extra}'d0, {args[0]}}}" if extra else args[0]
    if op.kind == "sext":
        extra = op.bits - first.bits
        if not extra:
            return args[0]
        if first.kind == "const":
            value = first.value | (-1 << first.bits if first.value >> (first.bits - 1) else 0)
            return f"{op.bits}'d{value & ((1 << op.bits) - 1)}"
        sign = f"{args[0]}[{first.bits - 1}]" if first.bits > 1 else args[0]
        return f"{{{{{extra}{{{sign}}}}}, {args[0]}}}"
    if op.kind == "trunc":
        if first.kind == "const":
            return f"{op.bits}'d{first.value & ((1 << op.bits) - 1)}"
        if first.bits == op.bits:
            return args[0]
        return f"{args[0]}[{op.bits - 1}:0]" if op.bits > 1 else f"{args[0]}[0]"
    if op.kind in ("clz", "ctz"):
        return _zeros(args[0], first.bits, op.bits, op.kind == "clz")
    raise ValueError(f"no expression for {op.kind}")


def _signed(op: Op, ops: Mapping[int, Op], args: Sequence[str]) -> str:
    """A comparison of signed numbers: with their signs exchanged they compare as unsigned ones do.

    So it ends with its carry chain, where synthesis would join the carries into and out of the sign
    behind it.
    """
    bits, strict = ops[op.args[0]].bits, op.kind == "slt"
    first, second = (ops[arg] for arg in op.args)
    if strict and second.kind == "const" and not second.value:
        return _sign(args[0], bits)
    if not strict and first.kind == "const" and not first.value:
        return f"!{_sign(args[1], bits)}"
    (sign, rest), (other, others) = (
        _halves(arg, ops[id], bits) for id, arg in zip(op.args, args, strict=True)
    )
    return f"{{{other}{rest}}} {'<' if strict else '<='} {{{sign}{others}}}"


def _sign(text: str, bits: int) -> str:
    return f"{text}[{bits - 1}]" if bits > 1 else text


def _halves(text: str, op: Op, bits: int) -> tuple[str, str]:
    """The sign of a word, and its other bits behind a comma, if it has any."""
    if op.kind == "const":
        low = f", {bits - 1}'d{op.value & ((1 << (bits - 1)) - 1)}" if bits > 1 else ""
        return f"1'd{op.value >> (bits - 1) & 1}", low
    low = f", {text}[{bits - 2}:0]" if bits > 2 else f", {text}[0]" if bits > 1 else ""
    return _sign(text, bits), low


def _shift(op: Op, ops: Mapping[int, Op], args: list[str], sign: str) -> str:
    return f"{args[0]} {sign} {args[1]}"


def _zeros(name: str, bits: int, wanted: int, from_top: bool) -> str:
    """The zeros before the first one as a tree of choices: each half with a one gives a bit.

    Ones behind the word make its length a power of two; a word of zeros ends at the first of them.
    """
    size = 1 << (bits - 1).bit_length()

    def part(start: int, end: int) -> str:
        """The bits from the `start`th to before the `end`th, counted from where zeros count."""
        if from_top:
            start, end = bits - end, bits - start
        return f"{name}[{end - 1}:{start}]"

    def count(start: int, end: int) -> str:
        """The zeros before the first one of these, one of which is a one."""
        middle = (start + end) // 2
        first = "" if middle - start == 1 else f", {count(start, middle)}"
        if middle > bits:
            return f"{{1'b0{first}}}"
        second = "" if middle - start == 1 else f", {count(middle, end)}"
        return f"(|{part(start, middle)} ? {{1'b0{first}}} : {{1'b1{second}}})"

    if bits == 1:
        return f"{{{wanted - 1}'d0, ~{name}}}"
    found = f"{{{wanted - size.bit_length() + 1}'d0, {count(0, size)}}}"
    return found if size > bits else f"|{name} ? {found} : {wanted}'d{bits}"


def factors(
    op: Op, ops: Mapping[int, Op], operand: Callable[[int], str], widths: Sequence[int] = (1, 1)
) -> list[str]:
    """Those of a product, signed, before their extension: a multiplier gets their true widths.

    A factor has the bits of `widths` where it has fewer itself.
    """
    found = []
    for arg, least in zip(op.args, widths, strict=True):
        given, text = ops[arg], operand(arg)
        if given.kind == "sext":
            bits = min(max(ops[given.args[0]].bits, least), given.bits)
            found.append(f"$signed({text}[{bits - 1}:0])")
        elif given.kind == "zext":
            bits = ops[given.args[0]].bits
            found.append(f"$signed({{{max(1, least - bits)}'b0, {text}[{bits - 1}:0]}})")
        elif given.kind == "const":
            value = (
                given.value - (1 << given.bits) if given.value >> (given.bits - 1) else given.value
            )
            width = max(value.bit_length() + 1, 2, least)
            constant = f"-{width}'sd{-value}" if value < 0 else f"{width}'sd{value}"
            found.append(f"({constant})")
        else:
            found.append(f"$signed({text})")
    return found
