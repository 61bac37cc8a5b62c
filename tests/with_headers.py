"""Programs with the HLS headers, compiled by the C++ compiler of this machine."""

import subprocess
from pathlib import Path

from tools.find import find

INCLUDE = Path(__file__).parents[1] / "tools" / "include"


def build(folder: Path, source: str, *options: str) -> Path:
    """Compiles a program; a warning is an error."""
    compiler = find("c++")
    bare = ("-nostdlib++", "-fno-exceptions") if compiler.version.startswith("zig") else ()
    (folder / "program.cpp").write_text(source)
    arguments = ("-std=c++14", "-O0", "-Wall", "-Wextra", "-Werror", f"-I{INCLUDE}", *options)
    command = (*compiler.argv, *arguments, *bare, "program.cpp", "-o", "program")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "program"
