"""LLVM's intrinsic functions as operations of the IR."""

import re
from typing import TYPE_CHECKING

from tools.hls import ll
from tools.hls.contents import plain_name
from tools.hls.copies import copy, fill
from tools.hls.global_pointers import KEPT
from tools.hls.ir import Kind, Op
from tools.hls.stream_calls import stream_call

if TYPE_CHECKING:
    from tools.hls.lower import Lowering

_IGNORED = (
    "llvm.lifetime.",
    "llvm.assume",
    "llvm.dbg.",
    "llvm.experimental.noalias",
    "llvm.prefetch",
)
_MINMAX: dict[str, tuple[Kind, bool]] = {
    "smax": ("slt", True), "smin": ("slt", False), "umax": ("ult", True), "umin": ("ult", False),
}  # fmt: skip


def expand(lower: "Lowering", call: ll.Instruction):  # type: ignore[no-untyped-def]
    """The value of a call, or None."""
    name = call.detail
    if name.startswith(_IGNORED):
        return None
    if name.startswith("llvm.memset"):
        return fill(lower, call)
    if name.startswith(("llvm.memcpy", "llvm.memmove")):
        return copy(lower, call)
    if name.startswith("siliwright_"):
        return stream_call(lower, call)
    if lower.calls and name in lower.calls.names:
        return lower.calls.add(lower, call)
    if not name.startswith("llvm."):
        raise lower.refused(_unsupported(name, lower.module.heads.get(name, "")))
    build = lower.build
    short = name.split(".")[1]
    bits = call.type.bits
    args = [lower.operand(a) for a in call.args]
    if short in _MINMAX:
        compare, larger = _MINMAX[short]
        less = build.binary(compare, *args)
        return build.add("select", bits, less, *(args[::-1] if larger else args))
    if short == "abs":
        zero = build.const(0, bits)
        negative = build.binary("slt", args[0], zero)
        return build.add("select", bits, negative, build.binary("sub", zero, args[0]), args[0])
    if short in ("fshl", "fshr"):
        return _funnel(lower, short, bits, args)
    if short in ("ctlz", "cttz", "ctpop", "bswap", "bitreverse"):
        return _bits(lower, short, bits, args[0])
    if short in ("sadd", "uadd", "ssub", "usub") and ".sat." in name:
        return _saturated(lower, short, bits, args)
    if ".with.overflow." in name:
        return _overflow(lower, short, args)
    if short in ("scmp", "ucmp"):
        kind: Kind = "slt" if short == "scmp" else "ult"
        less, more = build.binary(kind, args[0], args[1]), build.binary(kind, args[1], args[0])
        up, down = build.resize(more, bits, False), build.resize(less, bits, False)
        return build.binary("sub", up, down)
    raise lower.refused(f"the operation {short!r} is not supported by the HLS engine")


_HEAP = ("malloc", "calloc", "realloc", "_Znw", "_Zna")
"""Functions that give memory: those of C, and C++'s operator new as the compiler names it."""
_MATHS = {
    "erf", "erfc", "tgamma", "lgamma", "fmod", "remainder", "remquo", "modf", "frexp", "logb",
    "ilogb", "scalbn", "nextafter",
}  # fmt: skip
"""Functions of the C library, without the f that those of float end with."""


def refuse_heap(lower: "Lowering") -> None:
    """Refuse memory of the heap, before anything is said of the pointers to it."""
    for instruction in (i for block in lower.module.blocks for i in block.body):
        if instruction.opcode == "call" and instruction.detail.startswith(_HEAP):
            lower.build.line = instruction.line
            raise lower.refused(_unsupported(instruction.detail, ""))


