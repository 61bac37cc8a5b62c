"""What clang says of a C++ top: its parameters' types and the numbers in its pragmas.

A structure is put behind the top whose members are the parameters as they are written, so that no
array loses its first extent; clang's debug information then tells every type in full.
"""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tools.csim_plan import INCLUDE
from tools.errors import ToolError
from tools.hls.cxx_text import Definition
from tools.hls.debug_types import DebugTypes
from tools.hls.pragmas import Pragma
from tools.plan import Command, Plan, carry_out
from tools.report import Diagnostic

PROBE = "siliwright_probe"
STANDARD = ("-std=c++20",)
_ERROR = re.compile(r"^([^\s:]+):(\d+):(\d+): (?:fatal )?error: (.*)$", re.M)
_NUMBERS = ("factor", "dim", "depth", "latency", "max_read_burst_length", "max_write_burst_length")


class SignatureError(ToolError):
    """The top's interface cannot be read; `diagnostics` say why, at the source's lines."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("\n".join(d.text() for d in diagnostics))
        self.diagnostics = tuple(diagnostics)


def llvm(
    sources: Mapping[str, str],
    found: Definition,
    pragmas: Sequence[Pragma],
    stop: threading.Event | None,
) -> str:
    """LLVM's text of the sources, with a structure of the parameters put behind the top."""
    text = sources[found.file]
    members = " ".join(f"{part};" for part in found.parameters)
    for number, expression in enumerate(_expressions(pragmas)):
        members += f" char {PROBE}_{number}[({expression}) + 1];"
    # A template behind a reference alone would stay without its members.
    whole = "".join(f" + sizeof((({PROBE}_pointer)0)->{name})" for name in found.names)
    probe = (
        f" struct {PROBE} {{ {members} __typeof__(&{found.name}) {PROBE}_top; }}; "
        f"typedef struct {PROBE} *{PROBE}_pointer; {PROBE}_pointer {PROBE}_value; "
        f"void *{PROBE}_used = (void *)&{found.name}; "
        f"enum {{ {PROBE}_size = 0{whole} }};"
    )
    plain_c = found.file.endswith(".c")
    language = ("-xc", "-std=gnu17") if plain_c else ("-xc++", *STANDARD)
    options = ("-fno-exceptions", "-fno-rtti", "-w", "-g", "-fstandalone-debug", "-O0", "-S")
    headers = {
        f"include/{path.relative_to(INCLUDE)}": path.read_text()
        for path in sorted(INCLUDE.rglob("*.h"))
    }
    plan = Plan(
        {**headers, **sources, found.file: text[: found.end] + probe + text[found.end :]},
        (
            Command(
                "clang",
                (
                    *language, *options, "-emit-llvm", "-Xclang", "-disable-llvm-passes",
                    "-DSILIWRIGHT_HLS", "-D__SYNTHESIS__", "-Iinclude", "-I.",
                    found.file, "-o", "types.ll",
                ),
            ),
        ),
        keep=("types.ll",),
    )  # fmt: skip
    outcome = carry_out(plan, stop)
    if outcome.returncode:
        raise SignatureError(_compile_errors(outcome.stderr, sources, found))
    return outcome.files["types.ll"].read_text()


def _expressions(pragmas: Sequence[Pragma]) -> list[str]:
    """The numbers in pragmas that are written with names, as in `factor=LANES`."""
    values = (p.options[key] for p in pragmas for key in _NUMBERS if key in p.options)
    return list(dict.fromkeys(value for value in values if not value.isdigit()))


def evaluated(
    pragmas: Sequence[Pragma], types: DebugTypes, members: Mapping[str, str]
) -> list[Pragma]:
    """The pragmas with those numbers worked out."""
    known = {
        expression: str(types.resolve(members[f"{PROBE}_{number}"]).shape[0] - 1)
        for number, expression in enumerate(_expressions(pragmas))
    }
    return [
        replace(
            p, options={k: known.get(v, v) if k in _NUMBERS else v for k, v in p.options.items()}
        )
        for p in pragmas
    ]


def _compile_errors(stderr: str, sources: Mapping[str, str], found: Definition) -> list[Diagnostic]:
    """clang's errors at the user's lines; those in the probe are about the parameters."""
    last = sources[found.file][: found.end].count("\n") + 1
    width = found.end - sources[found.file].rfind("\n", 0, found.end)
    errors: dict[tuple[str, int, str], Diagnostic] = {}
    probed: list[Diagnostic] = []
    for file, line, column, message in _ERROR.findall(stderr):
        file = file.removeprefix("./")
        number, place = int(line), int(column)
        if file == found.file and number == last and place >= width:
            message = f"the parameters of {found.name!r} cannot be read: {message}"
            probed.append(Diagnostic("error", message, file, found.line, "CXX"))
            continue
        kept = file if file in sources else ""
        source = sources[kept].splitlines()[number - 1] if kept else ""
        diagnostic = Diagnostic(
            "error", message, kept, number if kept else 0, "CXX", source, column=place
        )
        errors.setdefault((file, number, message), diagnostic)
    unsaid = [Diagnostic("error", f"clang failed: {stderr.strip()[-400:]}")]
    return list(errors.values()) or probed or unsaid
