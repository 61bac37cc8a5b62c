"""What a program's log says, as diagnostics with places, source lines and hints.

One module for each program; `hints.yaml` says what to do about the errors that are made most.
"""

from tools.diagnostics.compiler import from_compiler, without_messages
from tools.diagnostics.cxx_source import unsuited
from tools.diagnostics.hints import advised
from tools.diagnostics.icarus import from_icarus
from tools.diagnostics.order import arranged
from tools.diagnostics.slang import from_slang
from tools.diagnostics.source import source_line
from tools.diagnostics.verilator import from_verilator
from tools.diagnostics.yosys import from_yosys

__all__ = [
    "advised",
    "arranged",
    "from_compiler",
    "from_icarus",
    "from_slang",
    "from_verilator",
    "from_yosys",
    "source_line",
    "unsuited",
    "without_messages",
]
