"""Cuts a dataflow region in LLVM's IR into one function for each of its tasks.

After inlining, the region is one block: calls of tasks, and the code around them that works out
their arguments. Each task's function is a copy of it with that one call. What more than one task
uses becomes a parameter of the copies: a channel of the network.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tools.errors import ToolError
from tools.hls.region_code import WORDS, Line, RegionCode, source_name

_SILENT = ("llvm.lifetime", "llvm.assume", "llvm.dbg", "llvm.experimental.noalias")
_NAME = re.compile(r'[%@](?:"[^"]*"|[-\w.$]+)')


@dataclass
class Split:
    """The module of the tasks' functions, and what there is between them."""

    text: str
    tasks: list[dict[str, object]] = field(default_factory=list)
    """`function`, `name`, and the `line` of the call."""
    channels: dict[str, str] = field(default_factory=dict)
    """The variable that each shared parameter is, by the parameter's name."""
    results: dict[str, int] = field(default_factory=dict)
    """The bits of channels that are results of tasks."""
    refused: str = ""
    """Why it is no dataflow region."""

    def told(self) -> str:
        """All but the text, as JSON."""
        said = {"tasks": self.tasks, "channels": self.channels, "results": self.results}
        return json.dumps({**said, "refused": self.refused})


def split(text: str, entry: str, tasks: Mapping[str, str], stem: str) -> Split:
    """The functions `stem0`, `stem1` … of the tasks that `entry` calls, mangled -> name.

    Raises `ToolError` for a region that is more than calls of tasks.
    """
    code = RegionCode(text, entry, tasks)
    if not code.calls:
        raise ToolError("a dataflow region calls no function: there is nothing to overlap")
    owners = code.owners()
    names = _names(code)
    made, found = [], Split("", channels={new: source_name(root) for root, new in names.items()})
    for number, at in enumerate(code.calls):
        says, function = code.lines[at].says, f"{stem}{number}"
        found.tasks.append({"function": function, "name": code.task(at), "line": says.line})
        if says.result in names:
            bits = says.type.bits or WORDS[says.type.kind]
            found.results[names[says.result]] = bits
        made.append(_Copy(code, number, names, owners).text(function))
    found.text = text[: code.at.start()] + "\n".join(made) + text[code.at.end() :]
    return found


def _names(code: RegionCode) -> dict[str, str]:
    """A parameter's name for each shared variable."""
    taken = {name.lstrip("%").strip('"') for name in code.parameters}
    results = {code.lines[at].says.result: code.task(at) for at in code.calls}
    found = {}
    for root in code.shared():
        plain = f"{results[root]}_result" if root in results else source_name(root)
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name)
        found[root] = name
    return found


class _Copy:
    """The region with the call of one task alone."""

    def __init__(
        self, code: RegionCode, number: int, names: Mapping[str, str],
        owners: Mapping[int, int | None],
    ) -> None:  # fmt: skip
        self.code, self.number, self.names, self.owners = code, number, names, owners
        # A scalar is written once, at the end: until then it is a variable of the copy's own.
        self.own = [root for root in names if root in code.writes[number] and code.is_scalar(root)]
        self.new = {
            root: _local(f"{name}.own" if root in self.own else name)
            for root, name in names.items()
            if code.objects.get(root) != "result"
        }

    def text(self, function: str) -> str:
        first: list[str] = []
        last: list[str] = []
        for root in self.own:
            kind, shared, own = self.code.type_of(root), self._shared(root), self.new[root]
            first.insert(0, f"  {own} = alloca {kind}")
            if any(root in writes for writes in self.code.writes[: self.number]):
                first += _copied(kind, shared, own, _local(f"{self.names[root]}.first"))
            last += _copied(kind, own, shared, _local(f"{self.names[root]}.last"))
        body = [text for at, line in enumerate(self.code.lines) for text in self._kept(at, line)]
        lines = [self._head(function), "entry:", *first, *body[:-1], *last, body[-1], "}", ""]
        return "\n".join(lines)

    def _head(self, function: str) -> str:
        code = self.code
        extra = ", ".join(f"ptr {self._shared(root)}" for root in self.names)
        head = re.sub(r" !dbg !\d+", "", code.head)
        head = head.replace(f"@{code.entry}(", f"@{function}(")
        close = _closing(head)
        comma = ", " if code.parameters and extra else ""
        return head[:close] + comma + extra + head[close:]

    def _shared(self, root: str) -> str:
        """The parameter that a shared variable is."""
        return _local(self.names[root])

    def _kept(self, at: int, line: Line) -> list[str]:
        """What is left of a line."""
        says, code = line.says, self.code
        renamed = _NAME.sub(lambda m: self.new.get(m[0], m[0]), line.text)
        if says.opcode == "alloca" and says.result in self.names:
            return []
        if says.opcode == "call" and says.detail.startswith(_SILENT):
            return []
        if at in code.stores:
            mine = self.owners[at] in (None, self.number)
            return [renamed] if mine and not code.is_stream(code.stores[at][0]) else []
        return self._call(at, renamed) if at in code.calls else [renamed]

    def _call(self, at: int, renamed: str) -> list[str]:
        """A task's call, or in its place the result that it hands on."""
        says, mine = self.code.lines[at].says, self.code.calls.index(at) == self.number
        kind = f"i{says.type.bits}" if says.type.kind == "int" else says.type.kind
        if says.result not in self.names:
            unused = [f"  {says.result} = freeze {kind} poison"] if says.result else []
            return [renamed] if mine else unused
        place = self._shared(says.result)
        if mine:
            return [renamed, f"  store {kind} {says.result}, ptr {place}"]
        return [f"  {says.result} = load {kind}, ptr {place}"]


def _copied(kind: str, source: str, target: str, value: str) -> list[str]:
    return [f"  {value} = load {kind}, ptr {source}", f"  store {kind} {value}, ptr {target}"]


def _local(name: str) -> str:
    """A name as LLVM writes a function's own."""
    return f"%{name}" if re.fullmatch(r"[-\w.$]+", name) else f'%"{name}"'


def _closing(head: str) -> int:
    """Where the list of parameters ends."""
    depth = 0
    for i in range(head.index("(", head.index("@")), len(head)):
        depth += {"(": 1, ")": -1}.get(head[i], 0)
        if depth == 0:
            return i
    raise ToolError(f"LLVM text not understood: {head[:60]!r}")