def _unsupported(name: str, head: str) -> str:
    """Why a function cannot be called; `head` is the first line of it in LLVM."""
    plain = name.split("_")[1] if name.startswith("softfloat_") else name.removesuffix("f")
    if name.startswith("softfloat_") or plain in _MATHS:
        return (
            f"the function {plain!r} of floating point is not supported by the HLS engine yet; "
            "write it with the functions that hls_math.h has"
        )
    plain = _named(name)
    if name.startswith("asm "):
        return "assembler is not supported; write it in C++"
    if name.startswith("%"):
        return "a call through a pointer is not supported; call the functions in a switch"
    if name.startswith(KEPT):
        kept = plain_name(name.removeprefix(f"{KEPT}."))
        return f"the pointer {kept!r} keeps its value from call to call; set it in every call"
    if name.startswith(_HEAP):
        giver = "new or of a container" if name.startswith("_Z") else name
        return f"memory from {giver} is not supported; use an array of a fixed size"
    for known, why in (
        ("printf", "output with printf is not supported in a kernel; put it into the testbench"),
        ("puts", "output is not supported in a kernel; put it into the testbench"),
        ("bcmp", "memcmp is not supported; compare the elements in a loop"),
        ("memcmp", "memcmp is not supported; compare the elements in a loop"),
        ("exit", "a kernel cannot end the program; return an error code"),
    ):
        if name.startswith(known) or known in plain:
            return why
    if head.rstrip().endswith("...)") or "...) " in head:
        return f"the function {plain!r} takes any number of arguments; give it an array of them"
    if head.startswith("define"):
        return f"the function {plain!r} calls itself; write the recursion as a loop"
    return f"the function {plain!r} has no body here; define it in these files"


def _named(name: str) -> str:
    """A function's name as the source has it: `_ZN3hls4sqrtEf` is `sqrt`."""
    found, rest = "", name.removeprefix("_ZN").removeprefix("_Z").removeprefix("L")
    while digits := re.match(r"\d+", rest):
        length = int(digits[0])
        found, rest = rest[len(digits[0]) :][:length], rest[len(digits[0]) + length :]
    return found or name


def _bits(lower: "Lowering", short: str, bits: int, value: Op) -> Op:
    build = lower.build
    if short in ("ctlz", "cttz"):
        kind: Kind = "clz" if short == "ctlz" else "ctz"
        return build.resize(build.add(kind, bits.bit_length() + 1, value), bits, False)
    single = [
        build.add("trunc", 1, build.binary("lshr", value, build.const(i, bits)) if i else value)
        for i in range(bits)
    ]
    if short in ("bswap", "bitreverse"):
        order = range(bits - 1, -1, -1)
        if short == "bswap":
            order = [8 * (bits // 8 - 1 - i // 8) + i % 8 for i in range(bits)]  # type: ignore[assignment]
        total = build.const(0, bits)
        for target, source in enumerate(order):
            wide = build.resize(single[source], bits, False)
            total = build.binary("or", total, build.binary("shl", wide, build.const(target, bits)))
        return total
    sums = [build.resize(bit, bits, False) for bit in single]
    while len(sums) > 1:
        pairs = [build.binary("add", a, b) for a, b in zip(sums[::2], sums[1::2], strict=False)]
        sums = pairs + (sums[-1:] if len(sums) % 2 else [])
    return sums[0]


def _funnel(lower: "Lowering", short: str, bits: int, args: list[Op]) -> Op:
    build = lower.build
    high, low, amount = args
    size = build.const(bits, bits)
    turn = build.binary("urem", amount, size) if bits & (bits - 1) else build.binary(
        "and", amount, build.const(bits - 1, bits))  # fmt: skip
    back = build.binary("sub", size, turn)
    if short == "fshl":
        return build.binary("or", build.binary("shl", high, turn), build.binary("lshr", low, back))
    return build.binary("or", build.binary("shl", high, back), build.binary("lshr", low, turn))


def _saturated(lower: "Lowering", short: str, bits: int, args: list[Op]) -> Op:
    build = lower.build
    is_signed = short[0] == "s"
    wide = [build.resize(a, bits + 1, is_signed) for a in args]
    total = build.binary("add" if "add" in short else "sub", *wide)
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if is_signed else (0, (1 << bits) - 1)
    cut = build.add("trunc", bits, total)
    if not is_signed:
        over = build.add("trunc", 1, build.binary("lshr", total, build.const(bits, bits + 1)))
        return build.add(
            "select", bits, over, build.const(high if "add" in short else 0, bits), cut
        )
    above = build.binary("slt", build.const(high, bits + 1), total)
    below = build.binary("slt", total, build.const(low, bits + 1))
    upper = build.add("select", bits, above, build.const(high, bits), cut)
    return build.add("select", bits, below, build.const(low, bits), upper)


def _overflow(lower: "Lowering", short: str, args: list[Op]) -> tuple[Op, Op]:
    build = lower.build
    is_signed, bits = short[0] == "s", args[0].bits
    wide = [build.resize(a, 2 * bits, is_signed) for a in args]
    kind: Kind = "mul" if "mul" in short else "add" if "add" in short else "sub"
    total = build.binary(kind, *wide)
    cut = build.add("trunc", bits, total)
    return cut, build.binary("ne", build.resize(cut, 2 * bits, is_signed), total)
