"""Files from answers of many shapes."""

import json

import pytest

from agents.designer import NoDesign
from agents.extract import extract, single_root

ADD = "module add(input a, b, output s);\n  assign s = a ^ b;\nendmodule\n"
TOP = "module top(input a, output s);\n  add u (.a(a), .b(a), .s(s));\nendmodule\n"
BENCH = 'module tb;\n  add u ();\n  initial $display("PASS");\nendmodule\n'
CXX = '#include "ap_int.h"\n\nvoid add(ap_int<8> a, ap_int<8> &s) {\n    s = a;\n}\n'
V = f"```verilog\n{ADD}```"

SHAPES = {
    "title": (f'```verilog title="add.v"\n{ADD}```', {"add.v": ADD}),
    "colon": (f"```verilog:rtl/add.v\n{ADD}```", {"add.v": ADD}),
    "name only": (f"```add.v\n{ADD}```", {"add.v": ADD}),
    "name after language": (f"```systemverilog add.sv\n{ADD}```", {"add.sv": ADD}),
    "braces": (f"```{{.verilog filename=add.v}}\n{ADD}```", {"add.v": ADD}),
    "file line": (f"file: unit.v\n```verilog\n{ADD}```", {"unit.v": ADD}),
    "bold line": (f"**`unit.v`**\n\n```verilog\n{ADD}```", {"unit.v": ADD}),
    "heading": (f"### 1. unit.v\n```verilog\n{ADD}```", {"unit.v": ADD}),
    "sentence": (f"Here is the mended `unit.v`:\n```verilog\n{ADD}```", {"unit.v": ADD}),
    "other file in lead": (f"It matches add.cpp:\n```verilog\n{ADD}```", {"add.v": ADD}),
    "two files in lead": (f"In a.v and b.v:\n```verilog\n{ADD}```", {"add.v": ADD}),
    "comment": (f"```verilog\n// unit.v\n{ADD}```", {"unit.v": f"// unit.v\n{ADD}"}),
    "block comment": (f"```\n/* File: u.v */\n{ADD}```", {"u.v": f"/* File: u.v */\n{ADD}"}),
    "comment with text": (f"```v\n// u.v - adds\n{ADD}```", {"u.v": f"// u.v - adds\n{ADD}"}),
    "mere comment": (f"```verilog\n// an adder\n{ADD}```", {"add.v": f"// an adder\n{ADD}"}),
    "unnamed": (V, {"add.v": ADD}),
    "no language": (f"```\n{ADD}```", {"add.v": ADD}),
    "unnamed pair": (f"```verilog\n{TOP}\n{ADD}```", {"top.v": f"{TOP}\n{ADD}"}),
    "both languages": (f"```cpp\n{CXX}```\n{V}", {"add.cpp": CXX, "add.v": ADD}),
    "windows": (V.replace("\n", "\r\n"), {"add.v": ADD}),
    "tildes": (f"~~~verilog\n{ADD}~~~", {"add.v": ADD}),
    "open last fence": (f"```verilog\n{ADD}", {"add.v": f"{ADD}\n"}),
    "forgotten fence": (f"```cpp\n{CXX}```verilog\n{ADD}```", {"add.cpp": CXX, "add.v": ADD}),
    "in markdown": (f"````markdown\n# Answer\n{V}\n````", {"add.v": ADD}),
    "in markdown, equal fences": (f"```markdown\n{V}\nDone.\n```", {"add.v": ADD}),
    "bare": (f"Sure!\n\n{ADD}\nIt adds.", {"add.v": ADD}),
    "bare pair": (f"{CXX}\nand in Verilog\n\n{ADD}", {"add.cpp": CXX, "add.v": ADD}),
    "thoughts": (f"<think>\n```v\nmodule old;\nendmodule\n```\n</think>\n{V}", {"add.v": ADD}),
    "end of thought": (f"module old; endmodule\n</think>\n{V}", {"add.v": ADD}),
    "shell": (f"```bash\nmake add.v\n```\n{V}", {"add.v": ADD}),
    "fragment": (f"```verilog\nassign s = 0;\n```\n{V}", {"add.v": ADD}),
    "same file twice": (f"{V}\n\nAgain:\n{V}", {"add.v": ADD}),
    "test in C++": (f"{V}\n```cpp\n#include <cstdio>\nint main() {{\n}}\n```", {"add.v": ADD}),
    "json": (f"```json\n{json.dumps({'files': {'add.v': ADD}})}\n```", {"add.v": ADD}),
    "json call": (
        "```json\n"
        + json.dumps({"name": "f", "arguments": {"path": "add.v", "content": ADD}})
        + "\n```",
        {"add.v": ADD},
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_files_are_found_in_every_usual_shape(shape: str) -> None:
    answer, files = SHAPES[shape]
    assert extract(answer).files == files


@pytest.mark.parametrize(
    "arguments",
    [
        {"files": {"add.v": ADD}},
        {"files": [{"name": "add.v", "content": ADD}]},
        {"filename": "add.v", "code": ADD},
    ],
)
def test_files_of_a_tool_call_come_before_the_text(arguments: dict[str, object]) -> None:
    calls = [{"name": "write_files", "args": arguments}]
    assert extract(f"```verilog\n{TOP}```", calls).files == {"add.v": ADD}


@pytest.mark.parametrize(
    "answer",
    [
        f'{V}\n```verilog title="testbench.sv"\n{BENCH}```',
        f'{V}\n```verilog title="add_tb.v"\n{BENCH}```',
        f"{V}\n```verilog\n{BENCH}```",
        f"```verilog\n{ADD}{BENCH}```",
        f"```verilog\n{BENCH}{ADD}```",
    ],
)
def test_a_testbench_is_kept_apart(answer: str) -> None:
    found = extract(answer)
    assert list(found.files) == ["add.v"]
    assert found.files["add.v"].strip() == ADD.strip()
    assert found.testbench == BENCH


def test_the_top_names_a_block_without_a_name() -> None:
    pair = "module helper(input a);\nendmodule\n" + ADD
    assert list(extract(f"```verilog\n{pair}```", top="add").files) == ["add.v"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", "holds no code"),
        ("I would use a systolic array.", "holds no code"),
        ("```python\nprint('module')\n```", "holds no code"),
        ("<think>\n" + V, "holds no code"),
        ("```json\n{broken\n```", "holds no code"),
        (f"{V}\n```verilog add.v\n{TOP}```", "two different files 'add.v'"),
        (f"```verilog a.v\n{ADD}```\n```verilog b.v\n{ADD}```", "module 'add' 2 times"),
        (f"```verilog a b.v;rm.v\n{ADD}```\n```verilog ..v.v\n{TOP}```", "not allowed"),
        (f"```verilog\n{BENCH}```", "a testbench, but no module of the design"),
    ],
)
def test_what_is_no_design_is_told_in_a_sentence(answer: str, expected: str) -> None:
    with pytest.raises(NoDesign, match=expected):
        extract(answer)


def test_the_top_is_the_module_that_no_other_instantiates() -> None:
    commented = TOP + "// spare s ();\n" + "module add(input x);\n  // top t ();\nendmodule\n"
    assert single_root(extract(f"```verilog\n{commented}```")) == "top"
    with pytest.raises(NoDesign, match=r"the answer has 2 \(add, other\)"):
        single_root(extract(f"```verilog\n{ADD}module other(input z);\nendmodule\n```"))
