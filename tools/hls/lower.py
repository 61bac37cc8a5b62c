"""From LLVM's IR to the engine's: pointers become memories, everything else words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import gcd, prod

from prompts.interface import RETURN
from tools.errors import ToolError
from tools.hls import ll
from tools.hls.beats import Beats
from tools.hls.build import Builder
from tools.hls.contents import initial_contents, plain_name, positions
from tools.hls.intrinsics import expand
from tools.hls.ir import Block, Branch, Function, Jump, Kind, Memory, Op, Return
from tools.hls.place import Form, Leaf, ahead, leaves, within
from tools.hls.pointers import Share, count_in_elements, shares
from tools.hls.subword import load_part, store_part, whole_word

_SWAPPED: Mapping[str, Kind] = {"ugt": "ult", "uge": "ule", "sgt": "slt", "sge": "sle"}


@dataclass(frozen=True)
class Pointer:
    """`object` at a byte offset."""

    object: str
    form: Form

    def at(self, offset: int) -> "Pointer":
        """The pointer so many bytes further."""
        return Pointer(self.object, self.form.plus(Form({}, offset)))


@dataclass(frozen=True)
class Port:
    """A scalar argument: the names of its ports, "" for the one that there is not."""

    bits: int
    given: str = ""
    result: str = ""


@dataclass
class Object:
    """What pointers point into: the memory or port of each of its leaves."""

    leaves: list[tuple[Leaf, Memory | Port, bool]]
    """With each: whether it is extended by its sign."""

    @property
    def unit(self) -> int:
        """Bytes that every element begins at a multiple of."""
        found = [leaf.strides[-1] for leaf, *_ in self.leaves if leaf.strides]
        return gcd(*found) if found else 1

    @property
    def span(self) -> int:
        """Bytes from its start to the end of its last element, without what is after that."""
        return max(
            leaf.offset + sum(s * (n - 1) for s, n in zip(leaf.strides, leaf.counts, strict=True))
            + -(-leaf.bits // 8)
            for leaf, *_ in self.leaves
        )  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A part of a leaf: `bits` from bit `start` of a word, at bit `at` of what is accessed."""

    leaf: Leaf
    place: Memory | Port
    signed: bool
    word: Form
    start: int
    bits: int
    at: int


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
            for _, place, _ in object.leaves:
                if isinstance(place, Memory):
                    self.function.memories[place.name] = place
        self.values: dict[str, Op | Pointer | tuple[Op | Pointer, ...]] = {}
        self.last: dict[str, str] = {}
        self.accesses: dict[int, Access] = {}
        self.layouts: dict[str, Beats] = {}
        """What each stream carries, and each array of streams."""
        self.streams_within: Callable[[str, str], Beats | None] = lambda name, source: None
        """Makes a stream that a function declares, of a name of its own; None: it is unknown."""
        self.beats: dict[str, Op] = {}
        """The bytes that each stream is just reading or writing."""
        self.latches: dict[str, int] = {}
        self.results: dict[str, dict[int, Op]] = {}
        """The parts of scalar results that are known, by their first bit."""
        self.returned: Op | None = None
        self.flags: dict[int, frozenset[str]] = {}
        """What LLVM knows of operations' results."""
        self._wide: dict[tuple[int, bool, str], Op] = {}
        self.shares: Mapping[str, Share] = {}
        """The variables that one pointer can point to."""

    def lower(self) -> Function:
        self._check_formats()
        count_in_elements(self.module)
        self.shares = shares(self.module)
        for kind, name in self.module.parameters:
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
        self._connect(phis, blocks, dead)
        return self.function

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
        object = self.pointer(known[0]).object
        op = self.build.add("phi", 64)
        self.values[instruction.result] = Pointer(object, Form({op.id: self._unit(object)}))
        return self.build.block, instruction, op

    def _unit(self, object: str) -> int:
        return self.objects[object].unit if object in self.objects else 1

    def index(self, pointer: Pointer) -> Op:
        """Where a pointer points, in units of its object."""
        form = pointer.form.over(self._unit(pointer.object))
        if form is None:
            raise self.refused("a pointer into the middle of an element; index the array itself")
        return self.word(form, 64)

    def refused(self, sentence: str) -> ToolError:
        """An error that tells where it is."""
        return ToolError(f"line {self.build.line}: {sentence}" if self.build.line else sentence)

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
                    by_pred[self.last[label]] = self._incoming(value, self.last[label])
            args = tuple(by_pred[pred].id for pred in block.preds)
            made = op.with_args(args)
            self.build.ops[op.id] = made
            block.ops[block.ops.index(op)] = made

    def _incoming(self, value: ll.Value, pred: str) -> Op:
        """A phi's operand; a pointer's index is computed where it comes from."""
        if value.type.kind != "ptr":
            return self.operand(value)
        self.build.block = self.function.block(pred)
        return self.index(self.pointer(value))

    def _end(
        self, instruction: ll.Instruction, blocks: Mapping[str, Block], dead: set[str]
    ) -> None:
        block = self.build.block
        if instruction.loop:
            self.latches[block.name] = self._loop_line(instruction.loop)
        if instruction.opcode == "ret":
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
        if value.text in self.shares:
            return self._share(self.shares[value.text])
        if value.text.startswith("@"):
            return Pointer(self._global(value.text), Form())
        found = self.values.get(value.text)
        if not isinstance(found, Pointer):
            raise self.refused(
                "a pointer could point to more than one array; index the array itself"
            )
        return found

    def _share(self, share: Share) -> Pointer:
        """The start of a variable within the array that it is joined to with others."""
        name, size = plain_name(share.name), share.kind.size()
        if name not in self.objects:
            globals = [self.module.globals.get(part) for part in share.parts]
            constant = all(found is not None and found.constant for found in globals)
            values = {
                number * size + at: value
                for number, found in enumerate(globals)
                if found is not None
                for at, value in initial_contents(found, self.module).items()
            }
            kind = ll.Type("array", count=len(share.parts), parts=(share.kind,))
            kept = values if any(globals) else None
            self._object(name, kind, "rom" if constant else "ram", kept)
        return Pointer(name, Form({}, share.number * size))

    def _global(self, name: str) -> str:
        plain = plain_name(name)
        if plain not in self.objects:
            found = self.module.globals[name]
            if plain in self.layouts or self._is_stream(plain, found.type):
                return plain
            self._refuse_pointers(found.type)
            values = initial_contents(found, self.module)
            self._object(plain, found.type, "rom" if found.constant else "ram", values)
        return plain

    def _is_stream(self, name: str, kind: ll.Type) -> bool:
        """Whether a variable is a stream, or an array of streams: it becomes known as one."""
        inner = kind
        while inner.kind == "array":
            inner = inner.parts[0]
        if "class.hls::stream" not in inner.name:
            return False
        source = re.sub(r"_i\d*$", "", name)
        free = source not in self.function.streams
        layout = self.streams_within(source if free else name, source)
        if layout is None:
            raise self.refused(f"the stream {name!r} has no type that is known")
        self.layouts[name] = layout
        return True

    def _refuse_pointers(self, kind: ll.Type) -> None:
        if kind.holds("ptr"):
            raise self.refused(
                "pointers that are kept in memory are not supported (tables of pointers or "
                "functions, virtual functions); use an index and a switch"
            )

    def _object(
        self, name: str, kind: ll.Type, place: str, initial: Mapping[int, int] | None
    ) -> None:
        made: list[tuple[Leaf, Memory | Port, bool]] = []
        self._refuse_pointers(kind)
        for leaf in leaves(kind):
            contents: tuple[int, ...] = ()
            if initial is not None:
                contents = tuple(initial.get(at, 0) for at in positions(leaf))
            memory = Memory(
                name + leaf.path,
                leaf.bits,
                prod(leaf.counts),
                "rom" if place == "rom" else "ram",
                contents,
                keeps=initial is not None and place == "ram",
                line=self.build.line,
            )
            self.function.memories[memory.name] = memory
            made.append((leaf, memory, True))
        self.objects[name] = Object(made)

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
            return self._linear(a, factor).plus(self._linear(b, factor))
        if kind == "sub":
            return self._linear(a, factor).plus(self._linear(b, -factor))
        if b.kind != "const":
            return None
        times = b.value if kind == "mul" else 1 << b.value
        times = times - (1 << 64) if times >> 63 else times
        return self._linear(a, factor * times)

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

    def counts(self, memory: str) -> tuple[int, ...]:
        """The extents of the array that a memory is."""
        for object in self.objects.values():
            for leaf, place, _ in object.leaves:
                if isinstance(place, Memory) and place.name == memory:
                    return leaf.counts
        raise KeyError(memory)

    def pieces(self, pointer: Pointer, bits: int) -> list[Piece]:
        """The parts of memories and ports that an access of so many bits is made of."""
        object = self.objects.get(pointer.object)
        if object is None:
            raise self.refused(f"{pointer.object!r} is not an array")
        found: list[Piece] = []
        at = 0
        while at < bits:
            piece = self._piece(object, pointer.at(at // 8).form, at, bits - at)
            if piece is not None:
                found.append(piece)
            at += piece.bits if piece else 8  # a gap between fields holds nothing
        if not found:
            raise self.refused(
                f"an access of {bits} bits to {pointer.object!r} does not match its elements; read "
                "and write whole elements"
            )
        return found

    def has_piece(self, pointer: Pointer) -> bool:
        """Whether a pointer is to an element, or to a constant byte of one."""
        return self._piece(self.objects[pointer.object], pointer.form, 0, 8) is not None

    def _piece(self, object: Object, form: Form, at: int, left: int) -> Piece | None:
        found = [
            (leaf, place, is_signed, there)
            for leaf, place, is_signed in object.leaves
            if (there := within(form, leaf)) is not None
        ]
        if not found:
            return None
        likely = [f for f in found if ahead(form, f[0], object.span)]
        if not likely and len(object.leaves) > 1 and not form.terms:
            return None  # a gap between fields
        leaf, place, is_signed, (word_form, byte) = (likely or found)[0]
        bits = min(leaf.bits - 8 * byte, left)
        return Piece(leaf, place, is_signed, word_form, 8 * byte, bits, at)

    def load(self, pointer: Pointer, bits: int) -> Op:
        """The value at a pointer, put together from the parts that it is made of."""
        if word := whole_word(self, pointer, bits):
            return load_part(self, word, bits)
        total: Op | None = None
        for piece in self.pieces(pointer, bits):
            value = self.build.resize(self._whole(pointer, piece), piece.leaf.bits, piece.signed)
            if piece.start:
                by = self.build.const(piece.start, value.bits)
                value = self.build.binary("lshr", value, by)
            value = self.build.resize(self.build.resize(value, piece.bits, False), bits, False)
            if piece.at:
                value = self.build.binary("shl", value, self.build.const(piece.at, bits))
            total = self.build.binary("or", total, value) if total else value
        assert total is not None
        return total

    def _whole(self, pointer: Pointer, piece: Piece) -> Op:
        """The word that a piece is of."""
        place = piece.place
        if isinstance(place, Port):
            return self.build.add("input", place.bits, name=place.given)
        address = self._address(piece, place)
        made = self.build.add("load", place.bits, address, name=place.name)
        self.accesses[made.id] = Access(pointer.at((piece.at - piece.start) // 8), piece.leaf)
        return made

    def store(self, pointer: Pointer, value: Op) -> None:
        """Write a value; part of a word where it is no more than that."""
        if word := whole_word(self, pointer, value.bits):
            store_part(self, word, value)
            return
        for piece in self.pieces(pointer, max(8, value.bits)):
            part = value
            if piece.at:
                part = self.build.binary("lshr", part, self.build.const(piece.at, part.bits))
            part = self.build.resize(part, piece.bits, False)
            bits = min(piece.bits, piece.place.bits - piece.start)
            if bits <= 0:
                continue  # beyond the number's own bits
            part = self.build.resize(part, bits, False)
            if isinstance(piece.place, Port):
                self._result(piece.place, piece.start, part)
                continue
            address = self._address(piece, piece.place)
            made = self.build.add("store", 0, address, part, name=piece.place.name)
            there = pointer.at((piece.at - piece.start) // 8)
            self.accesses[made.id] = Access(there, piece.leaf)
            if bits < piece.place.bits:
                self._start_at(made, piece.start)

    def _address(self, piece: Piece, place: Memory) -> Op:
        form = piece.word
        if not form.terms and not 0 <= form.constant < place.words:
            raise self.refused(
                f"{place.name!r} has {place.words} elements, and number {form.constant} is used; "
                "mind the bounds of the index"
            )
        return self.word(form, place.address_bits)

    def _start_at(self, store: Op, start: int) -> None:
        """Make a store one of a part of the word, from bit `start`."""
        made = replace(store, value=start)
        self.build.ops[store.id] = made
        self.build.block.ops[-1] = made

    def _result(self, port: Port, start: int, part: Op) -> None:
        """Part of a scalar result: an output once all of it is known."""
        parts = self.results.setdefault(port.result, {})
        parts[start] = part
        if sum(p.bits for p in parts.values()) < port.bits:
            return
        total: Op | None = None
        for at, op in sorted(parts.items()):
            wide = self.build.resize(op, port.bits, False)
            moved = self.build.binary("shl", wide, self.build.const(at, port.bits)) if at else wide
            total = self.build.binary("or", total, moved) if total else moved
        assert total is not None
        parts.clear()
        if port.result == RETURN:
            self.returned = total
        else:
            self.build.add("output", 0, total, name=port.result)

    def _do(self, instruction: ll.Instruction) -> None:
        opcode, args = instruction.opcode, instruction.args
        result: Op | Pointer | tuple[Op | Pointer, ...] | None = None
        bits = instruction.type.bits
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
        if first.object != second.object:
            raise self.refused(
                "a pointer could point to more than one array; index the arrays in an if and an "
                "else"
            )
        condition = self.operand(instruction.args[0])
        chosen = self.build.add("select", 64, condition, self.index(first), self.index(second))
        return Pointer(first.object, Form({chosen.id: self._unit(first.object)}))

    def _compare(self, instruction: ll.Instruction) -> Op:
        if instruction.args[0].type.kind == "ptr":
            pointers = [self.pointer(v) for v in instruction.args]
            if pointers[0].object != pointers[1].object:
                raise self.refused("pointers to different arrays are compared")
            a, b = (self.index(p) for p in pointers)
        else:
            a, b = (self.operand(v) for v in instruction.args)
        predicate = instruction.detail
        if predicate in _SWAPPED:
            return self.build.binary(_SWAPPED[predicate], b, a)
        return self.build.binary(predicate, a, b)  # type: ignore[arg-type]

    def _fresh(self, name: str) -> str:
        found, number = name, 1
        while found in self.objects or found in self.layouts:
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
