"""A design: named source files with a top, an interface and a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from prompts.interface import Interface

Language = Literal["hls", "verilog", "both"]
"""What a design is written in; `hls` is C++ from which high-level synthesis makes the Verilog."""
LANGUAGES: Mapping[Language, str] = {
    "hls": "HLS C++, and Verilog made of it",
    "verilog": "Verilog",
    "both": "HLS C++ and Verilog",
}
VERILOG_SUFFIXES = (".v", ".sv", ".vh", ".svh")
CXX_SUFFIXES = (".cpp", ".cc", ".c", ".h", ".hpp")
_SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}")


def check_name(name: str) -> str:
    """Return a file's name when it is a plain one; names are restricted instead of escaped."""
    if not _SAFE_NAME.fullmatch(name) or ".." in name:
        raise ValueError(
            f"file name {name!r} is not allowed: use letters, digits, '_', '-' and '.', at most 100"
        )
    return name


@dataclass(frozen=True)
class Design:
    """Source files (name to text), the top's name, and its interface when it follows ours."""

    files: Mapping[str, str]
    top: str
    interface: Interface | None = None

    def __post_init__(self) -> None:
        for name in self.files:
            check_name(name)

    def _having(self, suffixes: tuple[str, ...]) -> dict[str, str]:
        kept = ((n, t) for n, t in self.files.items() if PurePosixPath(n).suffix in suffixes)
        return dict(kept)

    def only(self, language: Language) -> "Design":
        """The design in one language, C++ or Verilog; with "both" it is as it is."""
        kept = {"hls": self.cxx, "verilog": self.verilog, "both": self.files}[language]
        return replace(self, files=dict(kept))

    @property
    def verilog(self) -> dict[str, str]:
        """The Verilog and SystemVerilog files."""
        return self._having(VERILOG_SUFFIXES)

    @property
    def cxx(self) -> dict[str, str]:
        """The C and C++ files."""
        return self._having(CXX_SUFFIXES)
