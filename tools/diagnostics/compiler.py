"""The messages of g++, clang and zig's clang, and of their linkers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tools.diagnostics.hints import advised
from tools.diagnostics.order import arranged
from tools.diagnostics.source import own_name, source_line
from tools.report import Diagnostic

_LINE = re.compile(
    r"^(?:In file included from )?(?P<file>[^:\s]+):(?P<line>\d+)(?::(?P<column>\d+))?:\s+"
    r"(?:(?P<kind>fatal error|error|warning|note): )?(?P<message>.*)$"
)
_LINK = re.compile(
    r"undefined reference to [`'](?P<gnu>.+?)'$|undefined symbol: (?P<lld>.+)$", re.MULTILINE
)
_ABOUT = re.compile(r"^[^:\s]+: In |^ +from |^\d+ warnings? generated")
_USED = re.compile(r"required from|in instantiation of|to match this|requested here")


@dataclass
class _Message:
    """A message with the lines that say how the compiler came to it."""

    file: str
    line: int
    column: int
    kind: str
    text: str
    around: list[tuple[str, int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def from_compiler(log: str, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The errors and warnings in a C++ compiler's log, as `arranged` puts them.

    What it finds in a header or a generated file is told of the line of the design that leads
    there. Where none does, it has no place, and is told only when the design's lines are right.
    """
    found = [_diagnostic(message, files) for message in _messages(log)]
    placed = [d for d in found if d.file]
    if any(d.severity == "error" for d in placed):
        return arranged(placed)
    elsewhere = [d for d in found if not d.file and d.severity == "error"]
    elsewhere += _undefined(log, files)
    # In a file of which the design knows nothing, the first that can be mended says it all.
    first = [d for d in elsewhere if d.hint] or elsewhere
    return arranged([*first[:1], *placed])


def without_messages(log: str) -> str:
    """What is left of a log without the compiler's lines: the words of the program it made."""
    lines = log.splitlines()
    return "\n".join(line for line in lines if not (_LINE.match(line) or _ABOUT.match(line)))


def _messages(log: str) -> Iterator[_Message]:
    before: list[tuple[str, int, int]] = []
    last: _Message | None = None
    for text in log.splitlines():
        match = _LINE.match(text)
        if not match:
            continue
        place = (match["file"], int(match["line"]), int(match["column"] or 0))
        if match["kind"] is None:
            if _USED.search(match["message"]):
                before.append(place)
        elif match["kind"] == "note":
            if last is not None:
                last.notes.append(match["message"])
                if _USED.search(match["message"]):
                    last.around.append(place)
        else:
            if last is not None:
                yield last
            last = _Message(*place, match["kind"], match["message"], before)
            before = []
    if last is not None:
        yield last


def _diagnostic(message: _Message, files: Mapping[str, str]) -> Diagnostic:
    places = [(message.file, message.line, message.column), *message.around]
    own = [(name, line, column) for path, line, column in places if (name := own_name(path, files))]
    file, line, column = own[0] if own else ("", 0, 0)
    found = Diagnostic(
        "warning" if message.kind == "warning" else "error",
        message.text,
        file,
        line,
        source=source_line(files, file, line),
        column=column,
    )
    return advised(found, "c++", files, _matched(message, bool(own)))


def _matched(message: _Message, own: bool) -> str:
    """What the table of hints compares: with the notes, and marked where no own line is named."""
    mark = "" if own else "outside: "
    return mark + "\n".join([message.text, *message.notes])


def _undefined(log: str, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    for match in _LINK.finditer(log):
        name = match["gnu"] or match["lld"]
        found = Diagnostic("error", f"{name} is declared or called, but not defined")
        yield advised(found, "c++", files)
