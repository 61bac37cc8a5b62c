"""The interface of a C++ top: its parameters as clang sees them, and the pragmas about them."""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import prod

from prompts.beat import Channel
from prompts.bus import Bus
from prompts.interface import (
    RETURN,
    UNBOUNDED,
    Argument,
    Cut,
    Direction,
    Interface,
    Kind,
    Split,
    port_name,
)
from prompts.verilog_text import RESERVED
from tools.hls.cxx_text import Definition, definitions
from tools.hls.debug_types import DebugTypes, Field, Resolved, TypeProblem, Variable
from tools.hls.pragmas import Pragma, scopes
from tools.hls.probe import PROBE, SignatureError, evaluated, llvm
from tools.hls.protocols import (
    ProtocolProblem,
    bus,
    calls,
    control_bundle,
    find,
    with_handshake,
)
from tools.report import Diagnostic

MOST_PORTS = 1024
"""Elements of an argument that is partitioned completely: each is a port."""
_VARIABLE = re.compile(rf"^@(?!{PROBE})\S+ = (?!external)(?:[a-z_]+ )*global ", re.M)


@dataclass(frozen=True)
class Parameter:
    """A parameter of the top: one argument of the interface for each field of its elements.

    `shape` is its own; a field's arrays add theirs.
    """

    name: str
    kind: Kind
    direction: Direction
    shape: tuple[int, ...]
    type: Resolved
    pragmas: tuple[Pragma, ...] = ()
    fifo: bool = False
    channel: bool = False
    """Whether it joins tasks of a dataflow region, and is no argument of the top."""
    bus: Bus | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.type.fields

    def arguments(self) -> tuple[Argument, ...]:
        """The ports' arguments; a structure's are named `parameter_field`."""
        if self.type.by == "stream":
            return self._streams()
        return tuple(self._argument(f) for f in self.fields)

    def _streams(self) -> tuple[Argument, ...]:
        """A stream carries the fields side by side, the first lowest; an array has several."""
        bits = sum(f.bits * prod(f.shape) for f in self.fields)
        single = len(self.fields) == 1 and not self.fields[0].shape
        signed = single and self.fields[0].signed
        stem = port_name(self.name)
        names = [f"{stem}_{i}" for i in range(prod(self.shape))] if self.shape else [stem]
        channels = () if self.fifo else self._side_channels()
        return tuple(
            Argument(name, "stream", self.direction, bits, signed,
                     last=not self.fifo and not channels, fifo=self.fifo, channels=channels)
            for name in names
        )  # fmt: skip

    def _side_channels(self) -> tuple[Channel, ...]:
        """The ports of `hls::axis` beats; none for any other type."""
        if not self.type.text.startswith("axis<"):
            return ()
        bits: dict[str, int] = {}
        for item in self.fields:
            member = item.path.partition("_")[0]
            bits[member] = bits.get(member, 0) + item.bits * prod(item.shape)
        ends = accumulate(bits.values())
        return tuple(
            Channel(f"T{member.upper()}", width, end - width)
            for (member, width), end in zip(bits.items(), ends, strict=True)
        )

    def _argument(self, item: Field) -> Argument:
        name = port_name(f"{self.name}_{item.path}" if item.path else self.name)
        shape = (*self.shape, *item.shape)
        kind: Kind = "memory" if shape and self.kind == "scalar" else self.kind
        split, cuts = self._cuts(shape)
        registers = (
            split == "partition"
            and not self.channel
            and all(any(c.dim == d and c.factor == n for c in cuts) for d, n in enumerate(shape, 1))
        )
        if registers and prod(shape) > MOST_PORTS:
            pragma = next(p for p in self.pragmas if p.kind == "array_partition")
            text = f"{name!r}: {prod(shape)} elements in registers would be as many ports; "
            text += "partition one dimension, or cyclically by a factor"
            raise _wrong(pragma.file, pragma.line, text)
        return Argument(
            name, kind, self.direction, item.bits, item.signed, shape,
            split=split, cuts=cuts, registers=registers and bool(shape),
            last=kind == "stream" and not self.fifo, fifo=self.fifo, bus=self.bus,
        )  # fmt: skip

    def _cuts(self, shape: tuple[int, ...]) -> tuple[Split, tuple[Cut, ...]]:
        """What ARRAY_PARTITION or ARRAY_RESHAPE ask for; without them vectors are whole words."""
        split: Split = "none"
        cuts: dict[int, Cut] = {}
        asked = [p for p in self.pragmas if p.kind in ("array_partition", "array_reshape")]
        if self.type.is_vector and not asked and self.bus is None:
            whole = Cut(len(shape), shape[-1])
            return "reshape" if self.shape else "partition", (whole,)
        for pragma in asked if self.kind == "memory" else ():
            split = "partition" if pragma.kind == "array_partition" else "reshape"
            how = pragma.options.get("type", next(iter(pragma.words), "complete"))
            chosen = pragma.number("dim", 1) or 0
            for dim in range(1, len(shape) + 1) if chosen == 0 else (chosen,):
                if dim > len(shape):
                    text = f"the array {self.name!r} has no dimension {dim}"
                    raise _wrong(pragma.file, pragma.line, text)
                extent = shape[dim - 1]
                factor = extent if how == "complete" else pragma.number("factor", 0) or 0
                if not 1 <= factor <= extent:
                    text = f"{self.name!r}: factor {factor} does not cut {extent} elements"
                    raise _wrong(pragma.file, pragma.line, text)
                cuts[dim] = Cut(dim, factor, block=how == "block" and factor < extent)
        kept = tuple(cut for _, cut in sorted(cuts.items()) if cut.factor > 1 or len(cuts) == 1)
        return split, kept


