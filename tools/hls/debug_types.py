"""Reads C++ types from the debug information in LLVM's text: every size and field resolved."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import Literal

Number = Literal["integer", "fixed", "float", "bool", "enum"]

_NODE = re.compile(r"^!(\d+) = (?:distinct )?!(?:(DI\w+)\((.*)\)|\{(.*)\})$", re.M)
_KEY = re.compile(r'(\w+): ("(?:[^"\\]|\\.)*"|[^,()]+(?:\([^()]*\))?)')
_OURS = re.compile(r"(Integer|Fixed)<(\d+), (?:(-?\d+), )?(true|false)")
_SIDES = {"user": 1, "id": 2, "dest": 3}
"""The side channels of `hls::axis` that can be absent, by their template parameters."""
_WRAPPERS = ("typedef", "const_type", "volatile_type", "restrict_type", "atomic_type")


@dataclass(frozen=True)
class Field:
    """A number within a parameter's elements: `path` names it, `shape` is that of arrays within."""

    path: str
    number: Number
    bits: int
    signed: bool
    fraction: int = 0
    shape: tuple[int, ...] = ()
    offset_bits: int = 0
    strides_bits: tuple[int, ...] = ()
    room_bits: int = 0
    """The size of the number in C++; 0 of a bit field."""


@dataclass(frozen=True)
class Resolved:
    """A type: how it is passed, its extents, its fields, and whether it may not be written."""

    by: Literal["value", "reference", "pointer", "stream"]
    shape: tuple[int, ...]
    fields: tuple[Field, ...]
    const: bool
    text: str
    size_bits: int = 0
    """The size of one element in C++."""
    depth: int = 0
    """The depth that a stream's type asks for."""
    stride_bits: int = 0
    """The size of a stream itself in C++."""
    is_vector: bool = False
    """Whether an element is an `hls::vector` of numbers."""


@dataclass(frozen=True)
class Variable:
    """A variable of a function: its name, the line of its declaration and its type."""

    name: str
    line: int
    type: Resolved


class TypeProblem(ValueError):
    """A type that no port can have; the message ends a sentence about a parameter."""


@dataclass(frozen=True)
class _Node:
    kind: str
    keys: Mapping[str, str]
    items: tuple[str, ...]

    @property
    def tag(self) -> str:
        return self.keys.get("tag", "").removeprefix("DW_TAG_")

    @property
    def name(self) -> str:
        return self.keys.get("name", "")


