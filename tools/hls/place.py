"""Where a pointer points: an object, a linear form of byte offsets, and the element there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tools.errors import ToolError
from tools.hls.ll import Type


@dataclass(frozen=True)
class Form:
    """The number `constant` + the sum of `terms[id]` * the operation `id`."""

    terms: Mapping[int, int] = field(default_factory=dict)
    constant: int = 0

    def plus(self, other: "Form", times: int = 1) -> "Form":
        terms = dict(self.terms)
        for id, factor in other.terms.items():
            terms[id] = terms.get(id, 0) + factor * times
        kept = {id: factor for id, factor in terms.items() if factor}
        return Form(kept, self.constant + other.constant * times)

    def over(self, divisor: int) -> "Form | None":
        """Divided without a remainder, or None."""
        if self.constant % divisor or any(f % divisor for f in self.terms.values()):
            return None
        terms = {id: factor // divisor for id, factor in self.terms.items()}
        return Form(terms, self.constant // divisor)


@dataclass(frozen=True)
class Leaf:
    """One field of an object's elements: a memory of its own with these dimensions."""

    bits: int
    offset: int
    counts: tuple[int, ...]
    strides: tuple[int, ...]
    path: str = ""

    @property
    def is_dense(self) -> bool:
        """Whether each element is as far from the one before as all others are."""
        inner = zip(self.strides, self.strides[1:], self.counts[1:], strict=False)
        return all(outer == step * count for outer, step, count in inner)


_LIMBS = "struct.ap_detail::Limbs"
"""The type of an `ap_int` above 128 bits: an array of words of 64 bits."""


def leaves(kind: Type) -> list[Leaf]:
    """All integers within a type, in the order of their place.

    An `ap_int` above 128 bits is one if the type has nothing else, and else an array of its parts:
    where a part's index varies, the address does not tell the fields of a structure apart.
    """
    whole = _leaves(kind, 0, "", joined=True)
    return whole if len(whole) == 1 else _leaves(kind, 0, "", joined=False)


def _leaves(kind: Type, offset: int, path: str, joined: bool) -> list[Leaf]:
    if kind.kind == "int":
        return [Leaf(kind.bits, offset, (), (), path)]
    if joined and _LIMBS in kind.name:
        return [Leaf(8 * kind.size(), offset, (), (), path)]
    if kind.kind == "array":
        inner = kind.parts[0]
        return [
            Leaf(leaf.bits, leaf.offset, (kind.count, *leaf.counts),
                 (inner.size(), *leaf.strides), leaf.path)
            for leaf in _leaves(inner, offset, path, joined)
        ]  # fmt: skip
    if kind.kind == "struct":
        found = []
        single = len(kind.parts) == 1
        for number, (start, part) in enumerate(zip(kind.offsets(), kind.parts, strict=True)):
            inner_path = path if single else f"{path}_{number}"
            found += _leaves(part, offset + start, inner_path, joined)
        return found
    raise ToolError(f"an array of {kind.kind} values is not supported; use integers")


Ranges = Mapping[int, tuple[int, int]]
"""The least and the greatest value of operations whose range is known."""


