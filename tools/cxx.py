"""The C++ compiler: made ready before its first use, where that takes long."""

import threading

from tools.find import find
from tools.plan import Command, Plan, carry_out
from tools.process import Limits

_PROGRAM = """#include <cstdio>
#include <deque>
int main() { std::deque<int> values{1}; std::printf("%d\\n", values[0]); }
"""
_LEVELS = ("-O0", "-O1")


def ready_compiler(stop: threading.Event | None = None) -> None:
    """Have the zig wheel build its C++ library, once for a machine and some minutes long.

    Other compilers have theirs. Without this the first design would meet its time limit.
    """
    if not find("c++").version.startswith("zig"):
        return
    compile_all = tuple(
        Command("c++", ("-std=c++20", level, "ready.cpp", "-o", f"ready{level}"))
        for level in _LEVELS
    )
    carry_out(Plan({"ready.cpp": _PROGRAM}, compile_all, limits=Limits(time_s=1800)), stop)
