"""Diagnostics and hints: wrong files with the place and a word of the hint, and files without."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from prompts.demos import demos
from prompts.design import Design
from prompts.interface import Argument, Interface
from prompts.vectors import Call, Vectors
from tools.csim import csim
from tools.diagnostics import from_icarus, unsuited
from tools.find import has
from tools.lint import lint
from tools.parse import parse
from tools.plan import Command, Plan, carry_out
from tools.report import Diagnostic, Report
from tools.synthesize import synthesize

HERE = Path(__file__).parent / "diagnostics"
MARK = re.compile(r" ?//! (?P<word>.*)$", re.MULTILINE)
PASS_ON = Interface(
    "f",
    (Argument("a", "scalar", "in", 8, False), Argument("y", "scalar", "out", 8, False)),
)
CALLS = Vectors(PASS_ON, (Call({"a": np.array(7)}, {"y": np.array(7)}),))


@dataclass(frozen=True)
class Case:
    """A wrong file: which tool finds it, at which line, with which word in the hint.

    In the files of cases `//! word` marks the line; where it stands alone, the finding has none.
    """

    title: str
    tool: str
    file: str
    text: str
    line: int = 0
    word: str = ""

    def report(self) -> Report:
        """What the tool says."""
        if self.tool == "csim":
            return csim(Design({self.file: self.text}, "f", PASS_ON), CALLS)
        design = Design({self.file: self.text}, "m")
        return {"lint": lint, "parse": parse, "synthesize": synthesize}[self.tool](design)


def cases(name: str) -> Iterator[Case]:
    """The cases of a file: `=== TOOL... FILE: title`, and the text up to the next one."""
    for part in re.split(r"^=== ", (HERE / name).read_text(), flags=re.MULTILINE)[1:]:
        head, _, text = part.partition("\n")
        start, _, title = head.partition(": ")
        *tools, file = start.split()
        mark = MARK.search(text)
        word = mark["word"] if mark else ""
        line = text.count("\n", 0, mark.start()) + 1 if mark else 0
        if mark and mark.start() == 0:
            text, line = text.partition("\n")[2], 0
        for tool in tools or (["csim"] if file.endswith(".cpp") else ["parse", "lint"]):
            yield Case(title, tool, file, MARK.sub("", text), line, word)


def named(case: Case) -> str:
    return f"{case.tool}: {case.title}"


WRONG = [*cases("verilog.txt"), *cases("cxx.txt")]


@pytest.mark.parametrize("case", WRONG, ids=named)
def test_the_first_finding_is_the_cause_with_its_hint(case: Case) -> None:
    report = case.report()
    first = report.diagnostics[0]
    assert (first.line, case.word.lower() in first.hint.lower()) == (case.line, True), report.text()
    assert first.code
    assert first.file == (case.file if case.line else "")
    assert first.source == (case.text.splitlines()[case.line - 1] if case.line else "")


@pytest.mark.parametrize("case", list(cases("clean.txt")), ids=named)
def test_right_files_have_no_finding(case: Case) -> None:
    report = case.report()
    assert report.passed, report.text()
    assert report.diagnostics == ()


def test_a_report_keeps_to_its_budget_and_counts_the_rest() -> None:
    found = [
        Diagnostic("warning", "doubtful", "m.v", 9, "WIDTHTRUNC", "q <= d;", "Widen the target."),
        *(Diagnostic("error", f"wrong {n}", "m.v", n, "LATCH", "", "Add it.") for n in range(1, 9)),
    ]
    report = Report("lint", "failed", "wrong 1", tuple(found))
    whole = report.text()
    assert whole.index("wrong 1") < whole.index("wrong 8") < whole.index("doubtful")
    assert whole.count("hint: Add it.") == 1
    assert report.text(85).splitlines()[1:] == [
        "m.v:1: error: wrong 1 [LATCH]",
        "    hint: Add it.",
        "and 8 more",
    ]
    assert all(len(report.text(budget)) <= budget for budget in range(len(whole)))
    assert report.text(len(whole)) == whole


@pytest.mark.skipif(not has("iverilog"), reason="needs iverilog (apt-get install iverilog)")
def test_icarus_tells_of_the_cause_alone() -> None:
    files = {"m.v": "module m(input a, output y);\n    assign y = a & b;\nendmodule\n"}
    outcome = carry_out(Plan(files, (Command("iverilog", ("-o", "m", "m.v")),)))
    assert "Unable to elaborate r-value" in outcome.log
    found = from_icarus(outcome.log, files)
    assert [(d.line, d.code) for d in found] == [(2, "UNDECLARED")]


@pytest.mark.parametrize("name", demos())
def test_demos_have_no_finding(name: str) -> None:
    design = demos()[name].design(demos()[name].settle())
    assert parse(design).diagnostics == ()
    assert lint(design).diagnostics == ()
    assert unsuited(design.cxx) == ()
