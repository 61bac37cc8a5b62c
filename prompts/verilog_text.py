"""Modules in Verilog text, found without a parser: it has to work on answers that do not parse."""

import re
from dataclasses import dataclass

_NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)
_MODULE = re.compile(r"^[ \t]*module\s+(?:automatic\s+|static\s+)?(\w+)", re.MULTILINE)
_END = re.compile(r"\bendmodule\b(?:[ \t]*:[ \t]*\w+)?")
_NESTED = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_HEAD = re.compile(rf"\s*(?:#\s*{_NESTED}\s*)?(?:\(\s*\)\s*)?;")
_INSTANCE = re.compile(rf"^[ \t]*(\w+)\s+(?:#\s*{_NESTED}\s*)?(\w+)\s*\(", re.MULTILINE)
_KEYWORDS = re.compile(
    r"module|function|task|begin|else|if|for|while|case|assign|always|initial|return|wire|reg|logic"
    r"|integer|input|output|inout|parameter|localparam|and|or|not|nand|nor|xor|xnor|buf|property"
    r"|sequence|covergroup|class|program|package|interface|import|typedef"
)


@dataclass(frozen=True)
class Module:
    """A module's name, whether it has no ports, what it instantiates, and where it stands."""

    name: str
    portless: bool
    instances: tuple[str, ...]
    start: int
    end: int


def blanked(text: str) -> str:
    """The text with comments and strings as blanks, so that every place stays where it was."""
    return _NOISE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def modules(text: str) -> list[Module]:
    """The modules of a text in order; a last one without its `endmodule` goes to the end."""
    code = blanked(text)
    heads = list(_MODULE.finditer(code))
    found = []
    for number, head in enumerate(heads):
        limit = heads[number + 1].start() if number + 1 < len(heads) else len(code)
        closing = _END.search(code, head.end(), limit)
        end = closing.end() if closing else limit
        instances = tuple(
            m[1] for m in _INSTANCE.finditer(code, head.end(), end)
            if not _KEYWORDS.fullmatch(m[1]) and not _KEYWORDS.fullmatch(m[2])
        )  # fmt: skip
        portless = _HEAD.match(code, head.end()) is not None
        found.append(Module(head[1], portless, instances, head.start(), end))
    return found


def roots(found: list[Module]) -> list[str]:
    """The names of the modules that no other one instantiates."""
    used = {name for module in found for name in module.instances}
    return [module.name for module in found if module.name not in used]
