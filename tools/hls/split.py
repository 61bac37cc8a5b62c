"""Cuts a dataflow region in LLVM's IR into one function for each of its tasks.

After inlining, the region is one block: calls of tasks, and the code around them that works out
their arguments. Each task's function is a copy of it with that one call. What more than one task
uses becomes a parameter of the copies: a channel of the network.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tools.errors import ToolError
from tools.hls import ll
from tools.hls.contents import plain_name
from tools.hls.effects import Effects, effects

_STREAM = "class.hls::stream"
_MOVES = ("llvm.memcpy", "llvm.memmove", "llvm.memset")
_WORDS = {"float": 32, "double": 64}
_SILENT = ("llvm.lifetime", "llvm.assume", "llvm.dbg", "llvm.experimental.noalias")


@dataclass(frozen=True)
class Line:
    """A line of the region: its text, and what it says."""

    text: str
    says: ll.Instruction


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
    return _Region(text, entry, tasks).split(stem)


class _Region:
    def __init__(self, text: str, entry: str, tasks: Mapping[str, str]) -> None:
        self.text, self.entry, self.tasks = text, entry, tasks
        found = re.search(rf"^define [^\n]*@{entry}\([^\n]*\{{\n(.*?)^\}}\n", text, re.M | re.S)
        assert found
        self.at = found
        self.head = found[0].partition("\n")[0]
        reader = ll.Reader(text, entry)
        module = reader.module()
        if len(module.blocks) != 1:
            line = next((i.line for b in module.blocks for i in b.body if i.opcode == "br"), 0)
            raise _refused(
                line, "a dataflow region is a list of calls; put its branches and loops into tasks"
            )
        self.metadata = module.metadata
        self.parameters = [name for _, name in module.parameters]
        self.lines = [
            Line(line, reader.instruction(line.strip()))
            for line in found[1].splitlines()
            if " = " in line or line.lstrip().startswith(("call", "store", "ret", "tail"))
        ]
        self.effects: dict[str, Effects] = {
            name: effects(ll.read(text, name.strip('"'))) for name in tasks
        }
        self.root: dict[str, str] = {name: name for name in self.parameters}
        self.needs: dict[str, frozenset[str]] = {}
        self.content: dict[str, frozenset[str]] = {}
        self.objects: dict[str, str] = {}
        self.calls: list[int] = []
        self.uses: list[set[str]] = []
        self.writes: list[set[str]] = []
        self.stores: dict[int, tuple[str, frozenset[str]]] = {}
        for number, part in enumerate(self.lines):
            self._note(number, part.says)
        self.written = set().union(*self.writes) if self.writes else set()

    def _root(self, value: ll.Value) -> str:
        if value.inner is not None:
            return self._root(value.inner.args[0])
        if value.text.startswith("@"):
            return value.text
        return self.root.get(value.text, "")

    def _of(self, args: Sequence[ll.Value]) -> frozenset[str]:
        """The objects that values depend on."""
        return frozenset().union(*(self.needs.get(a.text, frozenset()) for a in args))

    def _note(self, at: int, says: ll.Instruction) -> None:
        name = says.detail if says.opcode == "call" else ""
        if says.opcode == "alloca":
            self.objects[says.result] = self.lines[at].text.partition(" = ")[2]
            self.root[says.result] = says.result
        elif says.opcode == "getelementptr":
            self.root[says.result] = self._root(says.args[0])
            self.needs[says.result] = self._of(says.args)
        elif says.opcode == "load":
            root = self._root(says.args[0])
            found = self.content.get(root, frozenset()) | {root} | self._of(says.args)
            self.needs[says.result] = found
        elif says.opcode == "store":
            self._store(at, self._root(says.args[1]), self._of(says.args))
        elif name.startswith(_MOVES):
            source = self._root(says.args[1])
            copied = self.content.get(source, frozenset()) | ({source} if source else set())
            self._store(at, self._root(says.args[0]), self._of(says.args) | copied)
        elif name in self.tasks or f'"{name}"' in self.tasks:
            self._call(at, says)
        elif name.startswith("siliwright_"):
            raise _refused(
                self._outer_line(at),
                "code of a dataflow region uses a stream itself; put it into a task",
            )
        elif says.opcode == "select" and says.type.kind == "ptr":
            raise _refused(says.line, "a task of a dataflow region is given one of two arrays")
        elif says.result:
            self.needs[says.result] = self._of(says.args)

    def _outer_line(self, at: int) -> int:
        """The line of the region's own code that a line comes from by inlining."""
        found = re.search(r"!dbg (!\d+)", self.lines[at].text)
        chain = [found[1]] if found else []
        while chain and (outer := re.search(r"inlinedAt: (!\d+)", self.metadata[chain[-1]])):
            chain.append(outer[1])
        number = re.search(r"line: (\d+)", self.metadata[chain[-2]]) if len(chain) > 1 else None
        return int(number[1]) if number else self.lines[at].says.line

    def _store(self, at: int, root: str, needs: frozenset[str]) -> None:
        self.stores[at] = (root, needs)
        if root in self.objects:
            self.content[root] = self.content.get(root, frozenset()) | needs

    def _call(self, at: int, says: ll.Instruction) -> None:
        name = says.detail if says.detail in self.tasks else f'"{says.detail}"'
        does = self.effects[name]
        uses, writes = set(self._of(says.args)), set()
        for number, value in enumerate(says.args):
            if value.type.kind != "ptr":
                continue
            root = self._root(value)
            uses |= {root} | self.content.get(root, frozenset())
            if number in does.writes:
                writes.add(root)
        if says.result:
            self.objects[says.result] = "result"
            self.needs[says.result] = frozenset({says.result})
            writes.add(says.result)
            uses.add(says.result)
            if says.type.kind not in _WORDS and says.type.kind != "int":
                raise _refused(says.line, "a task of a dataflow region returns a structure; hand "
                               "it over by reference")  # fmt: skip
        self.calls.append(at)
        self.uses.append(uses)
        self.writes.append(writes)

    def _is_stream(self, root: str) -> bool:
        if root.startswith("@"):
            return any(_STREAM in line for line in self.text.splitlines()
                       if line.startswith(f"{root} = "))  # fmt: skip
        return _STREAM in self.objects.get(root, "")

    def _owner(self, at: int) -> int | None:
        """The task that does a store of the region's own code; None: each that needs it."""
        root, needs = self.stores[at]
        before = [k for k, call in enumerate(self.calls) if call < at]
        if root in self.objects:
            if root not in self.written:
                return None
            if any(root in self.writes[k] for k in before):
                line = self.lines[at].says.line
                raise _refused(line, f"{_plain(root)!r} is written between the tasks of a dataflow "
                               "region; write it in a task")  # fmt: skip
            users = [k for k in range(len(self.calls)) if root in self.uses[k]]
            return users[0]
        makers = [k for k in before if self.writes[k] & needs]
        return makers[-1] if makers else 0

    def split(self, stem: str) -> Split:
        if not self.calls:
            raise ToolError("a dataflow region calls no function: there is nothing to overlap")
        owners = {at: self._owner(at) for at in self.stores}
        for at, owner in owners.items():
            if owner is not None:
                self.uses[owner] |= self.stores[at][1] | {self.stores[at][0]}
        shared = [
            root
            for root in (*self.objects, *self._globals())
            if (sum(root in used for used in self.uses) > 1 and root in self.written)
            or self._is_stream(root)
            and any(root in used for used in self.uses)
        ]
        names = self._names(shared)
        found = Split("", channels={new: _plain(root) for root, new in names.items()})
        found.results = {
            names[line.says.result]: line.says.type.bits or _WORDS[line.says.type.kind]
            for line in self.lines
            if line.says.result in names and self.objects.get(line.says.result) == "result"
        }
        made = []
        for k, at in enumerate(self.calls):
            says = self.lines[at].says
            task = {"function": f"{stem}{k}", "name": self._task(at), "line": says.line}
            found.tasks.append(task)
            made.append(self._version(k, f"{stem}{k}", names, owners))
        found.text = self.text[: self.at.start()] + "\n".join(made) + self.text[self.at.end() :]
        return found

    def _task(self, at: int) -> str:
        """The name of the task that is called in a line."""
        name = self.lines[at].says.detail
        return self.tasks.get(name) or self.tasks[f'"{name}"']

    def _globals(self) -> list[str]:
        used = set().union(*self.uses)
        return sorted(root for root in used if root.startswith("@") and self._is_stream(root))

    def _names(self, shared: Sequence[str]) -> dict[str, str]:
        """A parameter's name for each shared object."""
        taken = {name.lstrip("%").strip('"') for name in self.parameters}
        found = {}
        results = {self.lines[at].says.result: self._task(at) for at in self.calls}
        for root in shared:
            plain = f"{results[root]}_result" if root in results else _plain(root)
            name, number = plain, 1
            while name in taken:
                number += 1
                name = f"{plain}_{number}"
            taken.add(name)
            found[root] = name
        return found

    def _version(
        self, k: int, function: str, names: Mapping[str, str], owners: Mapping[int, int | None]
    ) -> str:
        """The text of one task's function."""
        extra = "".join(f", ptr %{_quoted(name)}" for name in names.values())
        head = re.sub(r" !dbg !\d+", "", self.head).replace(f"@{self.entry}(", f"@{function}(")
        close = _closing(head)
        head = head[:close] + (extra if self.parameters else extra[2:]) + head[close:]
        own = {root for root in names if root in self.writes[k] and self._is_scalar(root)}
        lines, copied = [], []
        for root in own:
            kind = self._type(root)
            shared, ours = f"%{_quoted(names[root])}", f"%{_quoted(names[root] + '.own')}"
            lines.append(f"  {ours} = alloca {kind}")
            if any(root in self.writes[j] for j in range(k)):
                first = f"%{_quoted(names[root] + '.first')}"
                copied.append(f"  {first} = load {kind}, ptr {shared}")
                copied.append(f"  store {kind} {first}, ptr {ours}")
        new = {
            root: f"%{_quoted(name + '.own' if root in own else name)}"
            for root, name in names.items()
            if self.objects.get(root) != "result"
        }
        body = [text for at, line in enumerate(self.lines)
                for text in self._kept(k, at, line, names, new, owners)]  # fmt: skip
        last = []
        for root in own:
            kind, value = self._type(root), f"%{_quoted(names[root] + '.last')}"
            last.append(f"  {value} = load {kind}, ptr {new[root]}")
            last.append(f"  store {kind} {value}, ptr %{_quoted(names[root])}")
        return "\n".join([head, "entry:", *lines, *copied, *body[:-1], *last, body[-1], "}", ""])

    def _is_scalar(self, root: str) -> bool:
        kind = self.objects.get(root, "")
        return kind != "result" and not self._is_stream(root) and "[" not in self._whole(kind)

    def _whole(self, kind: str) -> str:
        """A type's text with those that it names written out, as far as arrays show."""
        named = dict(re.findall(r'^(%(?:"[^"]*"|[-\w.$]+)) = type (.*)$', self.text, re.M))
        for _ in range(8):
            kind = re.sub(r'%(?:"[^"]*"|[-\w.$]+)', lambda m: named.get(m[0], ""), kind)
        return kind

    def _type(self, root: str) -> str:
        """The type of a variable, as LLVM writes it."""
        rest = self.objects[root].removeprefix("alloca ")
        return re.sub(r"(, align \d+)?(, !\w+ !\d+)*$", "", rest)

    def _kept(
        self, k: int, at: int, line: Line, names: Mapping[str, str], new: Mapping[str, str],
        owners: Mapping[int, int | None],
    ) -> list[str]:  # fmt: skip
        """What is left of a line in the function of task `k`."""
        says, text = line.says, line.text
        renamed = re.sub(r'[%@](?:"[^"]*"|[-\w.$]+)', lambda m: new.get(m[0], m[0]), text)
        if says.opcode == "alloca" and says.result in names:
            return []
        if says.opcode == "call" and says.detail.startswith(_SILENT):
            return []
        if at in self.stores:
            mine = owners[at] in (None, k) and not self._is_stream(self.stores[at][0])
            return [renamed] if mine else []
        if at not in self.calls:
            return [renamed]
        result = says.result
        kind = f"i{says.type.bits}" if says.type.kind == "int" else says.type.kind
        place = f"%{_quoted(names[result])}" if result in names else ""
        if self.calls.index(at) == k:
            return [renamed, f"  store {kind} {result}, ptr {place}"] if place else [renamed]
        if place:
            return [f"  {result} = load {kind}, ptr {place}"]
        return [f"  {result} = freeze {kind} poison"] if result else []


def _plain(root: str) -> str:
    """The source's name of a variable: `%buf.i` is `buf`, `@_ZZ3topvE1s` is `s`."""
    if root.startswith("@"):
        return plain_name(root)
    found = re.match(r'%"?([A-Za-z_]\w*)', root)
    return found[1] if found else f"value_{root.lstrip('%')}"


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[-\w.$]+", name) else f'"{name}"'


def _closing(head: str) -> int:
    """Where the list of parameters ends."""
    depth = 0
    for i in range(head.index("(", head.index("@")), len(head)):
        depth += {"(": 1, ")": -1}.get(head[i], 0)
        if depth == 0:
            return i
    raise ToolError(f"LLVM text not understood: {head[:60]!r}")


def _refused(line: int, sentence: str) -> ToolError:
    return ToolError(f"line {line}: {sentence}" if line else sentence)
