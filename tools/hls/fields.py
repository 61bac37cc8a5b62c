"""Which of the arrays side by side in a structure an access is to, where its address alone tells.

LLVM adds the place of a field and the constant part of an index: `s.b[i - 4]` then begins within
the array before `b`, and no more is known than the sum. The index's range tells the array; where
several are possible, the access goes to the one that its address is in when it is made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import gcd, prod

from tools.hls.ir import Memory, Op
from tools.hls.lower import Lowering
from tools.hls.objects import Access
from tools.hls.place import Form, Leaf, split, word
from tools.hls.ranges import Range, Ranges


def choose_fields(lowering: Lowering) -> None:
    """Settle all accesses whose array is in doubt."""
    if any(_is_doubtful(lowering, access) for access in lowering.accesses.values()):
        _Fields(lowering).run()


def _is_doubtful(lowering: Lowering, access: Access) -> bool:
    return lowering.objects[access.pointer.object].is_in_doubt(access.pointer)


_MOST = 8
"""Structures that are looked at, where an index may lead from one into another."""


@dataclass(frozen=True)
class _Inside:
    """The condition that a place is from byte `low` on and before `high`."""

    place: Form
    low: int
    high: int


@dataclass(frozen=True)
class _Field:
    """An array that an access may be to, under all of some conditions."""

    leaf: Leaf
    memory: Memory
    is_signed: bool
    word: Form
    when: tuple[_Inside, ...]


@dataclass(frozen=True)
class _Part:
    """A leaf, and what of it is within one of the structures that it lies in a row with."""

    leaf: Leaf
    inner: Leaf


class _Fields:
    def __init__(self, lowering: Lowering) -> None:
        self.lowering = lowering
        self.build = lowering.build
        self.ranges: Mapping[int, Range] = Ranges(lowering.function).of

    def run(self) -> None:
        for block in self.lowering.function.blocks:
            ops, block.ops = block.ops, []
            self.build.block = block
            for op in ops:
                access = self.lowering.accesses.get(op.id)
                if access is not None and _is_doubtful(self.lowering, access):
                    self._settle(op, access)
                else:
                    block.ops.append(op)

    def _settle(self, op: Op, access: Access) -> None:
        """Put the access, or one for each array that it may be to, where `op` was."""
        self.build.line = op.line
        fields = self._fields(op, access)
        del self.lowering.accesses[op.id]
        if op.kind == "load":
            total = self._load(op, access, fields[0])
            for field in fields[1:]:
                value, condition = self._load(op, access, field), self._condition(field)
                total = self.build.add("select", op.bits, condition, value, total)
            # The users of the load know it by its number.
            zero = self.build.const(0, op.bits)
            joined = replace(op, kind="or", args=(total.id, zero.id), name="", value=0)
            self.build.ops[op.id] = joined
            self.build.block.ops.append(joined)
        else:
            for field in fields:
                self._store(op, access, field, self._condition(field) if fields[1:] else None)

    def _fields(self, op: Op, access: Access) -> list[_Field]:
        """The arrays that an access is to: the place of its index may tell which of several."""
        pointer, possible = access.pointer, self._possible(op, access)
        object = self.lowering.objects[pointer.object]
        known = word(pointer.form, access.leaf)
        assert known is not None, "an access in doubt is one of a word"
        seeming = _Field(access.leaf, *object.memory(access.leaf), known, ())
        is_told = object.tells(pointer) and any(
            field.leaf == access.leaf and field.word == known for field in possible
        )
        return [seeming] if is_told or not possible else possible

    def _load(self, op: Op, access: Access, field: _Field) -> Op:
        memory = field.memory
        address = self.lowering.word(field.word, memory.address_bits)
        made = self.build.add("load", memory.bits, address, name=memory.name)
        self.lowering.accesses[made.id] = Access(access.pointer, field.leaf)
        return self.build.resize(made, op.bits, field.is_signed)

    def _store(self, op: Op, access: Access, field: _Field, when: Op | None) -> None:
        build, memory = self.build, field.memory
        address, value = self.lowering.word(field.word, memory.address_bits), build.ops[op.args[1]]
        bits = min(value.bits, memory.bits - op.value)
        if bits <= 0:
            return  # beyond the number's own bits
        part = build.resize(value, bits, False)
        made = build.add("store", 0, address, part, name=memory.name, predicate=when)
        build.ops[made.id] = build.block.ops[-1] = replace(made, value=op.value)
        self.lowering.accesses[made.id] = Access(access.pointer, field.leaf)

    def _condition(self, field: _Field) -> Op:
        build = self.build
        total: Op | None = None
        for part in field.when:
            by = self.lowering.word(part.place.plus(Form({}, -part.low)), 64)
            inside = build.binary("ult", by, build.const(part.high - part.low, 64))
            total = build.both(total, inside)
        return total or build.const(1, 1)

    def _possible(self, op: Op, access: Access) -> list[_Field]:
        """The arrays of such elements that an access can reach."""
        object, form = self.lowering.objects[access.pointer.object], access.pointer.form
        found, reached = [], []
        parts = [_Part(leaf, leaf) for leaf, *_ in object.leaves]
        for leaf, number, when in self._ways(form, parts):
            reached.append(leaf)
            if leaf.strides and leaf.bits == access.leaf.bits and number is not None:
                found.append(_Field(leaf, *object.memory(leaf), number, when))
        if not (found or reached == [access.leaf] or object.tells(access.pointer)):
            raise self.lowering.refused(
                f"an index leads out of {op.name!r}, into a part of another array's elements; "
                "read and write whole elements"
            )
        return found

    def _ways(
        self, form: Form, parts: Sequence[_Part]
    ) -> Iterator[tuple[Leaf, Form | None, tuple[_Inside, ...]]]:
        """The leaves that a place can be in, the word there (None: within one), and when it is."""
        for row in _rows(parts):
            low, high = _extent(row)
            reach = self._range(form)
            if reach and (reach[1] < low or reach[0] >= high):
                continue
            is_sure = reach is not None and low <= reach[0] and reach[1] < high
            here = () if is_sure else (_Inside(form, low, high),)
            if len(row) == 1:
                yield row[0].leaf, _within(form, row[0].inner), here
                continue
            inner = [_Part(p.leaf, _element(p.inner)) for p in row]
            number, rest = self._in_element(form, low, row)
            for leaf, index, when in self._ways(rest, inner):
                if index is not None:
                    index = index.plus(number, _below(leaf, row))
                yield leaf, index, (*here, *when)

    def _in_element(self, form: Form, low: int, row: Sequence[_Part]) -> tuple[Form, Form]:
        """The number of the structure that a place is in, and the place as if in the first one."""
        size = row[0].inner.strides[0]
        place = form.plus(Form({}, -low))
        widest = max(_size(_element(part.inner)) for part in row)
        whole, rest = split(place, size, widest)
        reach = self._range(rest)
        if whole is not None and reach:
            first, last = reach[0] // size, reach[1] // size
            numbers = list(range(first, min(last, first + _MOST) + 1))
            if first < last < first + _MOST:
                parts = [_element(replace(p.inner, offset=p.inner.offset - low)) for p in row]
                numbers = [
                    n for n in numbers if self._is_taken(rest.plus(Form({}, -n * size)), parts)
                ]
            if len(numbers) == 1:
                return _moved(whole, rest, numbers[0], size, low)
        starts = {p.inner.offset - low for p in row}
        # an index as the source has it
        is_plain = rest.constant % size in starts and (not reach or reach[0] < size)
        if whole is not None and is_plain:
            return _moved(whole, rest, rest.constant // size, size, low)
        return self._divided(place, size, low)

    def _is_taken(self, place: Form, parts: Sequence[Leaf]) -> bool:
        """Whether an index of one of the parts of a structure may lead to a place in it.

        An index beyond the end of its array has no meaning in C++.
        """
        reach = self._range(place)
        assert reach is not None
        return any(
            part.strides
            and word(place, part) is not None
            and reach[0] - part.offset < _size(part)
            and reach[1] >= part.offset
            for part in parts
        )

    def _divided(self, place: Form, size: int, low: int) -> tuple[Form, Form]:
        """The number of an element of a `size` and the place in it, divided in hardware.

        What is divided counts in the greatest unit that all indices are multiples of.
        """
        unit = gcd(size, *place.terms.values())
        rest = place.constant % unit
        units = place.plus(Form({}, -rest)).over(unit)
        assert units is not None
        address, by = self.lowering.word(units, 32), self.build.const(size // unit, 32)
        number, left = (self.build.binary(kind, address, by) for kind in ("udiv", "urem"))
        wide = [self.build.resize(op, 64, False).id for op in (number, left)]
        return Form({wide[0]: 1}), Form({wide[1]: unit}, low + rest)

    def _range(self, form: Form) -> Range | None:
        low = high = form.constant
        for id, factor in form.terms.items():
            if id not in self.ranges:
                return None
            ends = [factor * end for end in self.ranges[id]]
            low, high = low + min(ends), high + max(ends)
        return low, high


def _moved(whole: Form, rest: Form, by: int, size: int, low: int) -> tuple[Form, Form]:
    """The number of an element and the place in the first one, which begins at `low`."""
    return whole.plus(Form({}, by)), rest.plus(Form({}, low - by * size))


def _rows(parts: Sequence[_Part]) -> list[list[_Part]]:
    """The parts in the order of their place; those of structures in a row are together."""
    found: list[list[_Part]] = []
    for part in sorted(parts, key=lambda part: part.inner.offset):
        first = found[-1][0].inner if found else None
        leaf = part.inner
        together = (
            first is not None
            and leaf.strides[:1] == first.strides[:1] != ()
            and leaf.counts[:1] == first.counts[:1]
            and leaf.offset - first.offset < leaf.strides[0]
        )
        if together:
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _extent(row: Sequence[_Part]) -> tuple[int, int]:
    leaf = row[0].inner
    return leaf.offset, leaf.offset + _size(leaf)


def _size(leaf: Leaf) -> int:
    """Bytes of all its elements."""
    return leaf.strides[0] * leaf.counts[0] if leaf.strides else -(-leaf.bits // 8)


def _below(leaf: Leaf, row: Sequence[_Part]) -> int:
    """The words of a leaf in one structure of a row."""
    inner = next(part.inner for part in row if part.leaf is leaf)
    return prod(inner.counts[1:])


def _within(form: Form, leaf: Leaf) -> Form | None:
    """The word of a place that is known to be in a leaf; None: not at the start of one."""
    size = -(-leaf.bits // 8)
    steps = [form.constant - leaf.offset, *form.terms.values()]
    if not leaf.strides and not any(step % size for step in steps):
        return Form()
    return word(form, leaf)


def _element(leaf: Leaf) -> Leaf:
    return replace(leaf, counts=leaf.counts[1:], strides=leaf.strides[1:])
