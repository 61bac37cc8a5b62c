"""The HLS C++ of a plan: a top with DATAFLOW that calls the stages, each in a namespace."""

import re
from dataclasses import dataclass, replace

from prompts.composition.plan import End, Plan, Stage
from prompts.composition.verilog import TEMPLATES
from prompts.interface import Argument
from prompts.render import render

_DECLARED = re.compile(
    r"^[ \t]+[\w:]+(?:<[^;()]*>)?[ \t]+(\w+(?:\[[^;,]*\])*(?:, *\w+(?:\[[^;,]*\])*)*);",
    re.MULTILINE,
)
"""Variables that a function declares, one or several in a line."""


@dataclass(frozen=True)
class _Task:
    """A stage as the template writes it."""

    space: str
    function: str
    title: str
    includes: list[str]
    code: str
    arguments: list[str]


def cxx(plan: Plan, title: str) -> dict[str, str]:
    """One file with all stages: the engine sees the whole network."""
    streams = [
        {"name": link.name, "depth": link.depth, "type": _beat(plan.argument(link.source))}
        for link in plan.links if plan.kind(link) == "stream"
    ]  # fmt: skip
    memories = [
        replace(plan.argument(link.source), name=link.name, direction="inout")
        for link in plan.links if plan.kind(link) == "memory"
    ]  # fmt: skip
    tasks = [_task(plan, stage) for stage in plan.stages]
    names = {
        "title": title,
        "includes": list(dict.fromkeys(line for task in tasks for line in task.includes)),
        "interface": plan.interface,
        "stages": tasks,
        "links": streams,
        "memories": [{"declared": m.parameter(), "cuts": m.pragmas()[1:]} for m in memories],
    }
    template = (TEMPLATES / "top.cpp.j2").read_text(encoding="utf-8")
    return {f"{plan.top}.cpp": render(template, names)}


def _beat(argument: Argument) -> str:
    return f"ap_uint<{argument.word_bits}>" if argument.lanes > 1 else argument.ctype()


def _task(plan: Plan, stage: Stage) -> _Task:
    outer = {
        end.argument: argument.name for end, argument in plan.outer() if end.stage == stage.name
    }
    given = []
    for argument in stage.interface.arguments:
        link = plan.link_of(End(stage.name, argument.name))
        given.append(link.name if link else outer[argument.name])
    (text,) = stage.demo.design(stage.settings).cxx.values()
    lines = _own_names(text, stage).strip().splitlines()
    return _Task(
        f"stage_{stage.name}",
        stage.demo.name,
        stage.demo.sheet.title,
        [line for line in lines if line.startswith("#include")],
        _inner(lines, stage),
        given,
    )


def _own_names(text: str, stage: Stage) -> str:
    """The source with what joins its tasks named after the stage: in one network with the other
    stages two variables of a name could not be told apart."""
    if "#pragma HLS DATAFLOW" not in text:
        return text
    body = text[text.rindex("#pragma HLS DATAFLOW") :]
    lists = (re.sub(r"\[[^\]]*\]", "", found) for found in _DECLARED.findall(body))
    names = list(dict.fromkeys(name.strip() for found in lists for name in found.split(",")))
    if not names:
        return text
    return re.sub(rf"\b({'|'.join(names)})\b", rf"{stage.name}_\1", text)


def _inner(lines: list[str], stage: Stage) -> str:
    """A stage's source without what only a top has: includes, and pragmas about its ports."""
    dropped = {line.strip() for line in stage.interface.pragmas()}
    kept = (line for line in lines if line.strip() not in dropped)
    return "\n".join(line for line in kept if not line.startswith("#include"))
