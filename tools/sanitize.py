"""AddressSanitizer and UndefinedBehaviorSanitizer: their flags, and their reports as findings."""

import re
import threading
from collections.abc import Mapping
from pathlib import PurePosixPath

from tools.diagnostics import source_line
from tools.errors import ToolError
from tools.find import find
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic

_COMMON = ("-g", "-O1", "-fno-omit-frame-pointer")
OPTIONS = """\
// Leaks are no matter here: to look for them would need rights that the sandbox withholds.
extern "C" const char *__asan_default_options() { return "detect_leaks=0:color=never"; }
extern "C" const char *__ubsan_default_options() { return "color=never"; }
"""
"""Source text of a program that is to be sanitized."""
_UNDEFINED = re.compile(
    r"^(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): runtime error: (?P<message>.*)$",
    re.MULTILINE,
)
_TRAPPED = re.compile(r"^thread \d+ panic: (?P<message>.*)$", re.MULTILINE)
_PLACE = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): 0x", re.MULTILINE)
_ADDRESS = re.compile(r"ERROR: AddressSanitizer: (?P<kind>[\w-]+)(?P<rest>.*)")
_FRAME = re.compile(r"^ *#\d+ \S+ in .* (?P<file>\S+?):(?P<line>\d+)(?::\d+)?$", re.MULTILINE)
_VARIABLE = re.compile(r"'(?P<name>\w+)'(?: defined in| \(line)")
_HINTS = {
    "overflow": "an index is out of the array's bounds",
    "use-after": "the object is used after its end",
    "SEGV": "a pointer or an index is wild",
}


def flags() -> tuple[str, ...]:
    """The compiler's flags; zig has no AddressSanitizer, and a runtime of its own for the other."""
    return (*_COMMON, "-fsanitize=undefined" if _zig() else "-fsanitize=address,undefined")


def unchecked() -> tuple[Diagnostic, ...]:
    """What the sanitizers of this machine's compiler leave out."""
    if not _zig():
        return ()
    message = f"{find('c++').version} has no AddressSanitizer: indices behind a pointer, such as "
    message += "those of the top's own arrays, were not checked"
    hint = "install g++ or clang++ to check them too"
    return (Diagnostic("info", message, code="ADDRESS", hint=hint),)


def _zig() -> bool:
    return find("c++").version.startswith("zig")


def check_compiler(stop: threading.Event | None) -> None:
    """Raises `ToolError` when the C++ compiler of this machine has no sanitizers."""
    compiled = Command("c++", (*flags(), "empty.cpp", "-o", "empty"))
    plan = Plan(
        {"empty.cpp": f"{OPTIONS}int main() {{}}\n"},
        (compiled, Command("./empty")),
        limits=Limits(time_s=1800 if _zig() else 60),  # zig builds its libraries at first
    )
    if carry_out(plan, stop).returncode:
        raise ToolError(f"the C++ compiler here, {find('c++').version}, has no sanitizers")


def findings(stderr: str, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What the sanitizers printed, at lines of the design's own files where they name one."""
    found = []
    for match in _UNDEFINED.finditer(stderr):
        file, line = PurePosixPath(match["file"]).name, int(match["line"])
        if file not in files:  # in a header: the design is to blame, but not a line of it
            file, line = "", 0
        source = source_line(files, file, line)
        column = int(match["column"]) if file else 0
        message = match["message"]
        found.append(Diagnostic("error", message, file, line, "UNDEFINED", source, column=column))
    if trapped := _TRAPPED.search(stderr):
        found.append(_trapped(trapped["message"], stderr[trapped.end() :], files))
    if address := _ADDRESS.search(stderr):
        found.append(_address(address["kind"], stderr[address.start() :], files))
    return tuple(dict.fromkeys(found))


def _trapped(message: str, trace: str, files: Mapping[str, str]) -> Diagnostic:
    """What zig's runtime says, which ends the program: at the innermost line of the design."""
    for place in _PLACE.finditer(trace):
        if (file := PurePosixPath(place["file"]).name) in files:
            line, column = int(place["line"]), int(place["column"])
            source = source_line(files, file, line)
            return Diagnostic("error", message, file, line, "UNDEFINED", source, column=column)
    return Diagnostic("error", message, code="UNDEFINED")


def _address(kind: str, report: str, files: Mapping[str, str]) -> Diagnostic:
    file, line = "", 0
    for frame in _FRAME.finditer(report):
        if (name := PurePosixPath(frame["file"]).name) in files:
            file, line = name, int(frame["line"])
            break
    variable = _VARIABLE.search(report)
    named = variable["name"].removeprefix("arg_") if variable else ""
    message = f"{kind}{f' of {named!r}' if named else ''}"
    hint = next((text for part, text in _HINTS.items() if part in kind), "")
    return Diagnostic("error", message, file, line, "ADDRESS", source_line(files, file, line), hint)
