"""The variables of LLVM's code: each is memories, and what points into it a place in these."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from math import prod

from tools.errors import ToolError
from tools.hls import ll
from tools.hls.access import Accesses
from tools.hls.beats import Beats
from tools.hls.build import Builder
from tools.hls.contents import contents, initial_contents, plain_name
from tools.hls.cut_arrays import whole
from tools.hls.ir import MOST_REGISTERS, Function, Memory, Op
from tools.hls.objects import Object, Pointer, Port
from tools.hls.place import Form, Leaf, leaves
from tools.hls.pointers import Share

_VECTOR = "class.hls::vector"
"""The type of a vector, which is registers whatever index it has."""


class Variables(Accesses):
    """What is known of a module's values while it is lowered, and the memories of its variables."""

    def __init__(
        self,
        module: ll.Module,
        function: Function,
        build: Builder,
        arguments: Mapping[str, Object],
    ) -> None:
        super().__init__(function, build, arguments)
        self.module = module
        for object in arguments.values():
            for _, place, _ in object.leaves:
                if isinstance(place, Memory):
                    self.function.memories[place.name] = place
        self.values: dict[str, Op | Pointer | tuple[Op | Pointer, ...]] = {}
        self.layouts: dict[str, Beats] = {}
        """What each stream carries, and each array of streams."""
        self.streams_within: Callable[[str, str], Beats | None] = lambda name, source: None
        """Makes a stream that a function declares, of a name of its own; None: it is unknown."""
        self.shares: Mapping[str, Share] = {}
        """The variables that one pointer can point to."""
        self.globals: dict[str, str] = {}
        """The object or stream that each variable of the module is, by its name in LLVM."""

    def _unit(self, object: str) -> int:
        return self.objects[object].unit if object in self.objects else 1

    def operand(self, value: ll.Value) -> Op:
        if value.number is not None:
            return self.build.const(value.number, value.type.bits)
        found = self.values.get(value.text)
        if not isinstance(found, Op):
            raise ToolError(f"a value is not supported by the HLS engine: {value.text}")
        return found

    def pointer(self, value: ll.Value) -> Pointer:
        if value.inner is not None:
            return self._element(value.inner)
        if value.text in self.shares:
            return self._share(self.shares[value.text])
        if value.text.startswith("@"):
            return Pointer(self._global(value.text), Form())
        found = self.values.get(value.text)
        if not isinstance(found, Pointer):
            raise self.refused(
                "a pointer could point to more than one array; index the array itself"
            )
        return found

    def _share(self, share: Share) -> Pointer:
        """The start of a variable within the array that it is joined to with others."""
        size = share.kind.size()
        if share.name not in self.globals:
            globals = [self.module.globals.get(part) for part in share.parts]
            constant = all(found is not None and found.constant for found in globals)
            values = {
                number * size + at: value
                for number, found in enumerate(globals)
                if found is not None
                for at, value in initial_contents(found, self.module).items()
            }
            kind = ll.Type("array", count=len(share.parts), parts=(share.kind,))
            kept = values if any(globals) else None
            name = self.globals[share.name] = self._fresh(plain_name(share.name))
            self._object(name, kind, "rom" if constant else "ram", kept, share.name)
        return Pointer(self.globals[share.name], Form({}, share.number * size))

    def _global(self, name: str) -> str:
        if name not in self.globals:
            found = self.module.globals[name]
            plain = self.globals[name] = self._fresh(plain_name(name))
            if not self._is_stream(plain, found.type):
                self._refuse_pointers(found.type)
                values = initial_contents(found, self.module)
                place = "rom" if found.constant else "ram"
                self._object(plain, whole(found.type), place, values, name)
        return self.globals[name]

    def _is_stream(self, name: str, kind: ll.Type) -> bool:
        """Whether a variable is a stream, or an array of streams: it becomes known as one."""
        inner = kind
        while inner.kind == "array":
            inner = inner.parts[0]
        if "class.hls::stream" not in inner.name:
            return False
        source = re.sub(r"_i\d*$", "", name)
        free = source not in self.function.streams
        layout = self.streams_within(source if free else name, source)
        if layout is None:
            raise self.refused(f"the stream {name!r} has no type that is known")
        self.layouts[name] = layout
        return True

    def _refuse_pointers(self, kind: ll.Type) -> None:
        if kind.holds("ptr"):
            raise self.refused(
                "pointers that are kept in memory are not supported (tables of pointers or "
                "functions, virtual functions); use an index and a switch"
            )

    def _object(
        self,
        name: str,
        kind: ll.Type,
        place: str,
        initial: Mapping[int, int] | None,
        origin: str = "",
    ) -> None:
        made: list[tuple[Leaf, Memory | Port, bool]] = []
        self._refuse_pointers(kind)
        for leaf in leaves(kind):
            memory = Memory(
                _unused(name + leaf.path, self.function.memories),
                leaf.bits,
                prod(leaf.counts),
                "rom" if place == "rom" else "ram",
                () if initial is None else contents(leaf, initial),
                keeps=initial is not None and place == "ram",
                line=self.build.line,
                origin=origin,
            )
            if _VECTOR in kind.name and memory.words * memory.bits <= MOST_REGISTERS:
                memory = replace(memory, async_read=True, ports=memory.words)
            self.function.memories[memory.name] = memory
            made.append((leaf, memory, True))
        self.objects[name] = Object(made)

    def _element(self, instruction: ll.Instruction) -> Pointer:
        base = self.pointer(instruction.args[0])
        kind = instruction.element
        assert kind is not None
        there = base.plus(self._scaled(instruction.args[1], kind.size()))
        for value in instruction.args[2:]:
            if kind.kind == "struct":
                assert value.number is not None
                there = there.at(kind.offsets()[value.number])
                kind = kind.parts[value.number]
            else:
                kind = kind.parts[0]
                there = there.plus(self._scaled(value, kind.size()))
        return there

    def _scaled(self, value: ll.Value, size: int) -> Form:
        if value.number is not None:
            return Form({}, value.number * size)
        return self.addresses.linear(self.operand(value), size)

    def _fresh(self, name: str) -> str:
        return _unused(name, {*self.objects, *self.layouts, *self.function.memories})


def _unused(name: str, taken: Collection[str]) -> str:
    """A name like this one that is not taken."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found
