"""Reads types, values and constant expressions out of the text of LLVM's IR."""

import re
from collections.abc import Mapping
from dataclasses import replace

from tools.errors import ToolError
from tools.hls.ll import OTHER_FLOATS, Instruction, Type, Value
from tools.hls.ll_text import FLAGS, closing, split


class Operands:
    """Reads the operands of one module.

    Its structures have the texts of `named`, or are of `types` that are known already.
    """

    def __init__(self, named: Mapping[str, str], types: Mapping[str, Type] | None = None) -> None:
        self.named = named
        self.types = dict(types or {})

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
            end = closing(text, 1 if packed else 0)
            inside = text[2 if packed else 1 : end]
            parts = tuple(self.type_at(part)[0] for part in split(inside))
            return Type("struct", parts=parts, packed=packed), text[end + (2 if packed else 1) :]
        if text.startswith("opaque"):
            return Type("struct"), text[6:]
        if text.startswith(("x86_fp80", "fp128", "half", "bfloat")):
            raise ToolError(
                f"the type {text.split()[0].strip(',')!r} is not supported; use float or double"
            )
        raise ToolError(f"LLVM type not understood: {text[:40]!r}")

    def value(self, kind: Type, text: str) -> Value:
        """An operand of a type that is known."""
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
        opcode, rest = FLAGS.sub("", text).split("(", 1)
        inside = rest[: closing("(" + rest, 0) - 1]
        return self.element_pointer("", inside, 0)

    def typed(self, text: str) -> Value:
        """An operand with its type in front of it."""
        kind, rest = self.type_at(text)
        return self.value(kind, rest)

    def element_pointer(self, result: str, text: str, line: int) -> Instruction:
        """A getelementptr: `text` is what follows the word."""
        element, rest = self.type_at(text)
        args = tuple(self.typed(part) for part in split(rest.lstrip(" ,")))
        return Instruction(result, "getelementptr", Type("ptr"), args, element=element, line=line)
