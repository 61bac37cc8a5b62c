"""Cuts arrays into banks, as ARRAY_PARTITION asks: each bank becomes a memory of its own."""

from collections.abc import Mapping
from dataclasses import replace
from math import gcd, prod

from prompts.interface import Cut
from tools.hls.aligned import trailing_zeros
from tools.hls.build import Builder
from tools.hls.ir import Function, Memory, Op
from tools.hls.lower import Lowering
from tools.hls.objects import Access
from tools.hls.place import Form, divide, indices
from tools.hls.ranges import Ranges


class Banking:
    """Replaces the accesses of some memories by accesses of their banks."""

    def __init__(
        self,
        lowering: Lowering,
        cuts: Mapping[str, tuple[Cut, ...]],
        packed: frozenset[str] = frozenset(),
    ) -> None:
        """`packed` arrays are reshaped: their slots are side by side in one word, slot 0 lowest."""
        self.lowering = lowering
        self.packed = packed
        self.function: Function = lowering.function
        self.cuts = cuts
        self.build: Builder = lowering.build
        self.ranges = Ranges(self.function).of if cuts else {}
        self.zeros = trailing_zeros(self.function) if cuts else {}

    def run(self) -> None:
        for name in self.cuts:
            self._declare(self.function.memories[name])
        for block in self.function.blocks:
            ops, block.ops = block.ops, []
            self.build.block = block
            for op in ops:
                if op.name in self.cuts and op.id in self.lowering.accesses:
                    self._access(op, self.lowering.accesses[op.id])
                else:
                    block.ops.append(op)
        for name in self.cuts:
            if name not in self.packed:
                del self.function.memories[name]

    def _extents(self, name: str) -> list[int]:
        """The extents of one bank."""
        extents = list(self.lowering.counts(name))
        for cut in self.cuts[name]:
            extents[cut.dim - 1] = -(-extents[cut.dim - 1] // cut.factor)
        return extents

    def _declare(self, memory: Memory) -> None:
        cuts, counts = self.cuts[memory.name], self.lowering.counts(memory.name)
        banks: dict[int, dict[int, int]] = {}
        for at, value in enumerate(memory.initial):
            index: list[int] = []
            rest = at
            for count in reversed(counts):
                index.insert(0, rest % count)
                rest //= count
            bank, address = self._place_of(index, memory.name)
            banks.setdefault(bank, {})[address] = value
        words = prod(self._extents(memory.name))
        if memory.name in self.packed:
            lanes = prod(cut.factor for cut in cuts)
            self.function.memories[memory.name] = replace(
                memory, words=words, bits=memory.bits * lanes, initial=()
            )
            return
        for bank in range(prod(cut.factor for cut in cuts)):
            values = banks.get(bank, {})
            initial = tuple(values.get(i, 0) for i in range(words)) if memory.initial else ()
            name = self.bank_name(memory.name, bank)
            self.function.memories[name] = replace(
                memory, name=name, words=words, initial=initial, bank_of=memory.name
            )

    def _place_of(self, index: list[int], name: str) -> tuple[int, int]:
        bank, extents = 0, self._extents(name)
        index = list(index)
        for cut in self.cuts[name]:
            size = extents[cut.dim - 1]
            if cut.block:
                number, index[cut.dim - 1] = divmod(index[cut.dim - 1], size)
            else:
                index[cut.dim - 1], number = divmod(index[cut.dim - 1], cut.factor)
            bank = bank * cut.factor + number
        address = 0
        for i, extent in zip(index, extents, strict=True):
            address = address * extent + i
        return bank, address

    def bank_name(self, name: str, bank: int) -> str:
        """As the ports of a partitioned argument are named: `name_1_0`."""
        slots: list[str] = []
        for cut in reversed(self.cuts[name]):
            bank, slot = divmod(bank, cut.factor)
            slots.insert(0, str(slot))
        return "_".join([name, *slots])

    def _split(self, index: Form, size: int) -> tuple[Form, Form]:
        """Quotient and remainder of an index; computed in hardware when they cannot be told."""
        whole_part, index = self._aligned(index, size)
        found = divide(index, size, self.ranges)
        if found:
            return found[0].plus(whole_part), found[1]
        whole = self.lowering.word(index, 32)
        by = self.build.const(size, 32)
        quotient = self.build.binary("udiv", whole, by)
        rest = self.build.binary("urem", whole, by)
        return Form({quotient.id: 1}).plus(whole_part), Form({rest.id: 1})

    def _aligned(self, index: Form, size: int) -> tuple[Form, Form]:
        """The terms that are multiples of `size`, divided by it, and the rest of the index."""
        divided, rest = Form(), Form({}, index.constant)
        for id, factor in index.terms.items():
            shift = (size // gcd(factor, size)).bit_length() - 1
            exact = factor << shift
            if not shift or exact % size or self.zeros.get(id, 0) < shift:
                rest = rest.plus(Form({id: factor}))
                continue
            op = self.build.ops[id]
            part = self.build.binary("ashr", op, self.build.const(shift, op.bits))
            divided = divided.plus(Form({part.id: exact // size}))
        return divided, rest

    def _access(self, op: Op, access: Access) -> None:
        self.build.line = op.line
        name, leaf = op.name, access.leaf
        found = indices(
            access.pointer.form, leaf, self.ranges, {cut.dim for cut in self.cuts[name]}
        )
        if found is None:
            found = self._from_word(op, leaf.counts)
        extents = self._extents(name)
        numbers: list[tuple[Form, int]] = []
        for cut in self.cuts[name]:
            if cut.block:
                number, found[cut.dim - 1] = self._split(found[cut.dim - 1], extents[cut.dim - 1])
            else:
                found[cut.dim - 1], number = self._split(found[cut.dim - 1], cut.factor)
            numbers.append((number, cut.factor))
        address, scale = Form(), 1
        for index, extent in zip(reversed(found), reversed(extents), strict=True):
            address, scale = address.plus(index, scale), scale * extent
        first = name if name in self.packed else self.bank_name(name, 0)
        bits = self.function.memories[first].address_bits
        where = self.lowering.word(address, bits)
        if all(not number.terms for number, _ in numbers):
            bank = 0
            for number, factor in numbers:
                bank = bank * factor + number.constant % factor
            if name in self.packed:
                room = self._room(name, found, bank)
                self._packed(op, where, self.build.const(bank, 32), bank, room)
                return
            self.build.block.ops.append(
                replace(op, name=self.bank_name(name, bank), args=(where.id, *op.args[1:]))
            )
            return
        bank_op = self._bank(numbers)
        total = prod(factor for _, factor in numbers)
        if name in self.packed:
            self._packed(op, where, bank_op, None)
        elif op.kind == "load":
            self._load(op, where, bank_op, total)
        else:
            when = self.build.condition(op)
            for bank in range(total):
                here = self.build.binary("eq", bank_op, self.build.const(bank, bank_op.bits))
                meant = self.build.both(here, when)
                value = self.build.ops[op.args[1]]
                made = self.build.add("store", 0, where, value, name=self.bank_name(name, bank),
                                      predicate=meant)  # fmt: skip
                self.lowering.start_at(made, op.value)

    def _from_word(self, op: Op, counts: tuple[int, ...]) -> list[Form]:
        """The indices by division of the whole address."""
        rest = self.build.resize(self.build.ops[op.args[0]], 32, False)
        found: list[Form] = []
        for count in reversed(counts[1:]):
            by = self.build.const(count, 32)
            found.insert(0, Form({self.build.binary("urem", rest, by).id: 1}))
            rest = self.build.binary("udiv", rest, by)
        return [Form({rest.id: 1}), *found]

    def _bank(self, numbers: list[tuple[Form, int]]) -> Op:
        bits = max(1, (prod(f for _, f in numbers) - 1).bit_length())
        total = self.build.const(0, bits)
        for number, factor in numbers:
            total = self.build.binary("mul", total, self.build.const(factor, bits))
            total = self.build.binary("add", total, self.lowering.word(number, bits))
        return total

    def _room(self, name: str, words: list[Form], lane: int) -> int:
        """The lanes from a known one to the next element's: no element is behind the last one."""
        cuts = self.cuts[name]
        if len(cuts) > 1 or cuts[0].block:
            return 1
        word, factor = words[cuts[0].dim - 1], cuts[0].factor
        last = self.lowering.counts(name)[cuts[0].dim - 1] - 1
        is_last = not word.terms and word.constant * factor + lane == last
        return factor - lane if is_last else 1

    def _packed(self, op: Op, where: Op, lane: Op, number: int | None, room: int = 1) -> None:
        """An access to one lane of a word; a store to a known one writes that part alone, and the
        lanes behind it that hold nothing, so that it need not keep them."""
        build, memory = self.build, self.function.memories[op.name]
        lanes = prod(cut.factor for cut in self.cuts[op.name])
        size = memory.bits // lanes
        if op.kind == "load":
            word = build.add("load", memory.bits, where, name=op.name)
            wide = max(memory.bits, lane.bits + size.bit_length())
            start = build.binary("mul", build.resize(lane, wide, False), build.const(size, wide))
            moved = build.binary("lshr", build.resize(word, wide, False), start)
            part = build.add("trunc", size, moved)
            build.block.ops.append(Op(op.id, "zext", op.bits, (part.id,), line=op.line))
            return
        if number is not None:
            value = build.ops[op.args[1]]
            if room > 1 and value.bits == size:
                value = build.resize(value, room * size, False)
            start_bit = number * size + op.value
            args = (where.id, value.id, *op.args[2:])
            build.block.ops.append(replace(op, args=args, value=start_bit))
            return
        old = build.add("load", memory.bits, where, name=op.name)
        first = build.resize(lane, memory.bits, False)
        start = build.binary("mul", first, build.const(size, memory.bits))
        if op.value:
            start = build.binary("add", start, build.const(op.value, memory.bits))
        written = (1 << build.ops[op.args[1]].bits) - 1
        field = build.binary("shl", build.const(written, memory.bits), start)
        kept = build.binary("and", old, build.binary("xor", field, build.const(-1, memory.bits)))
        value = build.resize(build.ops[op.args[1]], memory.bits, False)
        total = build.binary("or", kept, build.binary("shl", value, start))
        build.add("store", 0, where, total, name=op.name, predicate=build.condition(op))

    def _load(self, op: Op, where: Op, bank_op: Op, total: int) -> None:
        """A load from every bank, and the value of the one that is meant, under the old number."""
        build = self.build
        values = [
            build.add("load", op.bits, where, name=self.bank_name(op.name, bank))
            for bank in range(total)
        ]
        chosen = values[-1]
        for bank in range(total - 2, -1, -1):
            here = build.binary("eq", bank_op, build.const(bank, bank_op.bits))
            chosen = build.add("select", op.bits, here, values[bank], chosen)
        build.block.ops.append(Op(op.id, "zext", op.bits, (chosen.id,), line=op.line))
