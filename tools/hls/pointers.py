"""What a pointer can point to, and how far it steps, before LLVM's code is lowered.

An array whose pointer may also point to another one (`from` and `to` that change places) becomes
one array with it. An index that LLVM counts in bytes is counted in elements again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import gcd

from tools.errors import ToolError
from tools.hls.cut_arrays import whole
from tools.hls.ll import Instruction, Module, Type, Value

_BYTE = Type("int", 8)
_INDEX = Type("int", 64)


@dataclass(frozen=True)
class Share:
    """The part of an array that several are joined to: the `number`th of `parts`."""

    name: str
    kind: Type
    number: int
    parts: tuple[str, ...]


def shares(module: Module) -> dict[str, Share]:
    """By variable, what became of those that one pointer can point to. Raises `ToolError`."""
    roots = _Roots(module)
    found: dict[str, Share] = {}
    for instruction in _instructions(module):
        if instruction.type.kind != "ptr" or instruction.opcode not in ("phi", "select"):
            continue
        names = roots.of(instruction.result)
        if len(names) < 2 or names[0] in found:
            continue
        kinds = [roots.kinds.get(name) for name in names]
        joined = _common([kind for kind in kinds if kind is not None])
        if joined is None or None in kinds:
            named = " or ".join(sorted(name.strip("%@") for name in names))
            raise ToolError(
                f"line {instruction.line}: a pointer could point to {named}; index the arrays in "
                "an if and an else"
            )
        found |= {name: Share(names[0], joined, n, names) for n, name in enumerate(names)}
    return found


class _Roots:
    """The variables that each pointer may point to, by union of what flows together."""

    def __init__(self, module: Module) -> None:
        self.kinds: dict[str, Type] = {g.name: whole(g.type) for g in module.globals.values()}
        self.parameters = {name for _, name in module.parameters}
        self.above: dict[str, str] = {}
        for instruction in _instructions(module):
            if instruction.opcode == "alloca" and instruction.element is not None:
                self.kinds[instruction.result] = instruction.element
            if instruction.type.kind != "ptr":
                continue
            for value in _sources(instruction):
                self._join(instruction.result, _base(value))
        self.members: dict[str, list[str]] = {}
        for name in (*self.parameters, *self.kinds):
            self.members.setdefault(self._top(name), []).append(name)

    def of(self, name: str) -> tuple[str, ...]:
        return tuple(self.members.get(self._top(name), ()))

    def _top(self, name: str) -> str:
        while (above := self.above.get(name, name)) != name:
            name = above
        return name

    def _join(self, name: str, other: str) -> None:
        if other in ("null", "undef", "poison"):
            return
        self.above[self._top(other)] = self._top(name)


def _sources(instruction: Instruction) -> tuple[Value, ...]:
    """The pointers that a pointer is made from."""
    if instruction.opcode == "phi":
        return instruction.args
    if instruction.opcode == "select":
        return instruction.args[1:]
    return instruction.args[:1] if instruction.opcode in ("getelementptr", "freeze") else ()


def _base(value: Value) -> str:
    while value.inner is not None:
        value = value.inner.args[0]
    return value.text


def _common(kinds: list[Type]) -> Type | None:
    """A type that has room for each: equal ones, or arrays of equal elements."""
    if not kinds:
        return None
    if all(kind == kinds[0] for kind in kinds):
        return kinds[0]
    if all(k.kind == "array" and k.parts == kinds[0].parts for k in kinds):
        return max(kinds, key=lambda kind: kind.count)
    return None


def _instructions(module: Module) -> Iterator[Instruction]:
    for block in module.blocks:
        yield from block.body


def count_in_elements(module: Module) -> None:
    """Indices in bytes that are multiples of more become multiples of one."""
    made = {i.result: i for i in _instructions(module) if i.result}
    multiple = _multiples(made)
    scaled = _Scaled(made, multiple)
    for block in module.blocks:
        block.body = [scaled.index(i) for i in block.body]
    for block in module.blocks:
        body: list[Instruction] = []
        for instruction in block.body:
            body += [instruction, *scaled.after.get(instruction.result, ())]
        # What follows a phi goes behind all of them.
        block.body = sorted(body, key=lambda i: i.opcode != "phi")


def _multiples(made: Mapping[str, Instruction]) -> dict[str, int]:
    """The greatest number that each word is known to be a multiple of; 0 is of all."""
    found = dict.fromkeys(made, 0)
    changed = True
    while changed:
        changed = False
        for name, instruction in made.items():
            factor = gcd(found[name], _multiple(instruction, found))
            if factor != found[name]:
                found[name], changed = factor, True
    return found


def _multiple(instruction: Instruction, known: Mapping[str, int]) -> int:
    args = [abs(a.number) if a.number is not None else known.get(a.text, 1)
            for a in instruction.args]  # fmt: skip
    opcode, flags = instruction.opcode, instruction.flags
    if opcode == "phi":
        return gcd(*args)
    if opcode == "select":
        return gcd(*args[1:])
    if opcode in ("add", "sub") or opcode == "or" and "disjoint" in flags:
        found = gcd(*args)
    elif opcode == "mul":
        found = args[0] * args[1]
    elif opcode == "shl" and instruction.args[1].number is not None:
        found = args[0] << instruction.args[1].number
    elif opcode in ("ashr", "lshr") and instruction.args[1].number is not None:
        shift, power = instruction.args[1].number, args[0] & -args[0]
        return power and min(max(power >> shift, 1), 1 << (instruction.type.bits - 1 - shift))
    elif opcode in ("zext", "sext"):
        return args[0]
    else:
        return 1
    wraps = instruction.type.bits < 64 and not flags & {"nuw", "nsw", "disjoint"}
    return found & -found if wraps else found


class _Scaled:
    """Words divided by what they are a multiple of; `after` holds what is to follow each."""

    def __init__(self, made: Mapping[str, Instruction], multiple: Mapping[str, int]) -> None:
        self.made = made
        self.multiple = multiple
        self.after: dict[str, list[Instruction]] = {}
        self._done: set[str] = set()

    def index(self, instruction: Instruction) -> Instruction:
        """An access by bytes as one by elements, where the index allows it."""
        if instruction.opcode != "getelementptr" or len(instruction.args) != 2:
            return instruction
        base, index = instruction.args
        by = self.multiple.get(index.text, 1)
        if by < 2 or instruction.element != _BYTE:
            return instruction
        element = Type("array", count=by, parts=(_BYTE,))
        return replace(instruction, args=(base, self._by(index, by)), element=element)

    def _by(self, value: Value, by: int) -> Value:
        """A value divided by a number that it is a multiple of."""
        if by == 1:
            return value
        if value.number is not None:
            return replace(value, text=str(value.number // by), number=value.number // by)
        name = f"{value.text}.by{by}"
        if name not in self._done:
            self._done.add(name)
            whole = self.made[value.text]
            made = replace(whole, result=name, args=self._args(whole, by))
            if whole.opcode == "or":
                made = replace(made, opcode="add")
            elif whole.opcode == "shl":
                factor = (1 << (whole.args[1].number or 0)) // gcd(
                    1 << (whole.args[1].number or 0), by
                )
                constant = Value(whole.type, str(factor), factor)
                made = replace(made, opcode="mul", args=(made.args[0], constant))
            self.after.setdefault(value.text, []).append(made)
        return replace(value, text=name)

    def _args(self, whole: Instruction, by: int) -> tuple[Value, ...]:
        args = whole.args
        if whole.opcode == "select":
            return (args[0], self._by(args[1], by), self._by(args[2], by))
        if whole.opcode == "mul":
            first = gcd(by, self._known(args[0]))
            return (self._by(args[0], first), self._by(args[1], by // first))
        if whole.opcode == "shl":
            return (self._by(args[0], by // gcd(by, 1 << (args[1].number or 0))), args[1])
        if whole.opcode in ("ashr", "lshr"):  # of a multiple of more than what is shifted out
            shift = (args[1].number or 0) + by.bit_length() - 1
            return (args[0], Value(args[1].type, str(shift), shift))
        return tuple(self._by(a, by) for a in args)

    def _known(self, value: Value) -> int:
        return abs(value.number) if value.number is not None else self.multiple.get(value.text, 1)
