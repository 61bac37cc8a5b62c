"""Runs LLVM's passes on a module: everything inlined into the top, loops rotated and unrolled.

A script of its own, so that a fault within LLVM ends no other process. Reads `kernel.ll`,
`loops.json` and the operators of floating point in `operators.ll`, writes `out.ll`, and for a
dataflow region `tasks.json`: its tasks' functions and the channels between them, or why it is
refused.
"""

import json
import re
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.errors import ToolError  # noqa: E402
from tools.hls.by_value import with_plain_pairs  # noqa: E402
from tools.hls.delay_lines import left, short_loops  # noqa: E402
from tools.hls.global_pointers import made_local  # noqa: E402
from tools.hls.kept import in_region  # noqa: E402
from tools.hls.kept import kept as kept_apart  # noqa: E402
from tools.hls.locations import Locations  # noqa: E402
from tools.hls.regions import tasks  # noqa: E402
from tools.hls.softfloat.rewrite import (  # noqa: E402
    rewritten,
    uses_floats,
    uses_other_formats,
    with_own_functions,
)
from tools.hls.split import Split, split  # noqa: E402

TASK = "siliwright_task"
REFUSED = 4
"""The status for a kernel that the engine does not take; the last line says why."""
FLAT = (
    "always_inliner",
    "global_dead_code_eliminate",
    "sroa",
    "instruction_combine",
    "sroa",
    "sccp",
    "simplify_cfg",
    "instruction_combine",
    "loop_simplify",
    "lcssa",
    "loop_rotate",
    "simplify_cfg",
)
_UNROLL = ("loop_simplify", "lcssa", "loop_unroll", "sroa")
_FOLD = ("sccp", "instruction_combine", "simplify_cfg")
UNROLLED = (*_UNROLL, *_FOLD) * 2
CLEAN = (
    *_UNROLL,
    *_FOLD,
    *_UNROLL,
    "instruction_combine",
    "aggressive_dce",
    "simplify_cfg",
    "loop_simplify",
    "lcssa",
    "lower_switch",
    "global_dead_code_eliminate",
)
OPERATORS = (
    "global_dead_code_eliminate",
    "always_inliner",
    "global_dead_code_eliminate",
    "sroa",
    "sccp",
    "instruction_combine",
    "loop_simplify",
    "lcssa",
    "loop_rotate",
    "loop_unroll",
    "sccp",
    "instruction_combine",
    "aggressive_dce",
    "simplify_cfg",
)
LINKED = (
    "always_inliner",
    "global_dead_code_eliminate",
    "sccp",
    "instruction_combine",
    "aggressive_dce",
    "simplify_cfg",
    "loop_simplify",
    "lcssa",
    "lower_switch",
)
_LOOP = re.compile(r"^!(\d+) = distinct !\{!\1((?:, !\d+)*)\}$", re.M)


def run(text: str, passes: tuple[str, ...], *kept: str, linked: str = "") -> str:
    """The module, with another `linked` to it, after the passes.

    All functions but the `kept` ones, if there are any, are to be inlined.
    """
    module = llvm.parse_assembly(text)
    if linked:
        module.link_in(llvm.parse_assembly(linked))
    for function in module.functions if kept else ():
        if function.name not in kept and not function.is_declaration:
            function.linkage = "internal"
            function.add_function_attribute("alwaysinline")
    machine = llvm.Target.from_default_triple().create_target_machine()
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options())
    manager = llvm.create_new_module_pass_manager()
    for name in passes:
        getattr(manager, f"add_{name}_pass")()
    manager.run(module, builder)
    return str(module)


def operators(text: str, names: set[str]) -> str:
    """The operators of these names out of the module that defines them all, each optimised."""
    return run(rewritten(text), OPERATORS, *names)


def without_floats(text: str, kept: Sequence[str], defined: str) -> str:
    """A module with the floating point of its `kept` functions worked out on words.

    `defined` is the module of the operators.
    """
    words = rewritten(text)
    called = set(re.findall(r"@(soft(?:float|math)_\w+)\(", words))
    return run(words, LINKED, *kept, linked=operators(defined, called)) if called else words


