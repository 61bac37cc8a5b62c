"""From LLVM's IR to the engine's: pointers become memories, everything else words."""

import re
from collections.abc import Mapping, Sequence
from math import gcd

from tools.errors import ToolError
from tools.hls import ll
from tools.hls.build import Builder
from tools.hls.calls import Calls
from tools.hls.choices import settle
from tools.hls.contents import plain_name
from tools.hls.intrinsics import expand, refuse_heap
from tools.hls.ir import Block, Branch, Function, Jump, Kind, Memory, Op, Return
from tools.hls.layouts import Layouts, layouts
from tools.hls.objects import Object, Pointer
from tools.hls.place import Form, leaves
from tools.hls.pointers import count_in_elements, shares
from tools.hls.steps import steps
from tools.hls.variables import Variables

_SWAPPED: Mapping[str, Kind] = {"ugt": "ult", "uge": "ule", "sgt": "slt", "sge": "sle"}
_SIGNED: Mapping[str, str] = {"ult": "slt", "ule": "sle", "ugt": "sgt", "uge": "sge"}
"""Of places in one array, which may be before the one that both are counted from."""


class Lowering(Variables):
    """Turns one LLVM function into a `Function`."""

    def __init__(self, module: ll.Module, name: str, arguments: Mapping[str, Object]) -> None:
        entry = Block("start")
        super().__init__(module, Function(name, [entry]), Builder(entry, entry), arguments)
        self.last: dict[str, str] = {}
        self.beats: dict[str, Op] = {}
        """The bytes that each stream is just reading or writing."""
        self.latches: dict[str, int] = {}
        self.parameters: dict[str, Op | Pointer] = {}
        """What the parameters of a kept function are; those of the top are all addresses."""
        self.calls: Calls | None = None
        """The kept functions, which are not inlined."""

    def lower(self) -> Function:
        self._check_formats()
        refuse_heap(self)
        count_in_elements(self.module)
        streams = {name for _, name in self.module.parameters} - {f"%{n}" for n in self.objects}
        settle(self.module, self._layouts(), self._remote(), streams)
        self.shares = shares(self.module)
        self.steps = steps(self.module, self.shares)
        for kind, name in self.module.parameters:
            if name in self.parameters:
                self.values[name] = self.parameters[name]
                continue
            assert kind.kind == "ptr", "the wrapper hands everything over by address"
            self.values[name] = Pointer(name.removeprefix("%"), Form())
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
        self._connect(phis)
        return self.function

    def _remote(self) -> set[str]:
        """The parameters that are behind a bus."""
        return {
            f"%{name}"
            for name, object in self.objects.items()
            if any(isinstance(p, Memory) and p.is_remote for _, p, _ in object.leaves)
        }

    def _layouts(self) -> Layouts:
        kinds = {name: g.type for name, g in self.module.globals.items()}
        for block in self.module.blocks:
            kinds |= {i.result: i.element for i in block.body if i.opcode == "alloca" and i.element}
        found = {name: leaves(kind) for name, kind in kinds.items() if not kind.holds("ptr")}
        for name, object in self.objects.items():
            found[f"%{name}"] = [leaf for leaf, *_ in object.leaves]
        return layouts(found)

    def _check_formats(self) -> None:
        """Refuse floating point that is no float or double: those have become words before."""
        for block in self.module.blocks:
            for i in block.body:
                words = {i.type.kind, *(a.type.kind for a in i.args), *i.detail.split()}
                if words & ll.OTHER_FLOATS:
                    raise ToolError(
                        self._where(i) + "of floating point the HLS engine supports float and "
                        "double; use these, ap_fixed or integers"
                    )

    def _phi(self, instruction: ll.Instruction) -> tuple[Block, ll.Instruction, Op]:
        if instruction.type.kind == "ptr":
            return self._moving_pointer(instruction)
        op = self.build.add("phi", instruction.type.bits)
        self.values[instruction.result] = op
        return self.build.block, instruction, op

    def _moving_pointer(self, instruction: ll.Instruction) -> tuple[Block, ll.Instruction, Op]:
        """A pointer that changes, as an index into the one object that it points into."""
        known = [a for a in instruction.args if a.text in self.values or not a.text.startswith("%")]
        start = self._telling([self.pointer(value) for value in known])
        op = self.build.add("phi", 64)
        self.values[instruction.result] = self._moved(start, op, self.steps[instruction.result])
        return self.build.block, instruction, op

    def _moved(self, start: Pointer, by: Op, step: int) -> Pointer:
        """A pointer so many steps of so many bytes from where another one begins."""
        object, unit = self.objects.get(start.object), self._unit(start.object)
        if step % unit:
            raise self.refused("a pointer into the middle of an element; index the array itself")
        is_whole = object is not None and object.size and step % object.size == 0
        if object and not is_whole and any(not n.is_dense for n in object.around(start.start)):
            raise self.refused("a pointer moves within an array of structures; use indices")
        form = Form({by.id: step or unit}, start.form.constant)
        return Pointer(start.object, form, start.start)

    def _telling(self, pointers: Sequence[Pointer]) -> Pointer:
        """The one of pointers into one array that tells best which it is."""
        object = self.objects.get(pointers[0].object)
        return next((p for p in pointers if object and object.knows(p)), pointers[0])

    def _steps(self, pointer: Pointer, moved: Pointer) -> Op:
        """How many steps a pointer is from where one that moves begins."""
        (step,) = moved.form.terms.values()
        return self._counted(pointer.form.plus(Form({}, -moved.form.constant)), step)

    def index(self, pointer: Pointer) -> Op:
        """Where a pointer points, in units of its object."""
        return self._counted(pointer.form, self._unit(pointer.object))

    def _counted(self, place: Form, size: int) -> Op:
        number = place.over(size)
        if number is None:
            raise self.refused("a pointer into the middle of an element; index the array itself")
        return self.word(number, 64)

    def _connect(self, phis: list[tuple[Block, ll.Instruction, Op]]) -> None:
        for block in self.function.blocks[1:]:
            for target in block.successors():
                self.function.block(target).preds.append(block.name)
        for block, instruction, op in phis:
            by_pred: dict[str, Op] = {}
            for value, label in zip(instruction.args, instruction.labels, strict=True):
                if label in self.last:
                    by_pred[self.last[label]] = self._incoming(
                        value, self.last[label], instruction.result
                    )
            args = tuple(by_pred[pred].id for pred in block.preds)
            made = op.with_args(args)
            self.build.ops[op.id] = made
            block.ops[block.ops.index(op)] = made

    def _incoming(self, value: ll.Value, pred: str, result: str) -> Op:
        """A phi's operand; a pointer's index is computed where it comes from."""
        if value.type.kind != "ptr":
            return self.operand(value)
        self.build.block = self.function.block(pred)
        pointer, joined = self.pointer(value), self.values[result]
        if not (isinstance(joined, Pointer) and self.share_an_array(pointer, joined)):
            raise self.refused(
                "a pointer could point to more than one array; index the array itself"
            )
        return self._steps(pointer, joined)

    def _end(
        self, instruction: ll.Instruction, blocks: Mapping[str, Block], dead: set[str]
    ) -> None:
        block = self.build.block
        if instruction.loop:
            self.latches[block.name] = self._loop_line(instruction.loop)
        if instruction.opcode == "ret":
            if instruction.args:
                self.returned = self.operand(instruction.args[0])
            block.end = Return(self.returned.id if self.returned else None)
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

    def _do(self, instruction: ll.Instruction) -> None:
        opcode, args = instruction.opcode, instruction.args
        result: Op | Pointer | tuple[Op | Pointer, ...] | None = None
        bits = instruction.type.bits
        if opcode == "alloca":  # it has no line of its own
            self.build.line = _first_use(self.module, instruction.result)
        if opcode == "alloca" and instruction.result in self.shares:
            result = self._share(self.shares[instruction.result])
        elif opcode == "alloca":
            assert instruction.element is not None
            name = self._fresh(plain_name(instruction.result))
            if not self._is_stream(name, instruction.element):
                self._object(name, instruction.element, "ram", None)
            result = Pointer(name, Form())
        elif opcode == "getelementptr":
            result = self._element(instruction)
        elif opcode == "load":
            if instruction.type.kind != "int":
                raise ToolError(self._where(instruction) + "a pointer is kept in memory; "
                                "index arrays directly")  # fmt: skip
            result = self.load(self.pointer(args[0]), bits)
        elif opcode == "store" and self.pointer(args[1]).object in self.layouts:
            pass  # a constructor's
        elif opcode == "store":
            self.store(self.pointer(args[1]), self.operand(args[0]))
        elif opcode == "icmp":
            result = self._compare(instruction)
        elif opcode in ("zext", "sext", "trunc"):
            result = self.build.add(opcode, bits, self.operand(args[0]))  # type: ignore[arg-type]
        elif opcode == "freeze":
            result = self.operand(args[0])
        elif opcode == "select" and instruction.type.kind == "ptr":
            result = self._chosen_pointer(instruction)
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
            # Without common bits, "or" adds: and sums are what addresses are taken apart into.
            plain = "add" if "disjoint" in instruction.flags else opcode
            result = self.build.add(plain, bits, *(self.operand(a) for a in args))  # type: ignore[arg-type]
        if isinstance(result, Op) and instruction.flags:
            self.flags[result.id] = instruction.flags
        if result is not None:
            self.values[instruction.result] = result

    def _chosen_pointer(self, instruction: ll.Instruction) -> Pointer:
        first, second = (self.pointer(a) for a in instruction.args[1:])
        if not self.share_an_array(first, second):
            raise self.refused(
                "a pointer could point to more than one array; index the arrays in an if and an "
                "else"
            )
        condition = self.operand(instruction.args[0])
        step = self.steps[instruction.result]
        if not step:
            return first
        start = self._telling([first, second])
        begin = self._moved(start, condition, step)
        places = (self._steps(pointer, begin) for pointer in (first, second))
        return self._moved(start, self.build.add("select", 64, condition, *places), step)

    def _compare(self, instruction: ll.Instruction) -> Op:
        predicate = instruction.detail
        if instruction.args[0].type.kind == "ptr":
            pointers = [self.pointer(v) for v in instruction.args]
            if pointers[0].object != pointers[1].object:
                raise self.refused("pointers to different arrays are compared")
            a, b = self._apart(*(p.form for p in pointers))
            predicate = _SIGNED.get(predicate, predicate)
        else:
            a, b = (self.operand(v) for v in instruction.args)
        if predicate in _SWAPPED:
            return self.build.binary(_SWAPPED[predicate], b, a)
        return self.build.binary(predicate, a, b)  # type: ignore[arg-type]

    def _apart(self, first: Form, second: Form) -> tuple[Op, Op]:
        """Two places from where the first begins, which may be before it, in the largest unit."""
        forms = [form.plus(Form({}, -first.constant)) for form in (first, second)]
        unit = gcd(*(n for form in forms for n in (form.constant, *form.terms.values()))) or 1
        parts = [form.over(unit) for form in forms]
        a, b = (self.word(part or Form(), 64) for part in parts)
        return a, b

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


def _first_use(module: ll.Module, name: str) -> int:
    """The line of the first instruction that uses a variable."""
    users = (i for block in module.blocks for i in block.body
             if i.line and any(argument.text == name for argument in i.args))  # fmt: skip
    return next((user.line for user in users), 0)


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
