"""From LLVM's IR to the engine's: pointers become memories, everything else words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tools.errors import ToolError
from tools.hls import ll
from tools.hls.build import Builder
from tools.hls.intrinsics import expand
from tools.hls.ir import Block, Branch, Function, Jump, Kind, Memory, Op, Return
from tools.hls.place import Form, Leaf, leaves, word

_SWAPPED: Mapping[str, Kind] = {"ugt": "ult", "uge": "ule", "sgt": "slt", "sge": "sle"}


@dataclass(frozen=True)
class Pointer:
    """`object` at a byte offset."""

    object: str
    form: Form


@dataclass
class Object:
    """What pointers point into: its type, and the memory of each of its leaves."""

    kind: ll.Type
    leaves: list[tuple[Leaf, Memory, bool]]
    """With each memory's element: whether it is extended by its sign."""


@dataclass(frozen=True)
class Access:
    """A load or a store, by the operation's id: what it points to, until banks are chosen."""

    pointer: Pointer
    leaf: Leaf


class Lowering:
    """Turns one LLVM function into a `Function`."""

    def __init__(self, module: ll.Module, name: str, arguments: Mapping[str, Object]) -> None:
        self.module = module
        entry = Block("start")
        self.build = Builder(entry, entry)
        self.function = Function(name, [entry])
        self.objects: dict[str, Object] = dict(arguments)
        for object in arguments.values():
            for _, memory, _ in object.leaves:
                self.function.memories[memory.name] = memory
        self.values: dict[str, Op | Pointer | tuple[Op | Pointer, ...]] = {}
        self.last: dict[str, str] = {}
        self.accesses: dict[int, Access] = {}
        self.latches: dict[str, int] = {}
        self.inputs: dict[str, tuple[int, bool]] = {}
        """Scalar arguments: their bits, and whether they have a sign."""
        self.results: dict[str, tuple[str, int]] = {}
        """Scalar results: their port and its bits."""

    def lower(self) -> Function:
        for kind, name in self.module.parameters:
            plain = name.removeprefix("%")
            if kind.kind == "ptr":
                self.values[name] = Pointer(plain, Form())
            else:
                self.values[name] = self._input(plain, kind.bits)
        blocks = {b.name: Block(b.name.removeprefix("%").strip('"')) for b in self.module.blocks}
        dead = {b.name for b in self.module.blocks if b.body[-1].opcode == "unreachable"}
        first = True
        phis: list[tuple[Block, ll.Instruction, Op]] = []
        for source in _in_order(self.module.blocks):
            if source.name in dead and not first:
                continue
            block = blocks[source.name]
            if first:
                self.build.entry.end = Jump(block.name)
                block.preds = ["start"]
            first = False
            self.function.blocks.append(block)
            self.build.block = block
            for instruction in source.body:
                self.build.line = instruction.line
                if instruction.opcode == "phi":
                    phis.append(self._phi(instruction))
                elif instruction.opcode in ("br", "ret", "unreachable"):
                    self._end(instruction, blocks, dead)
                else:
                    self._do(instruction)
            self.last[source.name] = self.build.block.name
        self._connect(phis, blocks, dead)
        if isinstance(self.module.returns, ll.Type) and self.module.returns.kind == "int":
            self.function.return_bits = self.module.returns.bits
        return self.function

    def _input(self, name: str, bits: int) -> Op:
        own, is_signed = self.inputs.get(name, (bits, True))
        return self.build.resize(self.build.add("input", own, name=name), bits, is_signed)

    def cut_return(self, bits: int) -> None:
        """Return the low bits alone."""
        for block in self.function.blocks:
            if isinstance(block.end, Return) and block.end.value is not None:
                self.build.block = block
                value = self.build.resize(self.build.ops[block.end.value], bits, True)
                block.end = Return(value.id)
        self.function.return_bits = bits

    def _phi(self, instruction: ll.Instruction) -> tuple[Block, ll.Instruction, Op]:
        if instruction.type.kind != "int":
            raise ToolError(self._where(instruction) + "a pointer that changes is not supported; "
                            "use an index into the array")  # fmt: skip
        op = self.build.add("phi", instruction.type.bits)
        self.values[instruction.result] = op
        return self.build.block, instruction, op

    def _connect(
        self,
        phis: list[tuple[Block, ll.Instruction, Op]],
        blocks: Mapping[str, Block],
        dead: set[str],
    ) -> None:
        for block in self.function.blocks[1:]:
            for target in block.successors():
                self.function.block(target).preds.append(block.name)
        for block, instruction, op in phis:
            by_pred: dict[str, Op] = {}
            for value, label in zip(instruction.args, instruction.labels, strict=True):
                if label in self.last:
                    by_pred[self.last[label]] = self.operand(value)
            args = tuple(by_pred[pred].id for pred in block.preds)
            made = op.with_args(args)
            self.build.ops[op.id] = made
            block.ops[block.ops.index(op)] = made

    def _end(
        self, instruction: ll.Instruction, blocks: Mapping[str, Block], dead: set[str]
    ) -> None:
        block = self.build.block
        if instruction.loop:
            self.latches[block.name] = self._loop_line(instruction.loop)
        if instruction.opcode == "ret":
            value = self.operand(instruction.args[0]).id if instruction.args else None
            block.end = Return(value)
            return
        if instruction.opcode == "unreachable":
            block.end = Return(None)
            return
        labels = [label for label in instruction.labels if label not in dead] or [
            instruction.labels[0]
        ]
        if len(labels) == 1 or labels[0] == labels[1]:
            block.end = Jump(blocks[labels[0]].name)
        else:
            condition = self.operand(instruction.args[0])
            then, other = (blocks[label].name for label in labels)
            block.end = Branch(condition.id, then, other, instruction.line)

    def _loop_line(self, name: str) -> int:
        """The line of a loop's keyword, from its metadata."""
        for part in re.findall(r"!\d+", self.module.metadata.get(name, ""))[1:]:
            if found := re.search(r"!DILocation\(line: (\d+)", self.module.metadata.get(part, "")):
                return int(found[1])
        return 0

    def operand(self, value: ll.Value) -> Op:
        if value.number is not None:
            return self.build.const(value.number, value.type.bits)
        found = self.values.get(value.text)
        if not isinstance(found, Op):
            raise ToolError(f"a value is not supported by the HLS engine: {value.text}")
        return found

    def pointer(self, value: ll.Value) -> Pointer:
        if value.inner is not None:
            return self._element(value.inner)
        if value.text.startswith("@"):
            return Pointer(self._global(value.text), Form())
        found = self.values.get(value.text)
        if not isinstance(found, Pointer):
            raise ToolError(
                f"line {self.build.line}: a pointer could point to more than one array; "
                "index the array itself"
            )
        return found

    def _global(self, name: str) -> str:
        plain = _plain(name)
        if plain not in self.objects:
            found = self.module.globals[name]
            values = _initial(found, self.module)
            self._object(plain, found.type, "rom" if found.constant else "ram", values)
        return plain

    def _object(
        self, name: str, kind: ll.Type, place: str, initial: Mapping[int, int] | None
    ) -> None:
        made = []
        for leaf in leaves(kind):
            words = 1
            for count in leaf.counts:
                words *= count
            contents: tuple[int, ...] = ()
            if initial is not None:
                contents = tuple(initial.get(at, 0) for at in _positions(leaf))
            memory = Memory(
                name + leaf.path,
                leaf.bits,
                words,
                "rom" if place == "rom" else "ram",
                contents,
                keeps=initial is not None and place == "ram",
                line=self.build.line,
            )
            self.function.memories[memory.name] = memory
            made.append((leaf, memory, True))
        self.objects[name] = Object(kind, made)

    def _element(self, instruction: ll.Instruction) -> Pointer:
        base = self.pointer(instruction.args[0])
        kind = instruction.element
        assert kind is not None
        form = base.form.plus(self._scaled(instruction.args[1], kind.size()))
        for value in instruction.args[2:]:
            if kind.kind == "struct":
                assert value.number is not None
                form = form.plus(Form({}, kind.offsets()[value.number]))
                kind = kind.parts[value.number]
            else:
                kind = kind.parts[0]
                form = form.plus(self._scaled(value, kind.size()))
        return Pointer(base.object, form)

    def _scaled(self, value: ll.Value, size: int) -> Form:
        if value.number is not None:
            return Form({}, value.number * size)
        return self._linear(self.operand(value), size)

    def _linear(self, op: Op, factor: int) -> Form:
        """An index as a sum: additions, shifts and multiplications by constants are taken apart."""
        ops = self.build.ops
        if op.kind == "const":
            value = op.value - (1 << op.bits) if op.value >> (op.bits - 1) else op.value
            return Form({}, value * factor)
        if op.kind in ("add", "sub", "mul", "shl") and op.bits == 64:
            a, b = (ops[i] for i in op.args)
            if op.kind == "add":
                return self._linear(a, factor).plus(self._linear(b, factor))
            if op.kind == "sub":
                return self._linear(a, factor).plus(self._linear(b, -factor))
            if b.kind == "const":
                times = b.value if op.kind == "mul" else 1 << b.value
                times = times - (1 << 64) if times >> 63 else times
                return self._linear(a, factor * times)
        return Form({op.id: factor})

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

    def leaf_of(self, pointer: Pointer, bits: int) -> tuple[Leaf, Memory, bool, Form]:
        object = self.objects.get(pointer.object)
        if object is None:
            raise ToolError(f"line {self.build.line}: {pointer.object!r} is not an array")
        for leaf, memory, signed in object.leaves:
            form = word(pointer.form, leaf)
            if form is not None and leaf.bits == bits:
                return leaf, memory, signed, form
        raise ToolError(
            f"line {self.build.line}: an access of {bits} bits to {pointer.object!r} does not "
            "match its elements; read and write whole elements"
        )

    def load(self, pointer: Pointer, bits: int) -> Op:
        if pointer.object in self.results:
            _, own = self.results[pointer.object]
            return self.build.resize(self._input(f"{pointer.object}_i", own), bits, True)
        container = max(8, 1 << (bits - 1).bit_length()) if bits < 8 else bits
        leaf, memory, is_signed, form = self.leaf_of(pointer, container)
        address = self.word(form, memory.address_bits)
        made = self.build.add("load", memory.bits, address, name=memory.name)
        self.accesses[made.id] = Access(pointer, leaf)
        wide = self.build.resize(made, max(container, memory.bits), is_signed)
        return self.build.resize(wide, bits, is_signed)

    def store(self, pointer: Pointer, value: Op) -> None:
        if pointer.object in self.results:
            port, own = self.results[pointer.object]
            self.build.add("output", 0, self.build.resize(value, own, True), name=port)
            return
        container = max(8, value.bits)
        leaf, memory, _, form = self.leaf_of(pointer, container)
        address = self.word(form, memory.address_bits)
        kept = self.build.resize(value, memory.bits, False)
        made = self.build.add("store", 0, address, kept, name=memory.name)
        self.accesses[made.id] = Access(pointer, leaf)

    def _do(self, instruction: ll.Instruction) -> None:
        opcode, args = instruction.opcode, instruction.args
        result: Op | Pointer | tuple[Op | Pointer, ...] | None = None
        bits = instruction.type.bits
        if instruction.type.kind in ("float", "double") or any(
            a.type.kind in ("float", "double") for a in args
        ):
            raise ToolError(
                self._where(instruction) + "floating point is not supported by the HLS engine yet; "
                "use ap_fixed or integers"
            )
        if opcode == "alloca":
            assert instruction.element is not None
            name = self._fresh(_plain(instruction.result))
            self._object(name, instruction.element, "ram", None)
            result = Pointer(name, Form())
        elif opcode == "getelementptr":
            result = self._element(instruction)
        elif opcode == "load":
            if instruction.type.kind != "int":
                raise ToolError(self._where(instruction) + "a pointer is kept in memory; "
                                "index arrays directly")  # fmt: skip
            result = self.load(self.pointer(args[0]), bits)
        elif opcode == "store":
            self.store(self.pointer(args[1]), self.operand(args[0]))
        elif opcode == "icmp":
            result = self._compare(instruction)
        elif opcode in ("zext", "sext", "trunc"):
            result = self.build.add(opcode, bits, self.operand(args[0]))  # type: ignore[arg-type]
        elif opcode == "freeze":
            result = self.operand(args[0])
        elif opcode == "select" and instruction.type.kind == "ptr":
            raise ToolError(self._where(instruction) + "a pointer could point to more than one "
                            "array; index the arrays in an if and an else")  # fmt: skip
        elif opcode == "select":
            result = self.build.add("select", bits, *(self.operand(a) for a in args))
        elif opcode == "call":
            result = expand(self, instruction)
        elif opcode == "extractvalue":
            whole = self.values[args[0].text]
            assert isinstance(whole, tuple)
            result = whole[int(instruction.detail)]
        elif opcode == "other":
            raise ToolError(self._where(instruction) + "not supported by the HLS engine: "
                            f"{instruction.detail[:60]}")  # fmt: skip
        else:
            result = self.build.add(opcode, bits, *(self.operand(a) for a in args))  # type: ignore[arg-type]
        if result is not None:
            self.values[instruction.result] = result

    def _compare(self, instruction: ll.Instruction) -> Op:
        if instruction.args[0].type.kind == "ptr":
            raise ToolError(self._where(instruction) + "pointers are compared; compare indices")
        a, b = (self.operand(v) for v in instruction.args)
        predicate = instruction.detail
        if predicate in _SWAPPED:
            return self.build.binary(_SWAPPED[predicate], b, a)
        return self.build.binary(predicate, a, b)  # type: ignore[arg-type]

    def _fresh(self, name: str) -> str:
        found, number = name, 1
        while found in self.objects:
            number += 1
            found = f"{name}_{number}"
        return found

    @staticmethod
    def _where(instruction: ll.Instruction) -> str:
        return f"line {instruction.line}: " if instruction.line else ""

    def new_block(self, name: str) -> Block:
        """A block after the one that is being filled; the caller ends that one."""
        names = {b.name for b in self.function.blocks}
        number = 1
        while f"{name}.{number}" in names:
            number += 1
        block = Block(f"{name}.{number}")
        self.function.blocks.append(block)
        return block


