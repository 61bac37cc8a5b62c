"""The Verilog of a plan: a top with the stages and FIFOs, and each stage's modules by names of
their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from prompts.composition.plan import End, Link, Plan, Stage
from prompts.interface import Argument
from prompts.port import Port
from prompts.render import render
from prompts.verilog_text import blanked, modules

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class _Fifo:
    """A link as the template draws it."""

    name: str
    source: str
    sink: str
    depth: int
    bits: int


@dataclass(frozen=True)
class _Memory:
    """A bank of a memory between two stages as the template draws it."""

    name: str
    source: str
    sink: str
    words: int
    bits: int
    address_bits: int


@dataclass(frozen=True)
class _Instance:
    """A stage as the template draws it: its ports with what they are joined to."""

    name: str
    module: str
    title: str
    wires: tuple[tuple[str, str], ...]
    after: int | None
    """The stage whose end it waits for."""


def verilog(plan: Plan, title: str) -> dict[str, str]:
    """The files of a plan: the top's, and one for each stage."""
    stages = [_instance(plan, stage) for stage in plan.stages]
    first = "".join(str(int(stage.after is None)) for stage in reversed(stages))
    names = {
        "title": title,
        "top": plan.top,
        "ports": plan.interface.ports(),
        "stages": stages,
        "first": f"{len(stages)}'b{first}",
        "links": [
            _Fifo(link.name, link.source.stage, link.sink.stage, link.depth,
                  plan.argument(link.source).tdata_bits)
            for link in plan.links if plan.kind(link) == "stream"
        ],
        "memories": [m for k in plan.links if plan.kind(k) == "memory" for m in _memories(plan, k)],
    }  # fmt: skip
    template = (TEMPLATES / "top.v.j2").read_text(encoding="utf-8")
    files = {f"{plan.top}.v": render(template, names)}
    for stage in plan.stages:
        (text,) = stage.demo.design(stage.settings).verilog.values()
        files[f"{module_of(plan, stage)}.v"] = _renamed(text, plan, stage)
    return files


def _memories(plan: Plan, link: Link) -> Iterator[_Memory]:
    """The banks of a link's memory."""
    argument = plan.argument(link.source)
    for stem in argument.bank_names():
        yield _Memory(
            f"{link.source.stage}_{stem}", link.source.stage, link.sink.stage,
            argument.words, argument.word_bits, argument.address_bits,
        )  # fmt: skip


def module_of(plan: Plan, stage: Stage) -> str:
    """The name of a stage's module."""
    return f"{plan.top}_{stage.name}"


def _renamed(text: str, plan: Plan, stage: Stage) -> str:
    """A stage's source with its modules renamed, where they are defined and instantiated."""
    own = stage.demo.name
    names = {module.name: module.name.removeprefix(own) for module in modules(text)}
    word = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    code, parts, at = blanked(text), list[str](), 0
    for found in word.finditer(code):
        if not _names_module(code, found):
            continue
        rest = names[found[1]]
        apart = "" if not rest or rest.startswith("_") else "_"
        parts += [text[at : found.start()], f"{module_of(plan, stage)}{apart}{rest}"]
        at = found.end()
    return "".join([*parts, text[at:]])


_DEFINED = re.compile(r"\bmodule\s+$")
_INSTANTIATED = re.compile(r"\s*(?:#\s*\(|\w+\s*\()")


def _names_module(code: str, found: re.Match[str]) -> bool:
    """Whether a module's name is meant at this place, and not a signal or a port of that name."""
    line = code[code.rfind("\n", 0, found.start()) + 1 : found.start()]
    if _DEFINED.search(line):
        return True
    return not line.strip() and bool(_INSTANTIATED.match(code, found.end()))


def _instance(plan: Plan, stage: Stage) -> _Instance:
    outer = {end.argument: a for end, a in plan.outer() if end.stage == stage.name}
    wires: list[tuple[str, str]] = []
    for argument in stage.interface.arguments:
        if argument.name in outer:
            renamed = replace(argument, name=outer[argument.name].name)
            pairs = zip(argument.ports(), renamed.ports(), strict=True)
            wires += [(port.name, wire.name) for port, wire in pairs]
        else:
            wires += _linked(plan, stage, argument)
    waited = plan.waited_for(stage)
    after = plan.stages.index(waited) if waited else None
    return _Instance(
        stage.name, module_of(plan, stage), stage.demo.sheet.title, tuple(wires), after
    )


def _linked(plan: Plan, stage: Stage, argument: Argument) -> Iterator[tuple[str, str]]:
    """The ports of a stream between stages, joined to its FIFO, or of a memory."""
    link = plan.link_of(End(stage.name, argument.name))
    assert link is not None, "an argument is either the top's or linked"
    sending = link.source.stage == stage.name
    if argument.kind == "memory":
        for port in argument.ports():
            stem, _, signal = port.name.rpartition("_")
            yield port.name, f"{link.source.stage}_{stem}_{'to_' if sending else ''}{signal}"
        return
    ends = {"TDATA": "sent", "TVALID": "sent_valid", "TREADY": "sent_ready", "TLAST": "sent_last"}
    for port in argument.ports():
        yield port.name, f"{link.name}_{ends[_signal(port)] if sending else _signal(port)}"


def _signal(port: Port) -> str:
    return port.name.rpartition("_")[2]
