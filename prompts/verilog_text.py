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

RESERVED = frozenset({
    "accept_on", "alias", "always", "always_comb", "always_ff", "always_latch", "and", "assert",
    "assign", "assume", "automatic", "before", "begin", "bind", "bins", "binsof", "bit", "break",
    "buf", "bufif0", "bufif1", "byte", "case", "casex", "casez", "cell", "chandle", "checker",
    "class", "clocking", "cmos", "config", "const", "constraint", "context", "continue", "cover",
    "covergroup", "coverpoint", "cross", "deassign", "default", "defparam", "design", "disable",
    "dist", "do", "edge", "else", "end", "endcase", "endchecker", "endclass", "endclocking",
    "endconfig", "endfunction", "endgenerate", "endgroup", "endinterface", "endmodule",
    "endpackage", "endprimitive", "endprogram", "endproperty", "endspecify", "endsequence",
    "endtable", "endtask", "enum", "event", "eventually", "expect", "export", "extends", "extern",
    "final", "first_match", "for", "force", "foreach", "forever", "fork", "forkjoin", "function",
    "generate", "genvar", "global", "highz0", "highz1", "if", "iff", "ifnone", "ignore_bins",
    "illegal_bins", "implements", "implies", "import", "incdir", "include", "initial", "inout",
    "input", "inside", "instance", "int", "integer", "interconnect", "interface", "intersect",
    "join", "join_any", "join_none", "large", "let", "liblist", "library", "local", "localparam",
    "logic", "longint", "macromodule", "matches", "medium", "modport", "module", "nand",
    "negedge", "nettype", "new", "nexttime", "nmos", "nor", "noshowcancelled", "not", "notif0",
    "notif1", "null", "or", "output", "package", "packed", "parameter", "pmos", "posedge",
    "primitive", "priority", "program", "property", "protected", "pull0", "pull1", "pulldown",
    "pullup", "pulsestyle_ondetect", "pulsestyle_onevent", "pure", "rand", "randc", "randcase",
    "randsequence", "rcmos", "real", "realtime", "ref", "reg", "reject_on", "release", "repeat",
    "restrict", "return", "rnmos", "rpmos", "rtran", "rtranif0", "rtranif1", "s_always",
    "s_eventually", "s_nexttime", "s_until", "s_until_with", "scalared", "sequence", "shortint",
    "shortreal", "showcancelled", "signed", "small", "soft", "solve", "specify", "specparam",
    "static", "string", "strong", "strong0", "strong1", "struct", "super", "supply0", "supply1",
    "sync_accept_on", "sync_reject_on", "table", "tagged", "task", "this", "throughout", "time",
    "timeprecision", "timeunit", "tran", "tranif0", "tranif1", "tri", "tri0", "tri1", "triand",
    "trior", "trireg", "type", "typedef", "union", "unique", "unique0", "unsigned", "until",
    "until_with", "untyped", "use", "uwire", "var", "vectored", "virtual", "void", "wait",
    "wait_order", "wand", "weak", "weak0", "weak1", "while", "wildcard", "wire", "with", "within",
    "wor", "xnor", "xor",
})  # fmt: skip
"""The words of IEEE 1800-2017, which name nothing in a design."""


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