class DebugTypes:
    """The types of one module."""

    def __init__(self, text: str) -> None:
        self._nodes: dict[str, _Node] = {}
        for number, kind, inside, items in _NODE.findall(text):
            keys = {key: value.strip('"') for key, value in _KEY.findall(inside)}
            listed = tuple(part.strip() for part in items.split(",")) if items else ()
            self._nodes[f"!{number}"] = _Node(kind, keys, listed)

    def members(self, structure: str) -> dict[str, str]:
        """The types of a structure's members by name."""
        node = next(n for n in self._nodes.values() if n.name == structure and n.tag)
        found = (self._nodes[item] for item in self._items(node, "elements"))
        return {m.name: m.keys["baseType"] for m in found if m.tag == "member"}

    def _is_ours(self, node: _Node) -> bool:
        """Whether it stands in one of the headers that come with the engine."""
        file = self._nodes.get(node.keys.get("file", ""))
        return file is not None and file.keys["filename"].removeprefix("./").startswith("include/")

    def variables(self) -> Iterator[Variable]:
        """The variables of functions, static ones too, whose types a port could have; parameters
        are none, and neither are the variables of our own headers."""
        for node in self._nodes.values():
            if node.kind not in ("DILocalVariable", "DIGlobalVariable") or "arg" in node.keys:
                continue
            if self._is_ours(node):
                continue
            try:
                resolved = self.resolve(node.keys.get("type", "null"))
            except TypeProblem:
                continue
            yield Variable(node.name, int(node.keys.get("line", 0)), resolved)

    def returned(self, pointer: str) -> str:
        """What a pointer to a function's type says that it returns; "null" for nothing."""
        function = self._nodes[self._nodes[pointer].keys["baseType"]]
        return (self._items(function, "types") or ("null",))[0]

    def resolve(self, type_id: str) -> Resolved:
        """A parameter's type. Raises `TypeProblem`."""
        by: Literal["value", "reference", "pointer", "stream"] = "value"
        node, const = self._bare(type_id)
        if node.tag in ("reference_type", "rvalue_reference_type", "pointer_type"):
            by = "pointer" if node.tag == "pointer_type" else "reference"
            node, const = self._bare(node.keys.get("baseType", "null"))
        shape: tuple[int, ...] = ()
        depth = stride = 0
        if node.tag == "array_type":
            shape = self._extents(node)
            node, const = self._bare(node.keys["baseType"])
        if node.tag == "class_type" and node.name.startswith("stream<"):
            by = "stream"
            stride = int(node.keys.get("size", 0))
            inner, *more = (self._nodes[item] for item in self._items(node, "templateParams"))
            depth = int(more[0].keys["value"].split()[-1]) if more else 0
            node, _ = self._bare(inner.keys["type"])
        size = int(node.keys.get("size", 0))
        fields = self._fields(node, "", 0)
        is_vector = self._is_vector(node) and len(fields) == len(fields[0].shape) == 1
        return Resolved(by, shape, fields, const, node.name, size, depth, stride, is_vector)

    def _items(self, node: _Node, key: str) -> tuple[str, ...]:
        listed = self._nodes.get(node.keys.get(key, ""))
        return listed.items if listed else ()

    def _bare(self, type_id: str) -> tuple[_Node, bool]:
        """The type behind its other names, and whether one of them was `const`."""
        const = False
        while True:
            node = self._nodes.get(type_id)
            if node is None:
                raise TypeProblem("points to something without a type")
            if node.tag not in _WRAPPERS:
                return node, const
            const |= node.tag == "const_type"
            type_id = node.keys.get("baseType", "null")

    def _extents(self, node: _Node) -> tuple[int, ...]:
        ranges = [self._nodes[item] for item in self._items(node, "elements")]
        if not all(r.keys.get("count", "").isdigit() for r in ranges):
            raise TypeProblem("has no constant size; give every dimension a number")
        return tuple(int(r.keys["count"]) for r in ranges)

    def _fields(self, node: _Node, path: str, offset: int) -> tuple[Field, ...]:
        size = int(node.keys.get("size", 0))
        if node.kind == "DIBasicType":
            basic = _basic(node.name, node.keys["encoding"], size, path)
            return (replace(basic, offset_bits=offset, room_bits=size),)
        if node.tag == "enumeration_type":
            signed = "baseType" in node.keys and self._signed(node.keys["baseType"])
            return (Field(path, "enum", size, signed, offset_bits=offset, room_bits=size),)
        if ours := _OURS.match(node.name):
            bits, whole = int(ours[2]), ours[3]
            number: Number = "integer" if ours[1] == "Integer" else "fixed"
            fraction = bits - int(whole) if whole is not None else 0
            signed = ours[4] == "true"
            return (
                Field(path, number, bits, signed, fraction, offset_bits=offset, room_bits=size),
            )
        if node.tag == "array_type":
            shape = self._extents(node)
            inner, _ = self._bare(node.keys["baseType"])
            each = int(node.keys["size"]) // prod(shape)
            strides = tuple(each * prod(shape[i + 1 :]) for i in range(len(shape)))
            return tuple(
                replace(f, shape=(*shape, *f.shape), strides_bits=(*strides, *f.strides_bits))
                for f in self._fields(inner, path, offset)
            )
        if node.tag in ("structure_type", "class_type"):
            return self._of_structure(node, path, offset)
        what = node.tag.replace("_", " ") or node.name
        raise TypeProblem(f"has a {what} within; use numbers, and structures and arrays of numbers")

    def _of_structure(self, node: _Node, path: str, offset: int) -> tuple[Field, ...]:
        found: list[Field] = []
        absent = self._absent(node)
        for item in self._items(node, "elements"):
            member = self._nodes[item]
            if member.name in absent:
                continue
            if member.tag not in ("member", "inheritance") or "DIFlagStatic" in str(member.keys):
                continue
            base, _ = self._bare(member.keys["baseType"])
            named = member.tag == "member" and not self._is_vector(node)
            name = f"{path}_{member.name}".lstrip("_") if named else path
            place = offset + int(member.keys.get("offset", 0))
            inner = self._fields(base, name, place)
            if "DIFlagBitField" in member.keys.get("flags", ""):
                bits = int(member.keys["size"])
                inner = tuple(replace(f, bits=bits, room_bits=0) for f in inner)
                if place % 8 and found:  # it begins within a byte that C++ reads and writes whole
                    inner = (_joined(found.pop(), inner[0]),)
            found += inner
        if not found:
            raise TypeProblem(f"is of the structure {node.name!r}, which holds no number")
        return tuple(found)

    def _is_vector(self, node: _Node) -> bool:
        """Whether it is `hls::vector`, whose one member needs no name."""
        return node.name.startswith("vector<") and self._is_ours(node)

    def _absent(self, node: _Node) -> set[str]:
        """The side channels of no width in the beats of `ap_axi_sdata.h`."""
        if not node.name.startswith("axis<"):
            return set()
        widths = [self._nodes[p].keys.get("value", "") for p in self._items(node, "templateParams")]
        return {side for side, at in _SIDES.items() if widths[at].endswith(" 0")}

    def _signed(self, type_id: str) -> bool:
        base, _ = self._bare(type_id)
        return "unsigned" not in base.keys.get("encoding", "")


def _joined(first: Field, second: Field) -> Field:
    """Two bit fields of one byte as a number, which is named after both."""
    bits = second.offset_bits + second.bits - first.offset_bits
    path = f"{first.path}_{second.path.rpartition('_')[2]}"
    return replace(first, path=path, number="integer", bits=bits, signed=False)


def _basic(name: str, encoding: str, size: int, path: str) -> Field:
    if encoding == "DW_ATE_boolean":
        return Field(path, "bool", 1, signed=False)
    if encoding == "DW_ATE_float":
        return Field(path, "float", size, signed=False)
    exact = re.search(r"_BitInt\((\d+)\)", name)
    return Field(path, "integer", int(exact[1]) if exact else size, "unsigned" not in encoding)
