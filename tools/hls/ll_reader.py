"""Reads the text of LLVM's IR into the structures of `ll`."""

import re
from collections.abc import Iterator

from tools.errors import ToolError
from tools.hls.ll import Global, Instruction, LlBlock, Module, Type
from tools.hls.ll_instructions import FORMS
from tools.hls.ll_operands import Operands
from tools.hls.ll_text import FLAGS, closing, split, without_attributes, without_tail

_KNOWN = re.compile(r"(?<![%@\w.$])(nuw|nsw|disjoint|nneg)\b")
_INLINED = re.compile(r"!DILocation\(line: (\d+).*?scope: (!\d+)(?:, inlinedAt: (!\d+))?")
_FILE = re.compile(r'filename: "([^"]*)", directory: "([^"]*)"')
_LINE = re.compile(r"!DILocation\(line: (\d+)")


class Reader:
    """Reads one module whose only function with a body is the top."""

    def __init__(self, text: str, top: str) -> None:
        self.lines = text.splitlines()
        named: dict[str, str] = {}
        self.metadata: dict[str, str] = {}
        for line in self.lines:
            if line.startswith("%") and " = type " in line:
                name, rest = line.split(" = type ", 1)
                named[name] = rest
            elif line.startswith("!"):
                name, _, rest = line.partition(" = ")
                self.metadata[name] = rest
        self.operands = Operands(named)
        self.top = top

    def module(self) -> Module:
        found = {g.name: g for g in self._globals()}
        header = f"@{self.top}("
        quoted = f'@"{self.top}"('
        for i, line in enumerate(self.lines):
            if line.startswith("define ") and (header in line or quoted in line):
                parameters, returns = self._signature(line)
                blocks, types = self._blocks(i + 1), self.operands.types
                return Module(
                    parameters, returns, blocks, found, types, self.metadata, heads=self._heads()
                )
        raise ToolError(f"the function {self.top!r} has no body")

    def _heads(self) -> dict[str, str]:
        heads = (line for line in self.lines if line.startswith(("define ", "declare ")))
        return {re.split(r"[@(]", head)[1].strip('"'): head for head in heads if "@" in head}

    def _signature(self, line: str) -> tuple[list[tuple[Type, str]], Type]:
        head, rest = line.split("@", 1)
        returns = FLAGS.sub("", head.removeprefix("define ")).split()
        inner = rest[rest.index("(") + 1 : closing(rest, rest.index("("))]
        parameters = []
        for part in split(inner):
            words = FLAGS.sub("", without_attributes(part)).strip()
            kind, after = self.operands.type_at(words)
            parameters.append((kind, after.strip().split()[-1]))
        return parameters, self.operands.type_at(returns[-1])[0]

    def _globals(self) -> Iterator[Global]:
        pattern = re.compile(r'^@("[^"]*"|[^ ]+) = (.*?)\b(global|constant) (.*)$')
        for line in self.lines:
            if match := pattern.match(line):
                kind, rest = self.operands.type_at(match[4])
                constant = match[3] == "constant"
                yield Global("@" + match[1], kind, constant, without_tail(rest.strip()))

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
        plain = FLAGS.sub("", text)
        opcode, _, rest = plain.partition(" ")
        if opcode not in FORMS:
            return Instruction(result, "other", Type("void"), detail=plain, line=line)
        made = FORMS[opcode](self.operands, opcode, result, rest, line)
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


def read(text: str, top: str) -> Module:
    """The module of which `top` (its mangled name) is the only function that matters."""
    return Reader(text, top).module()
