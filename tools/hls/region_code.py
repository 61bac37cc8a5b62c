"""The code of a dataflow region in LLVM's IR: which task uses and writes which variable.

A variable is called by its name in the IR, its `root`: an alloca, a parameter of the region's
function, a global, or the result of a task.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.errors import ToolError
from tools.hls import ll
from tools.hls.contents import plain_name
from tools.hls.effects import Effects, effects
from tools.hls.ll_reader import Reader, read

_STREAM = "class.hls::stream"
_OURS = "ap_detail::"
_MOVES = ("llvm.memcpy", "llvm.memmove", "llvm.memset")
WORDS = {"float": 32, "double": 64}


@dataclass(frozen=True)
class Line:
    """A line of the region: its text, and what it says."""

    text: str
    says: ll.Instruction


class RegionCode:
    """A region's lines with what is known of them.

    `calls` are the places of the tasks' calls, `uses` and `writes` the roots that each of these
    tasks needs and writes, `stores` the places where the code around the calls writes, with the
    root and what the value depends on. Raises `ToolError` for what cannot be cut into tasks.
    """

    def __init__(self, text: str, entry: str, tasks: Mapping[str, str]) -> None:
        self.text, self.entry, self.tasks = text, entry, tasks
        found = re.search(rf"^define [^\n]*@{entry}\([^\n]*\{{\n(.*?)^\}}\n", text, re.M | re.S)
        assert found
        self.at = found
        self.head = found[0].partition("\n")[0]
        reader = Reader(text, entry)
        module = reader.module()
        if len(module.blocks) != 1:
            line = next((i.line for b in module.blocks for i in b.body if i.opcode == "br"), 0)
            raise refused(
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
            name: effects(read(text, name.strip('"'))) for name in tasks
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

    def task(self, at: int) -> str:
        """The name of the task that is called in a line."""
        name = self.lines[at].says.detail
        return self.tasks.get(name) or self.tasks[f'"{name}"']

    def shared(self) -> list[str]:
        """The variables that more than one task uses, and all streams."""
        used = set().union(*self.uses)
        streams = sorted(root for root in used if root.startswith("@") and self.is_stream(root))
        return [
            root
            for root in (*self.objects, *streams)
            if (root in used and self.is_stream(root))
            or (root in self.written and sum(root in one for one in self.uses) > 1)
        ]

    def owners(self) -> dict[int, int | None]:
        """For each store of the region's own code, the task that does it, which then needs what
        the store does; None: each task that needs it."""
        found = {at: self._owner(at) for at in self.stores}
        for at, owner in found.items():
            if owner is not None:
                root, needs = self.stores[at]
                self.uses[owner] |= needs | {root}
        return found

    def is_stream(self, root: str) -> bool:
        if root.startswith("@"):
            return any(_STREAM in line for line in self.text.splitlines()
                       if line.startswith(f"{root} = "))  # fmt: skip
        return _STREAM in self.objects.get(root, "")

    def is_scalar(self, root: str) -> bool:
        kind = self.objects.get(root, "")
        return kind != "result" and not self.is_stream(root) and "[" not in self._whole(kind)

    def _whole(self, kind: str) -> str:
        """A type's text with those that it names written out, to see its arrays; what a wide
        number of ours is made of is none."""
        named = dict(re.findall(r'^(%(?:"[^"]*"|[-\w.$]+)) = type (.*)$', self.text, re.M))
        named = {name: "" if _OURS in name else inner for name, inner in named.items()}
        for _ in range(8):
            kind = re.sub(r'%(?:"[^"]*"|[-\w.$]+)', lambda m: named.get(m[0], ""), kind)
        return kind

    def type_of(self, root: str) -> str:
        """The type of a variable, as LLVM writes it."""
        rest = self.objects[root].removeprefix("alloca ")
        return re.sub(r"(, align \d+)?(, !\w+ !\d+)*$", "", rest)

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
            raise refused(
                self._outer_line(at),
                "code of a dataflow region uses a stream itself; put it into a task",
            )
        elif says.opcode == "select" and says.type.kind == "ptr":
            raise refused(says.line, "a task of a dataflow region is given one of two arrays")
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
            if says.type.kind not in WORDS and says.type.kind != "int":
                raise refused(says.line, "a task of a dataflow region returns a structure; hand "
                               "it over by reference")  # fmt: skip
        self.calls.append(at)
        self.uses.append(uses)
        self.writes.append(writes)

    def _owner(self, at: int) -> int | None:
        """The task that does a store of the region's own code; None: each that needs it."""
        root, needs = self.stores[at]
        before = [k for k, call in enumerate(self.calls) if call < at]
        if root in self.objects:
            if root not in self.written:
                return None
            if any(root in self.writes[k] for k in before):
                line = self.lines[at].says.line
                raise refused(
                    line,
                    f"{source_name(root)!r} is written between the tasks of a dataflow region; "
                    "write it in a task",
                )
            users = [k for k in range(len(self.calls)) if root in self.uses[k]]
            return users[0]
        makers = [k for k in before if self.writes[k] & needs]
        return makers[-1] if makers else 0


def source_name(root: str) -> str:
    """The source's name of a variable: `%buf.i` is `buf`, `@_ZZ3topvE1s` is `s`."""
    if root.startswith("@"):
        return plain_name(root)
    found = re.match(r'%"?([A-Za-z_]\w*)', root)
    return found[1] if found else f"value_{root.lstrip('%')}"


def refused(line: int, sentence: str) -> ToolError:
    return ToolError(f"line {line}: {sentence}" if line else sentence)
