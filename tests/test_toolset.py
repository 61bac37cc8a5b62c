"""The catalogue's tools as an agent of LangChain has them."""

import pytest

from agents.toolset import toolset
from tools.catalogue import TOOLS

WRONG = {"files": {"a.v": "module a(output y);\n  assign y = x;\nendmodule\n"}, "top": "a"}


def test_every_tool_is_there_with_its_description_and_schema() -> None:
    found = {tool.name: tool for tool in toolset()}
    assert set(found) == set(TOOLS)
    for name, tool in found.items():
        assert tool.description == TOOLS[name].description
        assert set(tool.args) == set(TOOLS[name].arguments)


def test_a_call_answers_with_the_report_in_its_budget() -> None:
    (lint,) = toolset(["lint"], budget=300)
    answer = lint.invoke({"design": WRONG})
    assert answer.startswith("lint: failed") and "a.v:2" in answer
    assert len(answer) <= 300


@pytest.mark.parametrize(
    ("design", "words"),
    [({"files": {}}, "no file"), ({"files": {"../a.v": "module a; endmodule"}}, "not allowed")],
)
def test_a_wrong_call_is_answered_with_a_sentence(design: dict[str, object], words: str) -> None:
    (lint,) = toolset(["lint"])
    assert words in lint.invoke({"design": design})
