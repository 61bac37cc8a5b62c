"""What a C++ compiler takes and high-level synthesis does not: seen in the source itself."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tools.diagnostics.hints import advised
from tools.diagnostics.order import arranged
from tools.diagnostics.source import source_line
from tools.report import Diagnostic

_NO_CODE = re.compile(
    r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|(?<!\w)'(?:\\.|[^'\\\n])+'", re.DOTALL
)
_ALLOCATION = re.compile(
    r"\bstd\s*::\s*(?:vector|list|deque|(?:unordered_)?(?:map|set)|string|queue|stack|unique_ptr"
    r"|shared_ptr)\b|\b(?:malloc|calloc|realloc)\s*\(|(?<!operator )\bnew\b\s*[\w(]"
)
_PRAGMA = re.compile(r"^[ \t]*#[ \t]*pragma[ \t]+HLS\b", re.MULTILINE | re.IGNORECASE)
_STREAM = re.compile(
    r"[(,]\s*(?:const\s+)?hls\s*::\s*stream\s*<[^<>;(){}]*(?:<[^<>]*>[^<>]*)*>\s*\w*\s*(?=[,)])"
)
_NAMED = re.compile(r"\b([A-Za-z_]\w*)\s*\([^;{}]*\)\s*(?:const\s*)?$")
_NO_FUNCTION = re.compile(r"\b(?:struct|class|union|enum|namespace|extern)\b[^()]*$")
_NAMELESS = "an operator or the like"


@dataclass(frozen=True)
class _Function:
    """A function's name, and where its body lies in the text, braces included."""

    name: str
    start: int
    end: int


def unsuited(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Warnings of what has no hardware or no effect: allocation, recursion, pragmas outside."""
    code = {file: _NO_CODE.sub(_blank, text) for file, text in files.items()}
    functions = {file: list(_functions(text)) for file, text in code.items()}
    defined = Counter(function.name for found in functions.values() for function in found)
    found = []
    for file, text in code.items():
        # Of two functions with one name, one may well call the other.
        single = [
            function
            for function in functions[file]
            if defined[function.name] == 1 and function.name.isidentifier()
        ]
        for place, message in _places(text, functions[file], single):
            line = text.count("\n", 0, place) + 1
            source = source_line(files, file, line)
            warning = Diagnostic("warning", message, file, line, source=source)
            found.append(advised(warning, "c++ source", files))
    return arranged(found)


def _blank(match: re.Match[str]) -> str:
    """Comments and literals as spaces: places stay what they are."""
    return re.sub(r"[^\n]", " ", match[0])


def _places(
    text: str, functions: list[_Function], single: list[_Function]
) -> Iterator[tuple[int, str]]:
    for match in _ALLOCATION.finditer(text):
        yield match.start(), "memory is allocated at run time"
    for match in _PRAGMA.finditer(text):
        place = match.start()
        if not any(function.start < place < function.end for function in functions):
            yield place, "an HLS pragma stands outside of a function, where it has no effect"
    for match in _STREAM.finditer(text):
        yield match.start() + 1, "a stream is handed over by value"
    for function in single:
        call = re.compile(rf"(?<![\w.:>]){function.name}\s*\(")
        if again := call.search(text, function.start, function.end):
            yield again.start(), f"{function.name!r} calls itself"


def _functions(text: str) -> Iterator[_Function]:
    """The functions that the text defines; what a function's body holds is within it."""
    opened: list[tuple[str, int]] = []
    since = 0
    for match in re.finditer(r"[;{}]|^[ \t]*#[^\n]*$", text, re.MULTILINE):
        if match[0] == "{":
            inside = any(name for name, _ in opened)
            name = "" if inside else _function(text[since : match.start()].strip())
            opened.append((name, match.start()))
        elif match[0] == "}" and opened:
            name, start = opened.pop()
            if name:
                yield _Function(name, start, match.end())
        since = match.end()


def _function(head: str) -> str:
    """The name of the function that a body after `head` belongs to; empty when it is none."""
    if ")" not in head or _NO_FUNCTION.search(head):
        return ""
    named = _NAMED.search(head)
    return named[1] if named else _NAMELESS
