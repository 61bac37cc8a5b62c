"""Runs the engine on LLVM's output: reads `task.json`, `out.ll` and the sources, for a dataflow
region also `tasks.json`, and writes Verilog.

A script of its own, so that a kernel that is too large is ended by the limits of any tool. Leaves
`kernel.v`, `hls.json` and, with AXI4-Lite, `registers.h`; ends with status 1 and a sentence in
`hls.json` when the kernel is refused.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pydantic import TypeAdapter  # noqa: E402

from tools.errors import ToolError  # noqa: E402
from tools.hls.channels import Region  # noqa: E402
from tools.hls.dataflow import compile_kernel  # noqa: E402
from tools.hls.driver_header import header  # noqa: E402
from tools.hls.task import Task  # noqa: E402


def main() -> int:
    task = TypeAdapter(Task).validate_json(Path("task.json").read_text())
    sources = {name: Path(name).read_text() for name in task.sources}
    try:
        text, apart = Path("out.ll").read_text(), Path("tasks.json")
        region = TypeAdapter(Region).validate_json(apart.read_text()) if apart.exists() else None
        verilog, facts = compile_kernel(text, sources, task, region, progress)
    except ToolError as error:
        Path("hls.json").write_text(json.dumps({"refused": str(error)}))
        return 1
    Path("kernel.v").write_text(verilog)
    Path("hls.json").write_text(json.dumps(facts))
    if "registers" in facts:
        Path("registers.h").write_text(header(task.signature.top, facts["registers"]))
    return 0


def progress(step: str) -> None:
    print(step, flush=True)


if __name__ == "__main__":
    sys.exit(main())