@dataclass(frozen=True)
class Signature:
    """What a top is called with, and what it returns."""

    top: str
    file: str
    line: int
    parameters: tuple[Parameter, ...]
    result: Field | None = None
    pragmas: tuple[Pragma, ...] = ()
    scope: str = ""
    """The namespace that the top is in."""
    keeps_state: bool = False
    """Whether a variable of the sources keeps its value from call to call."""
    variables: tuple[Variable, ...] = ()
    """The variables within functions, for the channels of dataflow regions."""

    @property
    def interface(self) -> Interface:
        """Arrays and references that are not const are `inout`: the code tells more."""
        control = control_bundle(self.pragmas)
        shaken = not control and not any(p.bus for p in self.parameters)
        arguments = [
            with_handshake(a, p.pragmas) if shaken else a
            for p in self.parameters
            for a in p.arguments()
        ]
        if self.result:
            bits, signed = self.result.bits, self.result.signed
            behind = Bus("s_axilite", control) if control else None
            arguments.append(Argument(RETURN, "scalar", "out", bits, signed, bus=behind))
        return Interface(self.top, tuple(arguments), control, calls(self.pragmas, arguments))


def read(sources: Mapping[str, str], top: str, stop: threading.Event | None = None) -> Signature:
    """The signature of the function `top`. Raises `SignatureError`."""
    known = list(definitions(sources))
    found = _the_one(known, top)
    about = _pragmas(found, sources[found.file])
    text = llvm(sources, found, about, stop)
    types = DebugTypes(text)
    members = types.members(PROBE)
    about = evaluated(about, types, members)
    parameters = []
    for name in found.names:
        try:
            resolved = types.resolve(members[name])
        except TypeProblem as problem:
            raise _wrong(found.file, found.line, f"the parameter {name!r} {problem}") from problem
        own = tuple(p for p in about if name in _subjects(p))
        try:
            behind = bus(name, resolved, own, control_bundle(about))
        except ProtocolProblem as problem:
            raise _wrong(problem.pragma.file, problem.pragma.line, str(problem)) from problem
        parameters.append(replace(_parameter(name, resolved, own, found, known), bus=behind))
    returned = types.returned(members[f"{PROBE}_top"])
    signature = Signature(
        top, found.file, found.line, tuple(parameters),
        None if returned == "null" else _result(types, returned, found), tuple(about), found.scope,
        bool(_VARIABLE.search(text)), tuple(types.variables()),
    )  # fmt: skip
    _ = signature.interface  # what is wrong with it is told here
    return signature


def _the_one(known: Sequence[Definition], top: str) -> Definition:
    found = [d for d in known if d.name == top]
    if not found and "::" in top:
        plain = top.rpartition("::")[2]
        raise SignatureError([Diagnostic("error", f"give the top by its name alone: {plain!r}")])
    if not found:
        there = ", ".join(dict.fromkeys(d.name for d in known if d.name != "main"))
        text = f"there is no function {top!r}; the sources define {there or 'none'}"
        raise SignatureError([Diagnostic("error", text)])
    first = found[0]
    if first.template:
        text = f"the top {top!r} is a template; give a function that calls it with its arguments"
        raise _wrong(first.file, first.line, text)
    if first.is_member:
        text = f"the top {top!r} is a member of {first.scope!r}; give a function that calls it"
        raise _wrong(first.file, first.line, text)
    if top in RESERVED:
        text = f"the top's name {top!r} is a word of SystemVerilog; rename the function"
        raise _wrong(first.file, first.line, text)
    if len(found) > 1:
        lines = ", ".join(f"{d.file}:{d.line}" for d in found)
        text = f"the top {top!r} is defined {len(found)} times ({lines}); give it a name of its own"
        raise _wrong(first.file, first.line, text)
    for number, (name, text) in enumerate(zip(first.names, first.parameters, strict=True), 1):
        if "..." in text:
            raise _wrong(first.file, first.line, f"the top {top!r} takes any number of arguments")
        if not name:
            raise _wrong(first.file, first.line, f"parameter {number} of {top!r} has no name")
        if re.search(r"\[\s*\]", text):
            what = f"the array {name!r} has no size: {_sized(name)}"
            raise _wrong(first.file, first.line, what)
    return first