def divide(form: Form, size: int, ranges: Ranges) -> tuple[Form, Form] | None:
    """Quotient and remainder of a form, if the remainder is known to stay within `size`."""
    quotient = {id: f // size for id, f in form.terms.items() if f % size == 0}
    rest = {id: f for id, f in form.terms.items() if f % size}
    low = high = 0
    for id, factor in rest.items():
        if id not in ranges:
            return None
        ends = [factor * end for end in ranges[id]]
        low, high = low + min(ends), high + max(ends)
    for whole in (form.constant // size, form.constant // size + 1, form.constant // size - 1):
        constant = form.constant - whole * size
        if low + constant >= 0 and high + constant < size:
            return Form(quotient, whole), Form(rest, constant)
    return None


def indices(form: Form, leaf: Leaf, ranges: Ranges, cut: Collection[int] = ()) -> list[Form] | None:
    """The index in each dimension of the leaf, or None when they cannot be told apart.

    Of neighbouring dimensions that are not `cut` (counted from 1) the last one has the index of
    all, and the others have 0: the word is the same, whatever the range of each.
    """
    rest = form.plus(Form({}, -leaf.offset))
    found: list[Form] = []
    if not leaf.strides:
        return found
    for dim, (stride, inner) in enumerate(pairwise(leaf.strides), 1):
        if {dim, dim + 1}.isdisjoint(cut) and stride == inner * leaf.counts[dim]:
            found.append(Form())
            continue
        divided = divide(rest, stride, ranges)
        if divided is None:
            return None
        index, rest = divided
        found.append(index)
    last = rest.over(leaf.strides[-1])
    return None if last is None else [*found, last]


def ahead(place: int, leaf: Leaf, span: int) -> bool:
    """Whether a constant place is one of the leaf's own in each dimension.

    In a structure the index past the end of one array is the next field. A dimension that goes
    through the whole object, of `span` bytes, is of all fields, and may have any index.
    """
    rest = place - leaf.offset
    for stride, count in zip(leaf.strides, leaf.counts, strict=True):
        index, rest = divmod(rest, stride)
        if stride * count < span and not 0 <= index < count:
            return False
    return 0 <= rest < max(1, -(-leaf.bits // 8))


def is_sure(form: Form, leaf: Leaf, span: int) -> bool:
    """Whether a place is the leaf's whatever its terms are: these choose the structure alone."""
    if not leaf.strides or leaf.strides[0] * leaf.counts[0] < span:
        return False
    size = leaf.strides[0]
    rest = (form.constant - leaf.offset) % size
    return not any(f % size for f in form.terms.values()) and ahead(leaf.offset + rest, leaf, span)


def near(place: int, leaf: Leaf, span: int) -> bool:
    """Whether the leaf is a field of the element that a constant place is the start of."""
    if leaf.strides:
        place += (leaf.offset - place) % leaf.strides[-1]
    return ahead(place, leaf, span)


def within(form: Form, leaf: Leaf, home: int | None = None) -> tuple[Form, int] | None:
    """The leaf's word, and the byte within it; None: another place.

    `home` is the constant part of the place where the last index was added: what came after it
    leads into an element.
    """
    for byte in _bytes(form, leaf, home):
        if 0 <= byte < -(-leaf.bits // 8):
            found = word(form.plus(Form({}, -byte)), leaf)
            if found is not None:
                return found, byte
    return None


def _bytes(form: Form, leaf: Leaf, home: int | None) -> list[int]:
    """The bytes of an element that a place may be, the likeliest first."""
    rest = form.constant - leaf.offset
    if not leaf.strides:
        return [rest]
    found = [rest % leaf.strides[-1]]
    if home is not None and form.terms:
        found.insert(0, form.constant - home)
    is_sure = True
    for stride, count, inner in zip(leaf.strides, leaf.counts[1:], leaf.strides[1:], strict=False):
        rest %= stride
        # With an index it may be before the first element of the next row, too.
        is_sure &= not form.terms or rest - stride <= -inner * count
    byte = rest % leaf.strides[-1]
    return [*found, byte] if is_sure or not byte else found


def split(form: Form, size: int, inner: int) -> tuple[Form | None, Form]:
    """A place in elements of a `size` as their number, and what is left with the constant.

    One index may be that of an element and of an array in it (`s[i].b[i]`, `s[3 - i].b[i]`). What
    is left are steps within `inner` bytes; where they cannot be, there is no number.
    """
    number, rest = Form(), Form({}, form.constant)
    for id, factor in form.terms.items():
        truncated = abs(factor) // size * (1 if factor > 0 else -1)
        for times in (truncated, (2 * factor + size) // (2 * size)):
            left = factor - times * size
            if abs(left) < inner:
                number, rest = number.plus(Form({id: times})), rest.plus(Form({id: left}))
                break
        else:
            return None, form
    return number, rest


def word(form: Form, leaf: Leaf) -> Form | None:
    """The leaf's word, counted through all dimensions in row-major order; None: another place."""
    rest = form.plus(Form({}, -leaf.offset))
    if not leaf.strides:
        return rest if not rest.terms and rest.constant == 0 else None
    words = [1]
    for count in reversed(leaf.counts[1:]):
        words.insert(0, words[0] * count)
    if all(s == n * leaf.strides[-1] for s, n in zip(leaf.strides, words, strict=True)):
        return rest.over(leaf.strides[-1])
    inner = [s * n for s, n in zip(leaf.strides, leaf.counts, strict=True)]
    return _counted(rest, list(zip(leaf.strides, words, [*inner[1:], 1], strict=True)))


def _counted(rest: Form, dimensions: list[tuple[int, int, int]]) -> Form | None:
    """The words to a place; of each dimension: bytes and words of a step, and bytes within one."""
    if not dimensions:
        return Form() if not rest.terms and rest.constant == 0 else None
    (stride, words, inner), further = dimensions[0], dimensions[1:]
    steps, rest = split(rest, stride, inner)
    if steps is None:
        return None
    whole = rest.constant // stride
    before = [whole, whole + 1] if rest.terms else [whole]
    if further and rest.constant % stride >= inner:
        before = [whole + 1, whole]  # no element is there: an index before the next row's first one
    for number in before:
        left = _counted(rest.plus(Form({}, -number * stride)), further)
        if left is not None:
            return left.plus(steps.plus(Form({}, number)), words)
    return None