def _in_order(blocks: list[ll.LlBlock]) -> list[ll.LlBlock]:
    """Reverse post-order: every operand but those of phis comes before its use."""
    by_name = {b.name: b for b in blocks}
    seen: set[str] = set()
    order: list[ll.LlBlock] = []
    stack: list[tuple[ll.LlBlock, list[str]]] = []

    def push(name: str) -> None:
        seen.add(name)
        stack.append((by_name[name], list(by_name[name].body[-1].labels)))

    push(blocks[0].name)
    while stack:
        block, left = stack[-1]
        while left and left[-1] in seen:
            left.pop()
        if left:
            push(left.pop())
        else:
            order.append(block)
            stack.pop()
    return order[::-1]


def _plain(name: str) -> str:
    """A name of LLVM's as the source has it: `_ZZ3topE3cnt` is `cnt`."""
    bare = name.strip('%@"').removesuffix(".addr")
    if bare.startswith("__const."):
        bare = bare.rsplit(".", 1)[-1]
    if bare.startswith("_Z"):
        tail = "".join(c if c.isalnum() or c == "_" else " " for c in bare).split()[0]
        digits = ""
        for i in range(len(tail) - 1, 0, -1):
            if tail[i].isdigit() and not tail[i - 1].isdigit():
                count = ""
                j = i
                while j < len(tail) and tail[j].isdigit():
                    count += tail[j]
                    j += 1
                if int(count) == len(tail) - j:
                    digits = tail[j:]
                    break
        bare = digits or tail
    return "".join(c if c.isalnum() or c == "_" else "_" for c in bare)


