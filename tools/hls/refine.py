"""The engine with ISDC: the compiled kernel once more, with feedback from synthesis.

It runs in this process, which may start the syntheses, on LLVM's code that was compiled in the
sandbox. What it makes is kept by the digest of all that it comes from.
"""

import hashlib
import json
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tools.cache import entry_of, read, store
from tools.hls import frontend
from tools.hls.channels import Region
from tools.hls.dataflow import compile_kernel
from tools.hls.feedback import Feedback
from tools.hls.pragmas import kept
from tools.hls.schedule.oracle import Oracle, Technology
from tools.hls.task import Task
from tools.plan import Plan, carry_out
from tools.report import Diagnostic


def refined_files(
    sources: Mapping[str, str],
    task: Task,
    step: Plan,
    technology: Technology,
    feedback_s: float,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> dict[str, Path]:
    """`kernel.v` and `hls.json` after at most about `feedback_s` seconds of search.

    `step` is the plan of the engine without feedback, which has been carried out. The facts have
    `isdc` besides: what the search did in each block.
    """
    identity = f"hls-isdc\0{step.digest()}\0{technology.identity}\0{feedback_s}"
    entry = entry_of(hashlib.sha256(identity.encode()).hexdigest())
    if cache and (known := read(entry)):
        return known[1]
    compiled = carry_out(frontend.plan(sources, task.signature), stop, cache)
    apart = compiled.files.get("tasks.json")
    region = TypeAdapter(Region).validate_json(apart.read_text()) if apart else None
    plain = task.clock
    clock = Feedback(
        plain.period_ns,
        plain.delays,
        oracle=Oracle(technology, stop=stop),
        deadline=time.monotonic() + feedback_s,
    )
    text = compiled.files["out.ll"].read_text()
    verilog, facts = compile_kernel(
        text, sources, replace(task, clock=clock), region, lambda step: None
    )
    facts["isdc"] = clock.told
    facts["diagnostics"] += _inlined(sources, task.signature.top)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {"kernel.v": verilog, "hls.json": json.dumps(facts)}
        for file, content in made.items():
            (folder / file).write_text(content)
        return store(entry, {}, {file: folder / file for file in made}, anew=not cache)


def _inlined(sources: Mapping[str, str], kernel: str) -> list[dict[str, Any]]:
    """What is said of the functions that are to be kept: the feedback is for one module."""
    why = "is inlined all the same: the schedule 'isdc' is for one module"
    asked = kept(frontend.scopes_of(sources), kernel)
    return [
        asdict(Diagnostic("warning", f"the function {name!r} {why}", file, line, "PRAGMA"))
        for name, (file, line) in asked.items()
    ]
