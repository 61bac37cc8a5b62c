"""Schematics: what is drawn of a module, and that a hostile name stays a name."""

import xml.etree.ElementTree as ET

import pytest
from test_tools import verilog

from prompts.demos import demos
from prompts.design import Design
from tools.errors import RequestError, ToolError
from tools.report import Report
from tools.schematic import MOST_BOXES, schematic

SVG = "{http://www.w3.org/2000/svg}"
TWO = """\
module leaf(input clk, input [7:0] a, output reg [7:0] y);
    always @(posedge clk) y <= a + 8'd3;
endmodule
module top(input clk, input [7:0] a, output [7:0] y);
    wire [7:0] between;
    leaf \\<script>alert(1)</script> (clk, a, between);
    leaf second(clk, between, y);
endmodule
"""


def titles(report: Report) -> list[str]:
    root = ET.fromstring(report.details["svg"])
    return [title.text or "" for title in root.iter(f"{SVG}title")]


def test_cells_and_wires_of_a_module_are_drawn_with_their_source_lines() -> None:
    report = schematic(verilog())
    assert any(t.startswith("add ") and t.endswith("at add_one.v:13") for t in titles(report))
    assert any(t == "a  to add A, 8 bit" for t in titles(report))
    assert {"file": "add_one.v", "line": 13} in [
        {"file": cell["file"], "line": cell["line"]} for cell in report.details["cells"]
    ]


def test_a_module_of_a_hierarchy_is_chosen() -> None:
    design = Design({"two.v": TWO}, "top")
    report = schematic(design)
    assert set(report.details["modules"]) == {"leaf", "top"}
    assert report.metrics["drawn"] == 2
    assert schematic(design, "leaf").details["module"] == "leaf"
    with pytest.raises(RequestError, match="no module 'none'; the design has"):
        schematic(design, "none")


def test_a_name_cannot_be_markup() -> None:
    drawing = schematic(Design({"two.v": TWO}, "top")).details["svg"]
    assert "<script" not in drawing and "&lt;script&gt;" in drawing
    ET.fromstring(drawing)


def test_a_large_module_is_drawn_without_its_logic() -> None:
    regs = "\n".join(f"reg [7:0] r{i}; always @(posedge clk) r{i} <= a + {i};" for i in range(40))
    total = " ^ ".join(f"r{i}" for i in range(40))
    text = f"module m(input clk, input [7:0] a, output [7:0] y);\n{regs}\nassign y = {total};\n"
    report = schematic(Design({"m.v": text + "endmodule\n"}, "m"))
    assert report.metrics["cells"] > MOST_BOXES >= report.metrics["drawn"] == 40
    assert "a wire is a path through logic" in report.summary


def test_what_does_not_elaborate_is_said() -> None:
    with pytest.raises(ToolError, match="cannot be elaborated"):
        schematic(Design({"m.v": "module m(input a); nothing x(a); endmodule"}, "m"))
    with pytest.raises(ToolError, match="needs a Verilog file"):
        schematic(Design({"m.cpp": "int m();"}, "m"))


@pytest.mark.parametrize("name", list(demos()))
def test_each_demo_is_drawn(name: str) -> None:
    demo = demos()[name]
    report = schematic(demo.design(demo.settle()))
    assert 0 < report.metrics["drawn"] <= MOST_BOXES
    ET.fromstring(report.details["svg"])
