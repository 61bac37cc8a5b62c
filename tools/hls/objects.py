"""What pointers point into: the memories and ports of variables, and the parts of an access."""

from dataclasses import dataclass, replace
from math import gcd

from tools.hls.ir import Memory
from tools.hls.place import Form, Leaf, ahead, is_sure, near


@dataclass(frozen=True)
class Pointer:
    """`object` at a byte offset.

    Of arrays side by side in a structure the offset does not tell which one is meant: in `b[i - 1]`
    its constant part lies in the array before. The array is the one that is indexed: `home` is the
    constant part of the place where the last index was added.
    """

    object: str
    form: Form
    home: int | None = None

    def at(self, offset: int) -> "Pointer":
        """The pointer so many bytes further."""
        return self.plus(Form({}, offset))

    def plus(self, form: Form) -> "Pointer":
        """The pointer further by a form."""
        home = self.constant if form.terms else self.home
        return replace(self, form=self.form.plus(form), home=home)

    @property
    def constant(self) -> int:
        """The constant part of the place."""
        return self.form.constant

    @property
    def start(self) -> int:
        """Where the array that it points into may be looked for."""
        return self.constant if self.home is None else self.home


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
    def is_dense(self) -> bool:
        """Whether one index leads through each of its leaves."""
        return all(leaf.is_dense for leaf, *_ in self.leaves)

    @property
    def span(self) -> int:
        """Bytes from its start to the end of its last element, without what is after that."""
        return max(
            leaf.offset + sum(s * (n - 1) for s, n in zip(leaf.strides, leaf.counts, strict=True))
            + -(-leaf.bits // 8)
            for leaf, *_ in self.leaves
        )  # fmt: skip

    @property
    def size(self) -> int:
        """Bytes from one structure to the next, of an array of structures; 0 of any other."""
        strides = {leaf.strides[0] if leaf.strides else 0 for leaf, *_ in self.leaves}
        size = strides.pop()
        return 0 if strides or any(leaf.offset >= size for leaf, *_ in self.leaves) else size

    def tells(self, pointer: Pointer) -> bool:
        """Whether the place where the last index was added tells the array.

        At the start of a structure LLVM may have put the field's offset behind the index.
        """
        return bool(pointer.home % self.size if pointer.home and self.size else pointer.home)

    def knows(self, pointer: Pointer) -> bool:
        """Whether a pointer's array is known without the values of its indices."""
        return not pointer.form.terms or self.tells(pointer)

    def tells_gaps(self, pointer: Pointer) -> bool:
        """Whether indices choose among structures alone, so that the place in one is known."""
        terms = pointer.form.terms.values()
        return bool(terms and self.size and not any(factor % self.size for factor in terms))

    def memory(self, array: Leaf) -> tuple[Memory, bool]:
        """An array's memory, and whether its words are extended by their sign."""
        place, is_signed = next((p, sign) for leaf, p, sign in self.leaves if leaf is array)
        assert isinstance(place, Memory), "no index leads into a port"
        return place, is_signed

    def is_in_doubt(self, pointer: Pointer) -> bool:
        """Whether an address may be in another array than the one that it seems to be in.

        Until that is settled, an access has the bits of an element in memory, of whichever array.
        """
        return bool(pointer.form.terms) and sum(bool(leaf.strides) for leaf, *_ in self.leaves) > 1

    def around(self, place: int) -> list[Leaf]:
        """The fields of the elements of the arrays that a constant place is in."""
        return [leaf for leaf, *_ in self.leaves if near(place, leaf, self.span)]

    def chosen(self, pointer: Pointer, among: list[Leaf]) -> list[Leaf]:
        """Those of the leaves that a pointer most likely is to."""
        last = [leaf for leaf in among if ahead(pointer.constant, leaf, self.span)]
        if not self.tells(pointer):
            return last
        first = [leaf for leaf in self.around(pointer.start) if leaf in among]
        both = [leaf for leaf in first if leaf in last]
        return both or first or last

    def signs(self, pointer: Pointer, leaf: Leaf, bits: int, byte: int) -> tuple[bool, int, bool]:
        """How much speaks for an access of so many bits, from a byte of its elements on, to a leaf.

        Where the address is not sure, an access mostly is of a whole element, an index counts
        elements, and the constant part of the address is in the array: two of these three count
        more than one, and a whole element more than another sign.
        """
        is_whole = leaf.bits == bits and not byte
        steps = leaf.strides[-1:] and leaf.strides[-1] in map(abs, pointer.form.terms.values())
        is_ahead = ahead(pointer.constant, leaf, self.span)
        count = is_whole + bool(steps) + is_ahead
        return is_sure(pointer.form, leaf, self.span), count, is_whole


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
