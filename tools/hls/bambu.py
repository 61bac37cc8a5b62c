"""PandA-Bambu as another engine behind `hls`, where it is on the PATH: same sources, same ports.

Its ports are those of `--generate-interface=INFER` with arrays as memories; `bambu_wrapper.py` puts
`ap_ctrl_hs` around them, so that the same co-simulation drives them.
"""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from prompts.design import Design
from prompts.interface import RETURN, Argument
from tools.diagnostics import from_compiler
from tools.find import find
from tools.hls import bambu_wrapper
from tools.hls.pragmas import scopes
from tools.hls.signature import Signature
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report

_KEPT = ("inline", "unroll")
"""Pragmas that mean the same to Bambu. A pipelined loop it refuses; the rest it does not know."""
_NO_FACTS = {"latency": {"min": None, "max": None}, "loops": [], "operators": [], "memories": []}
_ERROR = re.compile(r"^(?:error\s*->|.*\berror:)\s*(.+)$", re.M | re.I)


def synthesise(
    design: Design,
    signature: Signature,
    clock_mhz: float,
    time_s: float,
    stop: threading.Event | None,
    cache: bool,
) -> Report:
    """The report of `hls` from Bambu. Raises `MissingTool` when there is none."""
    program = find("bambu")
    refused = tuple(filter(None, (_refusal(a, signature) for a in signature.interface.arguments)))
    if refused:
        return Report("hls", "failed", refused[0].message, refused)
    sources, dropped = rewritten(design.cxx, signature)
    step = replace(
        plan(sources, signature, clock_mhz, time_s),
        places={"BAMBU": _folder(Path(program.where).resolve())},
    )
    outcome = carry_out(step, stop, cache)
    found = from_compiler(outcome.log, design.cxx)
    passed = not outcome.returncode and bambu_wrapper.RESULT in outcome.files
    if not passed:
        found = found or (Diagnostic("error", _last_words(step, outcome), code="BAMBU"),)
    errors = [d.message for d in found if d.severity == "error"]
    told = f"Verilog by Bambu {program.version}; its cycles are told by co-simulation"
    return Report(
        "hls",
        "passed" if passed else "failed",
        told if passed else f"Bambu: {errors[0] if errors else _last_words(step, outcome)}",
        (*found, *dropped),
        details={**_NO_FACTS, "engine": "bambu"} if passed else {},
        artifacts={bambu_wrapper.RESULT: outcome.files[bambu_wrapper.RESULT]} if passed else {},
        versions=step.versions(),
        command=step.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def plan(sources: Mapping[str, str], signature: Signature, clock_mhz: float, time_s: float) -> Plan:
    """Bambu on the sources, then the wrapper around what it wrote."""
    top, script = signature.top, Path(bambu_wrapper.__file__)
    options = (
        f"--top-fname={top}", "--generate-interface=INFER", f"--clock-period={1000 / clock_mhz:g}",
        "-O2", "--std=c++14", "--reset-type=sync", "--reset-level=high",
    )  # fmt: skip
    compiled = tuple(name for name in sorted(sources) if not name.endswith((".h", ".hpp")))
    return Plan(
        files={
            **sources,
            script.name: script.read_text(encoding="utf-8"),
            bambu_wrapper.PORTS: json.dumps(_widths(signature)),
        },
        commands=(
            Command("bambu", (*compiled, *options)),
            Command("python", (script.name, top)),
        ),
        keep=(bambu_wrapper.RESULT,),
        limits=Limits(time_s=time_s),
    )


def rewritten(
    sources: Mapping[str, str], signature: Signature
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """The sources with the pragmas that Bambu takes, and a note on each that it does not.

    Lines keep their numbers: a dropped pragma leaves an empty line, and after those about the
    interface, which stand before the function, a directive goes on with the number of its line.
    """
    found, dropped = {}, []
    for name, text in sources.items():
        lines = text.split("\n")
        for pragma in (p for scope in scopes(name, text) for p in scope.pragmas):
            at = pragma.line - 1
            if pragma.kind in _KEPT:
                lines[at] = f"#pragma HLS {pragma.kind} {pragma.text.partition(' ')[2]}".rstrip()
                continue
            for number in range(at, _end(lines, at) + 1):
                lines[number] = ""
            if pragma.kind != "interface":
                said = f"Bambu does not take the pragma HLS {pragma.kind!r} here; it is left out"
                dropped.append(Diagnostic("info", said, name, pragma.line, "PRAGMA"))
        if name == signature.file:
            asked = [*_interface(signature), f'#line {signature.line} "{name}"']
            lines.insert(signature.line - 1, "\n".join(asked))
        found[name] = "\n".join(lines)
    return found, tuple(dropped)


def _end(lines: list[str], at: int) -> int:
    """The last line of a pragma that goes on after a backslash."""
    while lines[at].endswith("\\") and at + 1 < len(lines):
        at += 1
    return at


def _interface(signature: Signature) -> list[str]:
    """Arrays as memories with their number of elements; outputs with the moment they are valid."""
    lines = []
    for argument in signature.interface.arguments:
        head = f"#pragma HLS interface port={argument.name}"
        if argument.kind == "memory":
            lines.append(f"{head} mode=array elem_count={argument.count}")
        elif argument.name != RETURN:
            lines.append(f"{head} mode={'none' if argument.direction == 'in' else 'ovalid'}")
    return lines


def _refusal(argument: Argument, signature: Signature) -> Diagnostic | None:
    """Why an argument cannot go through Bambu; None when it can."""
    kind = "a stream" if argument.kind == "stream" else "behind AXI" if argument.bus else ""
    if not kind and argument.split != "none":
        kind = "partitioned or reshaped, which Bambu does not do"
    if not kind:
        return None
    text = f"the argument {argument.name!r} is {kind}; through Bambu go scalars and plain arrays"
    return Diagnostic("error", text, signature.file, signature.line, "BAMBU")


def _widths(signature: Signature) -> dict[str, int]:
    """The bits of every port that the arguments can have."""
    whole = (
        replace(a, direction="inout", accesses=2) if a.kind == "memory" else a
        for a in signature.interface.arguments
    )
    return {port.name: port.bits for argument in whole for port in argument.ports()}


def _folder(program: Path) -> Path:
    """The folder that Bambu is installed in, which it reads."""
    return program.parent.parent if program.parent.name == "bin" else program.parent


def _last_words(step: Plan, outcome: Outcome) -> str:
    if said := _ERROR.findall(outcome.log):
        return str(said[-1]).strip()
    if step.commands[outcome.step].program == "python":
        return (outcome.stderr.strip().splitlines() or ["it wrote no Verilog"])[-1]
    return (outcome.log.strip().splitlines() or ["it ended without a word"])[-1]
