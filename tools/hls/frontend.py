"""From C++ to the engine's IR: clang and LLVM run in the sandbox, then everything is lowered."""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path
from typing import Literal

from prompts.interface import RETURN, Argument, Interface
from prompts.render import render
from tools.diagnostics import from_compiler
from tools.errors import ToolError
from tools.hls import ll_reader, protocols, registers
from tools.hls.allocation import allocations
from tools.hls.beats import Beats, beats, container
from tools.hls.bindings import bind
from tools.hls.bounds import leaving
from tools.hls.calls import Calls, refuse_handed
from tools.hls.channels import Channel, inner_stream
from tools.hls.dependence_asked import carried, words_of
from tools.hls.disjoint import join_disjoint
from tools.hls.fields import choose_fields
from tools.hls.flow import refuse_flow
from tools.hls.ir import Function, LoopPragmas, Memory, Stream
from tools.hls.latency_asked import least, longest
from tools.hls.loops import loops
from tools.hls.lower import Lowering
from tools.hls.members import of_objects
from tools.hls.objects import Object, Port
from tools.hls.partition import partition
from tools.hls.place import Leaf
from tools.hls.pragma_words import unknown_words, without_effect
from tools.hls.pragmas import Scope, as_directives, scopes, unheeded, unnamed, wanted
from tools.hls.signature import Parameter, Signature
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic

HERE = Path(__file__).parent
TEMPLATE = HERE.parent / "templates" / "hls_top.cpp.j2"
INCLUDE = HERE.parent / "include"
SOFTFLOAT = HERE / "softfloat"
ENTRY = "siliwright_top"
_REFUSED = 4
"""The status of `run_llvm.py` for a kernel that the engine does not take."""


@dataclass(frozen=True)
class Kernel:
    """A kernel after the front end: its IR before optimisation, and what was said on the way."""

    function: Function
    interface: Interface
    diagnostics: tuple[Diagnostic, ...]
    streams: tuple[Channel, ...] = ()
    """The streams that it declares: FIFOs outside of it, from it to itself."""


class CompileError(ToolError):
    """The C++ does not compile; `found` are the compiler's messages."""

    def __init__(self, message: str, found: tuple[Diagnostic, ...]) -> None:
        super().__init__(message)
        self.found = found


_COMPILE = (
    "-std=c++20", "-DSILIWRIGHT_HLS", "-D__SYNTHESIS__", "-Iinclude", "-I.", "-S", "-emit-llvm",
    "-O1", "-gline-tables-only", "-Xclang", "-disable-llvm-passes", "-fno-discard-value-names",
    "-ffp-contract=off", "-fno-math-errno",
    "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics", "-fwrapv",
    "-Wno-unknown-pragmas", "-Wno-register", "-Wno-narrowing", "-ferror-limit=20",
    "-fno-caret-diagnostics", "-xc++", "siliwright_top.cpp", "-o", "kernel.ll",
)  # fmt: skip
_OPERATORS = (
    "-std=c++20", "-S", "-emit-llvm", "-O1", "-Xclang", "-disable-llvm-passes", "-fwrapv",
    "-w", "softfloat/operators.cpp", "-o", "operators.ll",
)  # fmt: skip


def operators() -> tuple[dict[str, str], Command]:
    """The C++ of the operators of floating point, and the command that makes `operators.ll`."""
    found = {f"softfloat/{path.name}": path.read_text() for path in sorted(SOFTFLOAT.iterdir())
             if path.suffix in (".h", ".cpp")}  # fmt: skip
    found |= {f"include/{path.relative_to(INCLUDE)}": path.read_text()
              for path in sorted((INCLUDE / "softmath").iterdir())}  # fmt: skip
    return found, Command("clang", _OPERATORS)


def plan(sources: Mapping[str, str], signature: Signature, keep: bool = False) -> Plan:
    """Compile to LLVM's IR, inline everything, unroll what the pragmas ask.

    With `keep` functions of which the source asks it are not inlined.
    """
    names = {
        "top": f"{signature.scope}::{signature.top}".removeprefix("::"),
        "sources": [n for n in sources if not n.endswith((".h", ".hpp"))],
        "plain_c": any(n.endswith(".c") for n in sources),
        "parameters": [_handed(n, p) for n, p in enumerate(signature.parameters)],
        "returns": signature.result is not None,
    }
    headers = {
        f"include/{path.relative_to(INCLUDE)}": path.read_text()
        for path in sorted(INCLUDE.rglob("*.h"))
    }
    operator_sources, made = operators()
    return Plan(
        files={
            **sources,
            **headers,
            **operator_sources,
            "siliwright_top.cpp": render(TEMPLATE.read_text(), names),
            "loops.json": json.dumps(
                wanted(scopes_of(sources), sorted(sources), ENTRY, signature.top, keep)
            ),
        },
        commands=(Command("clang", _COMPILE), made, Command("llvm")),
        keep=("out.ll", "tasks.json"),
        limits=Limits(time_s=120),
    )