def _pragmas(found: Definition, text: str) -> list[Pragma]:
    """The pragmas of the top itself, not of loops in it."""
    scope = next(
        (s for s in scopes(found.file, text) if s.kind == "function" and s.name == found.name), None
    )
    return list(scope.pragmas) if scope else []


def _subjects(pragma: Pragma) -> set[str]:
    return {pragma.options.get(key, "") for key in ("port", "variable")} | set(pragma.words)


def _parameter(
    name: str,
    resolved: Resolved,
    pragmas: tuple[Pragma, ...],
    top: Definition,
    known: Sequence[Definition],
) -> Parameter:
    depths = [depth for p in pragmas if p.kind == "interface" and (depth := p.number("depth"))]
    shape = resolved.shape
    if resolved.by == "pointer" and depths:
        shape = (depths[0], *shape)
    elif resolved.by == "pointer" and find(pragmas, "m_axi"):
        shape = (UNBOUNDED, *shape)
    elif resolved.by == "pointer" and shape and re.search(rf"(?<!\(\*){name}\b", top.body):
        what = f"{name!r} points to arrays, and no number of rows is known; declare it as "
        what += f"{name}[ROWS]" + "".join(f"[{n}]" for n in shape)
        raise _wrong(top.file, top.line, what)
    elif resolved.by == "pointer" and _is_indexed(name, top.body):
        what = f"the pointer {name!r} is indexed: {_sized(name)}"
        raise _wrong(top.file, top.line, what)
    fifo = find(pragmas, "ap_fifo")
    if resolved.by == "stream":
        flow = _flow(name, top, known)
        return Parameter(name, "stream", flow, shape, resolved, pragmas, fifo is not None)
    if asked := fifo or find(pragmas, "axis"):
        what = f"{name!r} is no stream; declare hls::stream<T> &{name}, and read() or write() it"
        raise _wrong(asked.file, asked.line, what)
    kind: Kind = "memory" if shape else "scalar"
    written = not resolved.const and (shape or resolved.by != "value")
    return Parameter(name, kind, "inout" if written else "in", shape, resolved, pragmas)


def _sized(name: str) -> str:
    return (
        f"declare {name}[N] with its number of elements (a testbench's array tells none), or put "
        f"*{name} into memory behind AXI with '#pragma HLS INTERFACE m_axi port={name}'"
    )


def _is_indexed(pointer: str, body: str) -> bool:
    beyond = rf"\b{pointer}\s*\[(?!\s*0\s*\])|(?<![*\w]){pointer}\s*\+|\*\s*{pointer}\s*\+\+"
    return bool(re.search(beyond, body))


def _flow(
    name: str, function: Definition, known: Sequence[Definition], depth: int = 8
) -> Direction:
    """Whether a function writes or reads a stream, itself or in what it calls."""
    index = r"\[(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*\]\s*"
    body, one = function.body, rf"\b{name}\s*(?:{index})*"
    if re.search(rf"{one}(?:\.\s*write|<<)|\b{name}\s*(?:{index})+=[^=]", body):
        return "out"
    for callee in known if depth and not re.search(rf"{one}(?:\.\s*read|>>)", body) else ():
        for call in re.finditer(rf"\b{callee.name}\s*(?:<[^()]*>)?\s*\(([^()]*)\)", body):
            given = [part.partition("[")[0].strip() for part in call[1].split(",")]
            for argument, inner in zip(given, callee.names, strict=False):
                if argument == name and callee is not function:
                    return _flow(inner, callee, known, depth - 1)
    return "in"


def _result(types: DebugTypes, returned: str, top: Definition) -> Field:
    try:
        resolved = types.resolve(returned)
    except TypeProblem as problem:
        raise _wrong(top.file, top.line, f"the result of {top.name!r} {problem}") from problem
    if len(resolved.fields) != 1 or resolved.by != "value" or resolved.fields[0].shape:
        what = f"{top.name!r} returns {resolved.text!r}; return a number, or write to a reference"
        raise _wrong(top.file, top.line, what)
    return resolved.fields[0]


def _wrong(file: str, line: int, text: str) -> SignatureError:
    return SignatureError([Diagnostic("error", text, file, line)])