def with_unrolling(text: str, wanted: dict[str, Any], short: Collection[str] = ()) -> str:
    """The module with each loop's metadata saying what the source asks of it.

    The loops `short`, by their metadata, are unrolled entirely where the source says nothing.

    `wanted["unroll"]` gives by line a factor, 0 for all; loops within the line ranges of
    `wanted["whole"]`, also those of functions called there, are unrolled entirely, and so are the
    loops of headers that are not among `wanted["files"]`.
    """
    locations = Locations(text)

    def factor(parts: list[str]) -> int | None:
        place = next((part for part in parts if part in locations), None)
        if place is None:
            return None
        way = locations.way(place)
        file, line = way[0]
        if file not in wanted["files"]:
            return 0
        asked = wanted["unroll"].get(f"{file}:{line}")
        if asked is not None:
            return int(asked)
        for depth, (file, line) in enumerate(way):
            for name, start, end in wanted["whole"]:
                # A loop is not within itself, but a call in the loop's first line is.
                begun = start < line or depth > 0 and start == line
                if file == name and begun and line <= end:
                    return 0
        return None

    def told(parts: list[str]) -> bool:
        file, line = next((locations.way(part)[0] for part in parts if part in locations), ("", 0))
        return f"{file}:{line}" in wanted["told"]

    extra: list[str] = []
    number = max((int(n) for n in re.findall(r"^!(\d+) =", text, re.M)), default=0)

    def node(content: str) -> str:
        nonlocal number
        number += 1
        extra.append(f"!{number} = !{{{content}}}")
        return f"!{number}"

    off, full = node('!"llvm.loop.unroll.disable"'), node('!"llvm.loop.unroll.full"')

    def asked(match: re.Match[str]) -> str:
        parts = re.findall(r"!\d+", match[2])
        times = factor(parts)
        if times is None and f"!{match[1]}" in short and not told(parts):
            times = 0
        if times is None or times == 1:
            how = off
        else:
            how = full if times == 0 else node(f'!"llvm.loop.unroll.count", i32 {times}')
        kept = [
            p for p in parts if p in locations or f'{p} = !{{!"llvm.loop.mustprogress"}}' in text
        ]
        return f"!{match[1]} = distinct !{{!{match[1]}{''.join(f', {p}' for p in kept)}, {how}}}"

    return _LOOP.sub(asked, text) + "\n" + "\n".join(extra) + "\n"


def unrolled(flat: str, wanted: dict[str, Any], kept: Sequence[str]) -> str:
    """The module after all passes; a delay line is values where nothing is left of its array."""
    lines: dict[str, frozenset[str]] = {}
    for name in kept:
        lines |= short_loops(flat, name, wanted["placed"])
    while lines:
        made = run(with_unrolling(flat, wanted, frozenset().union(*lines.values())), CLEAN)
        still = left(made, lines)
        if not still:
            return made
        lines = {array: loops for array, loops in lines.items() if array not in still}
    return run(with_unrolling(flat, wanted), CLEAN)


def regioned(text: str, wanted: dict[str, Any]) -> Split | None:
    """The module cut into the tasks of a dataflow region.

    When it is no region: the reason in `refused`, or None if it need not be one.
    """
    top = wanted["top"]
    found = tasks(text, top, wanted["region"], wanted["files"])
    kept = [name.strip('"') for name in found]
    flat = run(text, FLAT, top, *kept)
    try:
        return split(flat, top, found, TASK)
    except ToolError as error:
        refused = error
    try:
        return split(with_calls_unrolled(flat, wanted), top, found, TASK)
    except ToolError:
        return Split("", refused=str(refused)) if wanted["must"] else None


def flattened(text: str, kept: Sequence[str]) -> str:
    """The module with all functions inlined but the `kept` ones, of which the first is the top."""
    inlined = run(text, ("always_inliner", "global_dead_code_eliminate"), *kept)
    return run(made_local(inlined, kept[0]), FLAT, *kept)


def with_calls_unrolled(text: str, wanted: dict[str, Any]) -> str:
    """A region's module without the loops that are to be unrolled entirely; other loops, which are
    within tasks, have their turn later."""
    whole = {**wanted, "unroll": {at: n for at, n in wanted["unroll"].items() if n == 0}}
    # LLVM unrolls no loop with a call of a function that only this module has, and only there.
    text = re.sub(r"^define internal ", "define ", text, flags=re.M)
    return run(with_unrolling(text, whole), UNROLLED)


def with_constants(text: str) -> str:
    """The module with its global variables initialised by constants; ToolError where code does it.

    C++ runs such code before `main`, and hardware has no such time.
    """
    if "@llvm.global_ctors" not in text:
        return text
    text = run(text, ("sroa", "global_opt"))
    if re.search(r"^@llvm.global_ctors = appending global \[[1-9]", text, re.M):
        raise ToolError(
            "a global variable gets its first value from code that runs before main; make it "
            "constexpr, or set it in the kernel"
        )
    return text


def main() -> int:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    wanted = json.loads(Path("loops.json").read_text())
    try:
        text = with_own_functions(with_plain_pairs(Path("kernel.ll").read_text()))
        text = with_constants(text)
    except ToolError as error:
        print(error, file=sys.stderr)
        return REFUSED
    top = wanted["top"]
    apart = regioned(text, wanted) if wanted["region"] else None
    if apart is None:
        flat, keeping = kept_apart(text, wanted, flattened, lambda marked: run(marked, FLAT))
        kept = [top, *keeping.functions]
        Path("kept.json").write_text(json.dumps(keeping.told()))
    else:
        Path("tasks.json").write_text(apart.told())
        if apart.refused:
            Path("out.ll").write_text("")
            return 0
        kept = [str(task["function"]) for task in apart.tasks]
        inside = in_region(wanted, {str(task["name"]) for task in apart.tasks})
        Path("kept.json").write_text(json.dumps(inside.told()))
        flat = run(apart.text, FLAT, *kept)
    clean = unrolled(flat, wanted, kept)
    if uses_floats(clean) and not uses_other_formats(clean):
        clean = without_floats(clean, kept, Path("operators.ll").read_text())
    Path("out.ll").write_text(clean)
    return 0


if __name__ == "__main__":
    sys.exit(main())
