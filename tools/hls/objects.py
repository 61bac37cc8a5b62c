"""What pointers point into: the memories and ports of variables, and the parts of an access."""

from dataclasses import dataclass
from math import gcd

from tools.hls.ir import Memory
from tools.hls.place import Form, Leaf


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
