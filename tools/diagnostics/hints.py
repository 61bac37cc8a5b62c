"""The table of hints: which message of which program means what, and what to do about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from tools.diagnostics.source import code, code_above
from tools.report import Diagnostic

TABLE = Path(__file__).parent / "hints.yaml"
Program = Literal["verilator", "slang", "icarus", "yosys", "c++", "c++ source"]
_CONDITIONS = ("source", "before", "at", "above")


@dataclass(frozen=True)
class Advice:
    """One error: its code and hint, and the messages that tell of it.

    Conditions are on `source`, the code of the line, on what stands there `before` the message's
    column and `at` it, and on the line of code `above`.
    """

    group: str
    code: str
    hint: str
    messages: Mapping[str, re.Pattern[str]]
    conditions: Mapping[str, re.Pattern[str]]

    def fits(self, found: Diagnostic, files: Mapping[str, str]) -> bool:
        """Whether the conditions hold for a finding."""
        texts = {
            "source": code(found.source),
            "before": found.source[: max(found.column - 1, 0)],
            "at": found.source[max(found.column - 1, 0) :],
            "above": code_above(files, found.file, found.line),
        }
        return all(pattern.search(texts[name]) for name, pattern in self.conditions.items())


@cache
def table() -> tuple[Advice, ...]:
    """All advice, in the order in which it is tried; groups come with causes first."""
    groups = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return tuple(_advice(group, entry) for group, entries in groups.items() for entry in entries)


def _advice(group: str, entry: Mapping[str, str | list[str]]) -> Advice:
    messages = {
        program: re.compile("|".join([texts] if isinstance(texts, str) else texts), re.DOTALL)
        for program, texts in entry.items()
        if program not in ("code", "hint", *_CONDITIONS)
    }
    conditions = {name: re.compile(str(entry[name])) for name in _CONDITIONS if name in entry}
    return Advice(group, str(entry["code"]), str(entry["hint"]), messages, conditions)


@cache
def groups() -> tuple[str, ...]:
    """The groups of errors: one of an earlier group is the likelier cause of others."""
    return tuple(dict.fromkeys(advice.group for advice in table()))


@cache
def group_of(hint: str) -> str:
    """The group that a hint of the table stands in; empty for another's."""
    return next((advice.group for advice in table() if advice.hint == hint), "")


def advised(
    found: Diagnostic, program: Program, files: Mapping[str, str], text: str = ""
) -> Diagnostic:
    """The diagnostic with the code, where it has none, and the hint that the table has for it.

    `text` is what is compared, if more than the message is known.
    """
    text = text or (f"{found.code}: {found.message}" if found.code else found.message)
    for advice in table():
        pattern = advice.messages.get(program)
        if pattern is not None and pattern.search(text) and advice.fits(found, files):
            return replace(found, code=found.code or advice.code, hint=advice.hint)
    return found
