"""The structures that the text of LLVM's IR is read into, as far as integer code needs it."""

from dataclasses import dataclass, field

OTHER_FLOATS = frozenset({"half", "bfloat", "x86_fp80", "fp128"})
"""Floats and doubles become words before this is read; these stay, to be refused."""


@dataclass(frozen=True)
class Type:
    """`kind` is int, ptr, void, array, struct, float, double or label."""

    kind: str
    bits: int = 0
    count: int = 0
    parts: tuple["Type", ...] = ()
    packed: bool = False
    name: str = field(default="", compare=False)
    """That of a structure in the module."""

    def align(self) -> int:
        if self.kind == "int":
            return min(16, 1 << max(0, (-(-self.bits // 8) - 1).bit_length()))
        if self.kind in ("ptr", "double"):
            return 8
        if self.kind == "float":
            return 4
        if self.packed or not self.parts:
            return 1
        return max(part.align() for part in self.parts)

    def size(self) -> int:
        """In bytes, with the padding at the end."""
        if self.kind == "int":
            raw = -(-self.bits // 8)
            return -(-raw // self.align()) * self.align()
        if self.kind in ("ptr", "double"):
            return 8
        if self.kind == "float":
            return 4
        if self.kind == "array":
            return self.count * self.parts[0].size()
        end = 0
        for offset, part in zip(self.offsets(), self.parts, strict=True):
            end = offset + part.size()
        return -(-end // self.align()) * self.align() if end else 0

    def holds(self, kind: str) -> bool:
        """Whether it is of that kind, or has a part that is."""
        return self.kind == kind or any(part.holds(kind) for part in self.parts)

    def offsets(self) -> list[int]:
        """Where a structure's fields start, in bytes."""
        found, end = [], 0
        for part in self.parts:
            align = 1 if self.packed else part.align()
            start = -(-end // align) * align
            found.append(start)
            end = start + part.size()
        return found


@dataclass(frozen=True)
class Value:
    """An operand: `%name`, `@name`, or a constant (`number`, or `inner` for an expression)."""

    type: Type
    text: str
    number: int | None = None
    inner: "Instruction | None" = None


@dataclass(frozen=True)
class Instruction:
    result: str
    opcode: str
    type: Type
    args: tuple[Value, ...] = ()
    detail: str = ""
    labels: tuple[str, ...] = ()
    element: Type | None = None
    line: int = 0
    loop: str = ""
    flags: frozenset[str] = frozenset()
    """What is known of the result: nuw, nsw, disjoint, nneg."""


@dataclass
class LlBlock:
    name: str
    body: list[Instruction] = field(default_factory=list)


@dataclass
class Global:
    name: str
    type: Type
    constant: bool
    initial: str


@dataclass
class Module:
    parameters: list[tuple[Type, str]]
    returns: Type
    blocks: list[LlBlock]
    globals: dict[str, Global]
    types: dict[str, Type]
    metadata: dict[str, str]
    notes: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    """The first line of each function's definition or declaration, by its name."""
