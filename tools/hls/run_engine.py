"""Runs the engine on LLVM's output: reads `task.json`, `out.ll` and the sources, for a dataflow
region also `tasks.json`, and writes Verilog.

A script of its own, so that a kernel that is too large is ended by the limits of any tool. Leaves
`kernel.v`, `hls.json` and, with AXI4-Lite, `registers.h`; ends with status 1 and a sentence in
`hls.json` when the kernel is refused.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pydantic import TypeAdapter  # noqa: E402

from tools.errors import ToolError  # noqa: E402
from tools.hls.callee import Kept  # noqa: E402
from tools.hls.calls import NotKept  # noqa: E402
from tools.hls.channels import Region  # noqa: E402
from tools.hls.dataflow import compile_kernel  # noqa: E402
from tools.hls.driver_header import header  # noqa: E402
from tools.hls.task import Task  # noqa: E402
from tools.report import Diagnostic  # noqa: E402


def main() -> int:
    task = TypeAdapter(Task).validate_json(Path("task.json").read_text())
    sources = {name: Path(name).read_text() for name in task.sources}
    try:
        text, apart = Path("out.ll").read_text(), Path("tasks.json")
        region = TypeAdapter(Region).validate_json(apart.read_text()) if apart.exists() else None
        verilog, facts = compiled(text, sources, task, region)
    except ToolError as error:
        Path("hls.json").write_text(json.dumps({"refused": str(error)}))
        return 1
    Path("kernel.v").write_text(verilog)
    Path("hls.json").write_text(json.dumps(facts))
    if "registers" in facts:
        Path("registers.h").write_text(header(task.signature.top, facts["registers"]))
    return 0


def compiled(
    text: str, sources: dict[str, str], task: Task, region: Region | None
) -> tuple[str, dict[str, Any]]:
    """The Verilog and the facts; a function that turns out not to be kept is inlined by LLVM in
    another try."""
    while True:
        told = json.loads(Path("kept.json").read_text()) if Path("kept.json").exists() else {}
        kept = [Kept(**one) for one in told.get("functions", ())]
        try:
            verilog, facts = compile_kernel(text, sources, task, region, progress, kept)
        except NotKept as error:
            inline(error)
            text = Path("out.ll").read_text()
            continue
        said = [Diagnostic("warning", what, file, line, "PRAGMA")
                for file, line, what in told.get("said", ())]  # fmt: skip
        facts["diagnostics"] += [asdict(one) for one in said]
        return verilog, facts


def inline(error: NotKept) -> None:
    """Run LLVM once more, with a function inlined."""
    from tools.hls import run_llvm  # LLVM is needed here alone

    progress(str(error))
    wanted = json.loads(Path("loops.json").read_text())
    wanted["inlined"][error.name] = error.why
    Path("loops.json").write_text(json.dumps(wanted))
    if run_llvm.main():
        raise ToolError(f"LLVM could not inline {error.name!r}")


def progress(step: str) -> None:
    print(step, flush=True)


if __name__ == "__main__":
    sys.exit(main())
