"""Mutants: a design with one small fault at a known place, to ask whether a test notices it."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace

from prompts.design import Design
from tools.csim_plan import INCLUDE
from tools.errors import ToolError
from tools.mutate_cxx import Edit, cxx_edits, spread
from tools.plan import Command, Plan, carry_out
from tools.process import Limits


@dataclass(frozen=True, eq=False)
class Mutant:
    """One fault: its kind (`operator`, `constant`, ...), its place, and the design that has it."""

    kind: str
    file: str
    line: int
    original: str
    mutated: str
    design: Design

    def text(self) -> str:
        """The fault as a sentence without its place."""
        if not self.mutated:
            return f"{self.original!r} taken out ({self.kind})"
        return f"{self.original!r} replaced by {self.mutated!r} ({self.kind})"


def mutants(
    design: Design,
    limit: int = 100,
    seed: int = 0,
    *,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> tuple[Mutant, ...]:
    """At most `limit` mutants of a design's Verilog, in an order that `seed` decides.

    They take turns over the kinds of fault and are at random places, so the first few are a fair
    sample. Each elaborates, and differs from the design. Raises `ToolError` when the design
    itself does not elaborate.
    """
    if not design.verilog:
        raise ToolError("mutants need a Verilog file, and the design has none")
    if limit < 1:
        raise ToolError(f"the limit of mutants is {limit}; it must be at least 1")
    plan = Plan(
        files=design.verilog,
        commands=(Command("mutate", (design.top, str(seed), str(limit), *design.verilog)),),
        limits=Limits(time_s=300),
    )
    outcome = carry_out(plan, stop, cache)
    if outcome.returncode:
        raise ToolError("the parser crashed on this source; simplify it")
    found = json.loads(outcome.stdout)
    if problem := found["problem"]:
        raise ToolError(f"the design does not elaborate, so it has no mutants: {problem}")
    edits = [Edit(e["kind"], e["file"], tuple(map(tuple, e["changes"]))) for e in found["mutants"]]
    return tuple(_mutant(design, edit) for edit in edits)


def cxx_mutants(
    design: Design,
    limit: int = 100,
    seed: int = 0,
    *,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> tuple[Mutant, ...]:
    """At most `limit` mutants of a design's C++, as `mutants` does for Verilog; each compiles."""
    if limit < 1:
        raise ToolError(f"the limit of mutants is {limit}; it must be at least 1")
    found: list[Mutant] = []
    for mutant in cxx_candidates(design, seed):
        if len(found) == limit:
            break
        if _compiles(mutant.design, stop, cache):
            found.append(mutant)
    return tuple(found)


def cxx_candidates(design: Design, seed: int) -> tuple[Mutant, ...]:
    """All mutants of a design's C++, whether or not they compile."""
    if not design.cxx:
        raise ToolError("C++ mutants need a C++ file, and the design has none")
    edits = [edit for name, text in design.cxx.items() for edit in cxx_edits(name, text)]
    return tuple(_mutant(design, edit) for edit in spread(edits, seed))


def _compiles(design: Design, stop: threading.Event | None, cache: bool) -> bool:
    sources = [name for name in design.cxx if not name.endswith((".h", ".hpp"))]
    command = Command("c++", ("-std=c++17", "-w", "-Iinclude", "-I.", "-fsyntax-only", *sources))
    plan = Plan({**design.cxx, **_headers()}, (command,), limits=Limits(time_s=60))
    return carry_out(plan, stop, cache).returncode == 0


def _headers() -> Mapping[str, str]:
    return {
        f"include/{path.relative_to(INCLUDE)}": path.read_text()
        for path in sorted(INCLUDE.rglob("*.h"))
    }


def _mutant(design: Design, edit: Edit) -> Mutant:
    source = design.files[edit.file].encode()
    first, last = min(c[0] for c in edit.changes), max(c[1] for c in edit.changes)
    changed, grown = source, 0
    for start, end, text in sorted(edit.changes, reverse=True):
        changed = changed[:start] + text.encode() + changed[end:]
        grown += len(text.encode()) - (end - start)
    return Mutant(
        edit.kind,
        edit.file,
        source.count(b"\n", 0, first) + 1,
        source[first:last].decode(),
        changed[first : last + grown].decode(),
        replace(design, files={**design.files, edit.file: changed.decode()}),
    )