def _positions(leaf: Leaf) -> list[int]:
    """The byte offset of each word of a leaf."""
    found = [leaf.offset]
    for count, stride in zip(leaf.counts, leaf.strides, strict=True):
        found = [at + i * stride for at in found for i in range(count)]
    return found


def _initial(found: ll.Global, module: ll.Module) -> dict[int, int]:
    """A global's contents: values by byte offset, zeros left out."""
    reader = ll.Reader("", "")
    reader.types = module.types
    contents: dict[int, int] = {}

    def fill(kind: ll.Type, text: str, offset: int) -> None:
        text = text.strip()
        if text in ("zeroinitializer", "undef", "poison", "null"):
            return
        if kind.kind == "int":
            value = reader.value(kind, text).number or 0
            if value:
                contents[offset] = value & ((1 << kind.bits) - 1)
        elif text.startswith('c"'):
            for i, byte in enumerate(_string(text[2:-1])):
                contents[offset + i] = byte
        elif kind.kind == "array":
            for i, part in enumerate(ll._split(text[1:-1])):
                inner, rest = reader.type_at(part)
                fill(inner, rest, offset + i * kind.parts[0].size())
        else:
            inside = text[2:-2] if text.startswith("<{") else text[1:-1]
            parts = zip(kind.offsets(), ll._split(inside), strict=True)
            for start, part in parts:
                inner, rest = reader.type_at(part)
                fill(inner, rest, offset + start)

    fill(found.type, found.initial, 0)
    return contents


def _string(text: str) -> list[int]:
    found, i = [], 0
    while i < len(text):
        if text[i] == "\\":
            found.append(int(text[i + 1 : i + 3], 16))
            i += 3
        else:
            found.append(ord(text[i]))
            i += 1
    return found
