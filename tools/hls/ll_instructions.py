"""Reads instructions of LLVM's IR: a function for each form that they are written in.

Each is given the operands' reader, the opcode, the result's name, the text behind the opcode and
the line of the source.
"""

import re

from tools.errors import ToolError
from tools.hls.ll import Instruction, Type, Value
from tools.hls.ll_operands import Operands
from tools.hls.ll_text import closing, split, without_attributes


def _two(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    first, second = split(rest)
    a = read.typed(first)
    b = read.value(a.type, second)
    return Instruction(result, opcode, a.type, (a, b))


def _icmp(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    predicate, _, rest = rest.partition(" ")
    first, second = split(rest)
    a = read.typed(first)
    b = read.value(a.type, second)
    return Instruction(result, "icmp", Type("int", 1), (a, b), predicate)


def _cast(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    source, _, target = rest.rpartition(" to ")
    return Instruction(result, opcode, read.type_at(target)[0], (read.typed(source),))


def _select(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    args = tuple(read.typed(part) for part in split(rest))
    return Instruction(result, "select", args[1].type, args)


def _freeze(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    value = read.typed(rest)
    return Instruction(result, "freeze", value.type, (value,))


def _phi(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    kind, rest = read.type_at(rest)
    pairs = [split(pair) for pair in re.findall(r"\[ (.*?) \](?:, |$)", rest.strip())]
    values = tuple(read.value(kind, value) for value, _ in pairs)
    labels = tuple(label.strip() for _, label in pairs)
    return Instruction(result, "phi", kind, values, labels=labels)


def _br(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    parts = split(rest)
    labels = tuple(p.removeprefix("label ").strip() for p in parts if p.startswith("label "))
    args = () if len(labels) == 1 else (read.typed(parts[0]),)
    return Instruction("", "br", Type("void"), args, labels=labels)


def _switch(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    head, _, cases = rest.partition("[")
    value, default = split(head.strip())
    found = re.findall(r"i\d+ (-?\d+), label (%\"[^\"]*\"|%[-\w.$]+)", cases)
    labels = (default.removeprefix("label ").strip(), *(label for _, label in found))
    numbers = tuple(Value(Type("int", 64), n, int(n)) for n, _ in found)
    return Instruction("", "switch", Type("void"), (read.typed(value), *numbers), labels=labels)


def _ret(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    args = () if rest.strip() == "void" else (read.typed(rest),)
    return Instruction("", "ret", Type("void"), args)


def _unreachable(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    return Instruction("", "unreachable", Type("void"))


def _alloca(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    kind, count = read.type_at(rest)
    if re.match(r", i\d+ (?!1\b)", count):
        where = f"line {line}: " if line else ""
        raise ToolError(where + "the size of an array is not constant; give it the largest")
    return Instruction(result, "alloca", Type("ptr"), element=kind)


def _load(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    kind, rest = read.type_at(rest)
    return Instruction(result, "load", kind, (read.typed(split(rest.lstrip(", "))[0]),))


def _store(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    value, pointer = split(rest)[:2]
    return Instruction("", "store", Type("void"), (read.typed(value), read.typed(pointer)))


def _getelementptr(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    return read.element_pointer(result, rest, line)


def _call(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    kind, rest = read.type_at(without_attributes(rest))
    rest = rest.lstrip()
    if rest.startswith("("):  # the full function type of a variadic function
        rest = rest[closing(rest, 0) + 1 :].lstrip()
    start = rest.index("(", closing(rest, 0, '"') if rest.startswith('@"') else 0)
    name, inside = rest[:start].strip(), rest[start + 1 : closing(rest, start)]
    args = []
    for part in split(inside):
        if part.startswith("metadata"):
            continue
        args.append(read.typed(without_attributes(part)))
    return Instruction(result, "call", kind, tuple(args), name.strip('@"'))


def _extractvalue(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    value, *indices = split(rest)
    source = read.typed(value)
    kind = source.type.parts[int(indices[0])]
    return Instruction(result, "extractvalue", kind, (source,), indices[0])


def _insertvalue(read: Operands, opcode: str, result: str, rest: str, line: int) -> Instruction:
    whole, value, *indices = split(rest)
    first = read.typed(whole)
    return Instruction(result, "insertvalue", first.type, (first, read.typed(value)), indices[0])


_OF_TWO = (
    "add", "sub", "mul", "udiv", "sdiv", "urem", "srem", "and", "or", "xor", "shl", "lshr", "ashr",
)  # fmt: skip
_CASTS = ("zext", "sext", "trunc", "bitcast", "ptrtoint", "inttoptr")
FORMS = {
    **dict.fromkeys(_OF_TWO, _two),
    **dict.fromkeys(_CASTS, _cast),
    "icmp": _icmp,
    "select": _select,
    "freeze": _freeze,
    "phi": _phi,
    "br": _br,
    "switch": _switch,
    "ret": _ret,
    "unreachable": _unreachable,
    "alloca": _alloca,
    "load": _load,
    "store": _store,
    "getelementptr": _getelementptr,
    "call": _call,
    "extractvalue": _extractvalue,
    "insertvalue": _insertvalue,
}
"""The function for each opcode that is read."""
