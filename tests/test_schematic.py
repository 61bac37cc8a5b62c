"""Schematics: what is drawn of a module, and that a hostile name stays a name."""

import xml.etree.ElementTree as ET

import pytest
from test_tools import verilog

from prompts.demos import demos
from prompts.design import Design
from tools.errors import MissingTool, RequestError, ToolError
from tools.find import has
from tools.report import Report
from tools.schematic import MOST_BOXES, schematic
from tools.schematic_engines import Engine, dot_text
from tools.schematic_svg import Box, Wire

SVG = "{http://www.w3.org/2000/svg}"
WIRE = Wire("a", "Y", "b", "", 8)
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


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param(
            "netlistsvg",
            marks=pytest.mark.skipif(
                not has("netlistsvg"), reason="needs netlistsvg (npm install -g netlistsvg)"
            ),
        ),
        pytest.param(
            "dot",
            marks=pytest.mark.skipif(
                not has("dot"), reason="needs Graphviz (apt-get install graphviz)"
            ),
        ),
        "own",
    ],
)
def test_each_engine_draws_the_same_module(engine: Engine) -> None:
    report = schematic(verilog(), engine=engine)
    assert report.details["engine"] == engine
    assert ET.fromstring(report.details["svg"]).tag == f"{SVG}svg"
    assert engine == "own" or engine in report.versions


def test_an_engine_that_is_not_there_is_named() -> None:
    engines: tuple[Engine, ...] = ("netlistsvg", "dot")
    missing = [name for name in engines if not has(name)]
    if not missing:
        pytest.skip("netlistsvg and Graphviz are installed")
    with pytest.raises(MissingTool, match=missing[0]):
        schematic(verilog(), engine=missing[0])


def test_graphviz_is_given_hostile_names_as_text() -> None:
    boxes = [Box("a", 'q" ]; evil [x="', "cell", "add at a.v:1", ("A",), ("Y",))]
    text = dot_text([*boxes, Box("b", "y\\", "output", "y", ("",), ())], [WIRE], "Schematic of m")
    assert text.count("\n") == text.count(";\n") + 2
    assert 'n0 [label="q\\" ]; evil [x=\\"", tooltip="add at a.v:1"' in text
    assert 'n1 [label="y\\\\"' in text and 'n0 -> n1 [label="8", penwidth=2' in text


def test_cells_and_wires_of_a_module_are_drawn_with_their_source_lines() -> None:
    report = schematic(verilog(), engine="own")
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
    drawing = schematic(Design({"two.v": TWO}, "top"), engine="own").details["svg"]
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
