"""The Verilog that high-level synthesis makes of a design's C++, and the design with it."""

from collections.abc import Iterable

from prompts.design import Design
from tools.hls.engine import VERILOG
from tools.report import Report


def generated(design: Design, reports: Iterable[Report]) -> dict[str, str]:
    """The Verilog that the `hls` among the reports made of the C++, by file name; none: empty.

    The name tells that nobody wrote it: `TOP_hls.v`.
    """
    made = [r.artifacts[VERILOG] for r in reports if r.tool == "hls" and VERILOG in r.artifacts]
    there = [path for path in made if path.is_file()]
    return {f"{design.top}_hls.v": there[-1].read_text(encoding="utf-8")} if there else {}


def as_built(design: Design, reports: Iterable[Report]) -> Design:
    """The design as it is checked and handed over: one of C++ alone with its generated Verilog."""
    return design if design.verilog else from_cxx(design, reports)


def from_cxx(design: Design, reports: Iterable[Report]) -> Design:
    """The design's C++ with the Verilog that was made of it, without any other Verilog."""
    files = {**design.cxx, **generated(design, reports)}
    return Design(files, design.top, design.interface)
