"""Reads the text of LLVM's IR, as far as integer code needs it, into plain structures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tools.errors import ToolError

_FLAGS = re.compile(
    r"(?<![%@\w.$])(nsw|nuw|exact|disjoint|nneg|inbounds|samesign|nusw|tail|musttail|notail|volatile|"
    r"noundef|nonnull|zeroext|signext|noalias|nocapture|readonly|writeonly|returned|immarg|"
    r"align \d+|range\([^()]*\)|dereferenceable\(\d+\)|captures\([^()]*\)|"
    r"dereferenceable_or_null\(\d+\)|inrange\([^()]*\)) ?"
)
_KNOWN = re.compile(r"(?<![%@\w.$])(nuw|nsw|disjoint|nneg)\b")
OTHER_FLOATS = frozenset({"half", "bfloat", "x86_fp80", "fp128"})
"""Floats and doubles become words before this is read; these stay, to be refused."""
_INLINED = re.compile(r"!DILocation\(line: (\d+).*?scope: (!\d+)(?:, inlinedAt: (!\d+))?")
_FILE = re.compile(r'filename: "([^"]*)", directory: "([^"]*)"')
_LINE = re.compile(r"!DILocation\(line: (\d+)")


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


class Reader:
    """Reads one module whose only function with a body is the top."""

    def __init__(self, text: str, top: str) -> None:
        self.lines = text.splitlines()
        self.named: dict[str, str] = {}
        self.types: dict[str, Type] = {}
        self.metadata: dict[str, str] = {}
        for line in self.lines:
            if line.startswith("%") and " = type " in line:
                name, rest = line.split(" = type ", 1)
                self.named[name] = rest
            elif line.startswith("!"):
                name, _, rest = line.partition(" = ")
                self.metadata[name] = rest
        self.top = top

    def module(self) -> Module:
        found = {g.name: g for g in self._globals()}
        header = f"@{self.top}("
        quoted = f'@"{self.top}"('
        for i, line in enumerate(self.lines):
            if line.startswith("define ") and (header in line or quoted in line):
                parameters, returns = self._signature(line)
                return Module(
                    parameters, returns, self._blocks(i + 1), found, self.types, self.metadata
                )
        raise ToolError(f"the function {self.top!r} has no body")

    def _signature(self, line: str) -> tuple[list[tuple[Type, str]], Type]:
        head, rest = line.split("@", 1)
        returns = _FLAGS.sub("", head.removeprefix("define ")).split()
        inner = rest[rest.index("(") + 1 : _closing(rest, rest.index("("))]
        parameters = []
        for part in _split(inner):
            words = _FLAGS.sub("", _drop_attributes(part)).strip()
            kind, after = self.type_at(words)
            parameters.append((kind, after.strip().split()[-1]))
        return parameters, self.type_at(returns[-1])[0]

    def _globals(self) -> Iterator[Global]:
        pattern = re.compile(r'^@("[^"]*"|[^ ]+) = (.*?)\b(global|constant) (.*)$')
        for line in self.lines:
            if match := pattern.match(line):
                kind, rest = self.type_at(match[4])
                constant = match[3] == "constant"
                yield Global("@" + match[1], kind, constant, _without_tail(rest.strip()))

    def _blocks(self, start: int) -> list[LlBlock]:
        blocks: list[LlBlock] = []
        i = start
        while self.lines[i] != "}":
            line = self.lines[i]
            i += 1
            text = line.strip()
            if not text or text.startswith(";") or text.startswith("#dbg_"):
                continue
            if match := re.match(r'^("[^"]*"|[-\w.$]+):', line):
                blocks.append(LlBlock("%" + match[1]))
                continue
            if not blocks:
                blocks.append(LlBlock("%0"))
            if text.startswith("switch") and text.endswith("["):
                while not self.lines[i].strip().startswith("]"):
                    text += " " + self.lines[i].strip()
                    i += 1
                text += " " + self.lines[i].strip()
                i += 1
            blocks[-1].body.append(self.instruction(text))
        return blocks

    def type_at(self, text: str) -> tuple[Type, str]:
        """The type at the start of the text, and the text after it."""
        text = text.lstrip()
        if match := re.match(r"i(\d+)\b", text):
            return Type("int", int(match[1])), text[match.end() :]
        for word in ("ptr", "void", "label", "metadata", "float", "double", *OTHER_FLOATS):
            if re.match(rf"{word}\b", text):
                return Type(word), text[len(word) :]
        if text.startswith("%"):
            match = re.match(r'%("[^"]*"|[-\w.$]+)', text)
            assert match
            name = match.group()
            if name not in self.types:
                self.types[name] = Type("struct")
                self.types[name] = replace(self.type_at(self.named[name])[0], name=name)
            return self.types[name], text[match.end() :]
        if text.startswith("["):
            match = re.match(r"\[(\d+) x ", text)
            assert match
            inner, rest = self.type_at(text[match.end() :])
            return Type("array", count=int(match[1]), parts=(inner,)), rest.lstrip()[1:]
        if text.startswith("<{") or text.startswith("{"):
            packed = text.startswith("<")
            end = _closing(text, 1 if packed else 0)
            inside = text[2 if packed else 1 : end]
            parts = tuple(self.type_at(part)[0] for part in _split(inside))
            return Type("struct", parts=parts, packed=packed), text[end + (2 if packed else 1) :]
        if text.startswith("opaque"):
            return Type("struct"), text[6:]
        if text.startswith(("x86_fp80", "fp128", "half", "bfloat")):
            raise ToolError(
                f"the type {text.split()[0].strip(',')!r} is not supported; use float or double"
            )
        raise ToolError(f"LLVM type not understood: {text[:40]!r}")

    def value(self, kind: Type, text: str) -> Value:
        text = text.strip()
        if re.fullmatch(r"-?\d+", text):
            return Value(kind, text, int(text))
        if text in ("true", "false"):
            return Value(kind, text, int(text == "true"))
        if text in ("null", "undef", "poison", "zeroinitializer", "none"):
            return Value(kind, text, 0)
        if text.startswith(("getelementptr", "inttoptr", "ptrtoint", "bitcast")):
            return Value(kind, text, None, self._expression(text))
        return Value(kind, text)

    def _expression(self, text: str) -> Instruction:
        opcode, rest = _FLAGS.sub("", text).split("(", 1)
        inside = rest[: _closing("(" + rest, 0) - 1]
        return self._element_pointer("", inside, 0)

    def typed(self, text: str) -> Value:
        kind, rest = self.type_at(text)
        return self.value(kind, rest)

    def _element_pointer(self, result: str, text: str, line: int) -> Instruction:
        element, rest = self.type_at(text)
        args = tuple(self.typed(part) for part in _split(rest.lstrip(" ,")))
        return Instruction(result, "getelementptr", Type("ptr"), args, element=element, line=line)

    def instruction(self, text: str) -> Instruction:
        result = ""
        if match := re.match(r'(%(?:"[^"]*"|[-\w.$]+)) = ', text):
            result, text = match[1], text[match.end() :]
        line, loop = 0, ""
        if match := re.search(r", !dbg (!\d+)", text):
            found = _LINE.search(self.metadata.get(match[1], ""))
            line = int(found[1]) if found else 0
            line = self._outermost(match[1], line)
        if match := re.search(r", !llvm\.loop (!\d+)", text):
            loop = match[1]
        text = re.sub(r"(, ![\w.]+ !\d+)+$", "", text)
        text = re.sub(r" #\d+$", "", text)
        plain = _FLAGS.sub("", text)
        opcode, _, rest = plain.partition(" ")
        handler = getattr(self, f"_{opcode}", None)
        if handler is None:
            return Instruction(result, "other", Type("void"), detail=plain, line=line)
        made: Instruction = handler(result, rest, line)
        return Instruction(
            made.result, made.opcode, made.type, made.args, made.detail, made.labels,
            made.element, line, loop, frozenset(_KNOWN.findall(text)),
        )  # fmt: skip

    def _outermost(self, name: str, line: int) -> int:
        """The line in the top function or, for code of a header, of the call of it."""
        while found := _INLINED.search(self.metadata.get(name, "")):
            if not self._is_header(found[2]) or not found[3]:
                return int(found[1])
            name = found[3]
        return line

    def _is_header(self, scope: str) -> bool:
        """Whether a scope's file is none of the sources: those are where the module is compiled."""
        file = re.search(r"file: (!\d+)", self.metadata.get(scope, ""))
        name = _FILE.search(self.metadata.get(file[1], "")) if file else None
        home = _FILE.search(self.metadata.get("!1", ""))
        if not name or not home:
            return False
        return name[2] != home[2] or name[1].removeprefix("./").startswith("include/")

    def _two(self, opcode: str, result: str, rest: str, line: int) -> Instruction:
        first, second = _split(rest)
        a = self.typed(first)
        b = self.value(a.type, second)
        return Instruction(result, opcode, a.type, (a, b))

    def _icmp(self, result: str, rest: str, line: int) -> Instruction:
        predicate, _, rest = rest.partition(" ")
        first, second = _split(rest)
        a = self.typed(first)
        b = self.value(a.type, second)
        return Instruction(result, "icmp", Type("int", 1), (a, b), predicate)

    def _cast(self, opcode: str, result: str, rest: str) -> Instruction:
        source, _, target = rest.rpartition(" to ")
        return Instruction(result, opcode, self.type_at(target)[0], (self.typed(source),))

    def _select(self, result: str, rest: str, line: int) -> Instruction:
        args = tuple(self.typed(part) for part in _split(rest))
        return Instruction(result, "select", args[1].type, args)

    def _freeze(self, result: str, rest: str, line: int) -> Instruction:
        value = self.typed(rest)
        return Instruction(result, "freeze", value.type, (value,))

    def _phi(self, result: str, rest: str, line: int) -> Instruction:
        kind, rest = self.type_at(rest)
        pairs = [_split(pair) for pair in re.findall(r"\[ (.*?) \](?:, |$)", rest.strip())]
        values = tuple(self.value(kind, value) for value, _ in pairs)
        labels = tuple(label.strip() for _, label in pairs)
        return Instruction(result, "phi", kind, values, labels=labels)

    def _br(self, result: str, rest: str, line: int) -> Instruction:
        parts = _split(rest)
        labels = tuple(p.removeprefix("label ").strip() for p in parts if p.startswith("label "))
        args = () if len(labels) == 1 else (self.typed(parts[0]),)
        return Instruction("", "br", Type("void"), args, labels=labels)

    def _switch(self, result: str, rest: str, line: int) -> Instruction:
        head, _, cases = rest.partition("[")
        value, default = _split(head.strip())
        found = re.findall(r"i\d+ (-?\d+), label (%\"[^\"]*\"|%[-\w.$]+)", cases)
        labels = (default.removeprefix("label ").strip(), *(label for _, label in found))
        numbers = tuple(Value(Type("int", 64), n, int(n)) for n, _ in found)
        return Instruction("", "switch", Type("void"), (self.typed(value), *numbers), labels=labels)

    def _ret(self, result: str, rest: str, line: int) -> Instruction:
        args = () if rest.strip() == "void" else (self.typed(rest),)
        return Instruction("", "ret", Type("void"), args)

    def _unreachable(self, result: str, rest: str, line: int) -> Instruction:
        return Instruction("", "unreachable", Type("void"))

    def _alloca(self, result: str, rest: str, line: int) -> Instruction:
        kind, count = self.type_at(rest)
        if re.match(r", i\d+ (?!1\b)", count):
            where = f"line {line}: " if line else ""
            raise ToolError(where + "the size of an array is not constant; give it the largest")
        return Instruction(result, "alloca", Type("ptr"), element=kind)

    def _load(self, result: str, rest: str, line: int) -> Instruction:
        kind, rest = self.type_at(rest)
        return Instruction(result, "load", kind, (self.typed(_split(rest.lstrip(", "))[0]),))

    def _store(self, result: str, rest: str, line: int) -> Instruction:
        value, pointer = _split(rest)[:2]
        return Instruction("", "store", Type("void"), (self.typed(value), self.typed(pointer)))

    def _getelementptr(self, result: str, rest: str, line: int) -> Instruction:
        return self._element_pointer(result, rest, line)

    def _call(self, result: str, rest: str, line: int) -> Instruction:
        kind, rest = self.type_at(_drop_attributes(rest))
        rest = rest.lstrip()
        if rest.startswith("("):  # the full function type of a variadic function
            rest = rest[_closing(rest, 0) + 1 :].lstrip()
        start = rest.index("(", _closing(rest, 0, '"') if rest.startswith('@"') else 0)
        name, inside = rest[:start].strip(), rest[start + 1 : _closing(rest, start)]
        args = []
        for part in _split(inside):
            if part.startswith("metadata"):
                continue
            args.append(self.typed(_drop_attributes(part)))
        return Instruction(result, "call", kind, tuple(args), name.strip('@"'))

    def _extractvalue(self, result: str, rest: str, line: int) -> Instruction:
        value, *indices = _split(rest)
        source = self.typed(value)
        kind = source.type.parts[int(indices[0])]
        return Instruction(result, "extractvalue", kind, (source,), indices[0])

    def _insertvalue(self, result: str, rest: str, line: int) -> Instruction:
        whole, value, *indices = _split(rest)
        first = self.typed(whole)
        return Instruction(
            result, "insertvalue", first.type, (first, self.typed(value)), indices[0]
        )