def _handed(number: int, parameter: Parameter) -> dict[str, object]:
    """How the wrapper hands a parameter over."""
    scalar, by = parameter.kind == "scalar", parameter.type.by
    return {
        "name": parameter.name,
        "number": number,
        "as_is": not scalar,
        "written": scalar and parameter.direction != "in",
        "pointed": scalar and by == "pointer",
    }


def read(
    sources: Mapping[str, str],
    signature: Signature,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Kernel:
    """The kernel's IR. Raises `CompileError`, or `ToolError` for what the engine does not take."""
    step = plan(sources, signature)
    outcome = carry_out(step, stop, cache)
    if outcome.returncode:
        raise failure(step, outcome, sources)
    return lowered(outcome.files["out.ll"].read_text(), sources, signature)


def lowered(
    text: str,
    sources: Mapping[str, str],
    signature: Signature,
    entry: str = ENTRY,
    stem: str = "",
    calls: Calls | None = None,
) -> Kernel:
    """The kernel's IR from LLVM's function `entry`, with what the pragmas of the sources say.

    The names of streams that it declares begin with `stem`; `calls` gets those of kept functions.
    """
    found = scopes_of(sources)
    module = ll_reader.read(text, entry)
    interface = signature.interface
    lowering = Lowering(module, signature.top, _objects(signature))
    lowering.calls = calls
    _streams(lowering, signature)
    inner: list[Channel] = []
    lowering.streams_within = lambda name, source: _stream_within(
        lowering, inner, inner_stream(f"{stem}{name}", source, signature.variables, found)
    )
    function = lowering.lower()
    choose_fields(lowering)
    refuse_flow(function, lowering.latches)
    past = tuple(leaving(function, lowering.indices, signature.file))
    join_disjoint(function, frozenset(i for i, f in lowering.flags.items() if "disjoint" in f))
    for argument in interface.arguments:
        if argument.registers:
            refuse_handed(function, argument.name)
            registers.to_ports(lowering, argument)
    _ports(function, interface)
    named = of_objects(found, sources, lowering, signature.variables)
    unequal = partition(lowering, interface, named, sources)
    loop_pragmas(function, lowering, named, sources)
    asked = [(p.name, p.kind == "scalar", p.pragmas) for p in signature.parameters]
    function.allocations, spoken = allocations(found, signature.top)
    function.least_cycles = least(found, signature.top)
    spoken += bind(function, named, sources, entry == ENTRY)
    warned = (
        *past,
        *unequal,
        *spoken,
        *unheeded(found),
        *unknown_words(found),
        *without_effect(found, {p.name for p in signature.parameters if p.kind == "scalar"}),
        *unnamed(found, sources),
        *protocols.said(signature.pragmas, asked, signature.interface),
    )
    return Kernel(function, interface, warned, tuple(inner))


def scopes_of(sources: Mapping[str, str]) -> list[Scope]:
    """The loops and functions of all sources, with their pragmas."""
    return [s for name, text in sources.items() for s in scopes(name, _constants(text, sources))]


def failure(step: Plan, outcome: Outcome, sources: Mapping[str, str]) -> ToolError:
    """Why the plan ended early: in the C++, or in LLVM."""
    last = (outcome.stderr.strip().splitlines() or ["without a word"])[-1][:300]
    match step.commands[outcome.step].program:
        case "llvm" if outcome.returncode == _REFUSED:
            return CompileError(last, (Diagnostic("error", last, code="HLS"),))
        case "llvm":
            return ToolError(f"LLVM could not optimise the kernel: {last}")
        case "hls":
            return ToolError(f"the HLS engine itself failed, which is a fault of it: {last}")
    found = from_compiler(outcome.log, sources)
    first = next((d.message for d in found if d.severity == "error"), outcome.stderr[-300:])
    return CompileError(f"the C++ does not compile: {first}", found)


def _constants(text: str, sources: Mapping[str, str]) -> str:
    """Names of constants in pragmas replaced by their numbers, as far as the text defines them."""
    text, numbers = as_directives(text), dict[str, str]()
    for source in sources.values():
        numbers |= dict(re.findall(r"#define\s+(\w+)\s+\(?(\d+)\)?\s*$", source, re.M))
        numbers |= dict(
            re.findall(r"\bconst(?:expr)?\s+(?:static\s+)?(?:unsigned\s+)?\w+\s+(\w+)\s*=\s*(\d+)\s*;",
                       source)
        )  # fmt: skip

    def replaced(match: re.Match[str]) -> str:
        return re.sub(r"(?<==)\s*(\w+)", lambda m: numbers.get(m[1], m[1]), match.group())

    return re.sub(r"^[ \t]*#[ \t]*pragma[ \t]+HLS[^\n]*", replaced, text, flags=re.M)


def _objects(signature: Signature) -> dict[str, Object]:
    """What each parameter is made of: memories, or the ports of scalars."""
    found = {}
    for parameter in signature.parameters:
        if parameter.kind == "stream":
            continue
        size, shape = parameter.type.size_bits, parameter.shape
        outer = [size * prod(shape[i + 1 :]) for i in range(len(shape))]
        made: list[tuple[Leaf, Memory | Port, bool]] = []
        for item, argument in zip(parameter.fields, parameter.arguments(), strict=True):
            counts = (*shape, *item.shape)
            strides = tuple(bits // 8 for bits in (*outer, *item.strides_bits))
            leaf = Leaf(container(item), item.offset_bits // 8, counts, strides)
            made.append((leaf, _place(argument), argument.signed))
        found[parameter.name] = Object(made)
    if signature.result:
        port = Port(signature.result.bits, result=RETURN)
        found[RETURN] = Object([(Leaf(container(signature.result), 0, (), ()), port, False)])
    return found


def _place(argument: Argument) -> Memory | Port:
    if argument.kind == "memory":
        return Memory(
            argument.name, argument.bits, argument.count, "argument",
            ports=1 if argument.bus else 2, direction=argument.direction, bus=argument.bus,
            style="block" if argument.bus and argument.bus.kind == "s_axilite" else "",
        )  # fmt: skip
    if argument.direction == "in":
        return Port(argument.bits, given=argument.name)
    return Port(argument.bits, f"{argument.name}_i", f"{argument.name}_o")


def _streams(lowering: Lowering, signature: Signature) -> None:
    for parameter in signature.parameters:
        if parameter.type.by == "stream":
            lowering.layouts[parameter.name] = _stream(lowering, parameter)


def _stream(lowering: Lowering, parameter: Parameter) -> Beats:
    for a in parameter.arguments():
        direction: Literal["in", "out"] = "in" if a.direction == "in" else "out"
        stream = Stream(a.name, a.word_bits, direction, last=a.last, fifo=a.fifo)
        lowering.function.streams[a.name] = stream
    return beats(parameter)


def _stream_within(
    lowering: Lowering, inner: list[Channel], channel: Channel | None
) -> Beats | None:
    if channel is None:
        return None
    inner.append(channel)
    return _stream(lowering, channel.parameter)


def _ports(function: Function, interface: Interface) -> None:
    """The scalar ports: a result that is never read before it is written has one alone."""
    used = {op.name for op in function.ops() if op.kind == "input"}
    for argument in interface.arguments:
        if argument.registers:
            registers.name_ports(function, argument)
        if argument.kind != "scalar":
            continue
        if argument.name == RETURN:
            function.return_bits = argument.bits
        elif argument.direction == "in":
            function.arguments.append((argument.name, argument.bits))
        else:
            both = f"{argument.name}_i" in used
            if both:
                function.arguments.append((f"{argument.name}_i", argument.bits))
            else:
                _rename_output(function, f"{argument.name}_o", argument.name)
            port = f"{argument.name}_o" if both else argument.name
            function.outputs.append((port, argument.bits))


def _rename_output(function: Function, old: str, new: str) -> None:
    for block in function.blocks:
        block.ops = [
            replace(op, name=new) if op.kind == "output" and op.name == old else op
            for op in block.ops
        ]


def loop_pragmas(
    function: Function, lowering: Lowering, found: list[Scope], sources: Mapping[str, str]
) -> None:
    by_line = {s.line: s for s in found if s.kind == "loop"}
    words = words_of(sources)
    for loop in loops(function):
        scope = by_line.get(lowering.latches.get(loop.latch, 0))
        if scope is None:
            continue
        pipeline, trips = scope.find("pipeline"), scope.find("loop_tripcount")
        flat = scope.find("loop_flatten")
        function.loops[loop.header] = LoopPragmas(
            label=scope.name,
            line=scope.line,
            pipeline=None if pipeline is None else "off" not in pipeline.words,
            interval=pipeline.number("ii") if pipeline else None,
            trips=(trips.number("min", 0) or 0, trips.number("max", 0) or 0) if trips else None,
            carried=carried(scope, found, function, words),
            flatten=flat is None or "off" not in flat.words,
            unroll=scope.find("unroll") is None,
            least=longest(scope.pragmas),
        )