def _binary(opcode: str):  # type: ignore[no-untyped-def]
    return lambda self, result, rest, line: self._two(opcode, result, rest, line)


def _casting(opcode: str):  # type: ignore[no-untyped-def]
    return lambda self, result, rest, line: self._cast(opcode, result, rest)


for _name in [
    "add",
    "sub",
    "mul",
    "udiv",
    "sdiv",
    "urem",
    "srem",
    "and",
    "or",
    "xor",
    "shl",
    "lshr",
    "ashr",
]:
    setattr(Reader, f"_{_name}", _binary(_name))
for _name in ["zext", "sext", "trunc", "bitcast", "ptrtoint", "inttoptr"]:
    setattr(Reader, f"_{_name}", _casting(_name))


def _closing(text: str, start: int, quote: str = "") -> int:
    """Where the bracket at `start` is closed; with `quote`, where the quoted name ends."""
    if quote:
        return text.index(quote, text.index(quote) + 1)
    depth = 0
    for i in range(start, len(text)):
        if text[i] in "([{":
            depth += 1
        elif text[i] in ")]}":
            depth -= 1
            if depth == 0:
                return i
    raise ToolError(f"LLVM text not understood: {text[:60]!r}")


def _split(text: str) -> list[str]:
    """The parts between the commas outside of brackets and quotes."""
    parts, depth, start, quoted = [], 0, 0, False
    for i, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif char in "([{<":
            depth += 1
        elif char in ")]}>":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
    last = text[start:].strip()
    return [*parts, last] if last else parts


def _drop_attributes(text: str) -> str:
    """An argument without attributes such as `sret(%type)`."""
    return re.sub(r"\b(sret|byval|byref|elementtype)\([^()]*\) ?", "", _FLAGS.sub("", text)).strip()


def _without_tail(text: str) -> str:
    return re.sub(r"(, (align \d+|section \"[^\"]*\"|comdat.*|!\w+ !\d+))+$", "", text)


def read(text: str, top: str) -> Module:
    """The module of which `top` (its mangled name) is the only function that matters."""
    return Reader(text, top).module()
