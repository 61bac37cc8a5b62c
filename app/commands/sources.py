"""Source files as the command line names them, with the files that they include."""

import os
import re
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from prompts.design import CXX_SUFFIXES, VERILOG_SUFFIXES
from tools.arguments import MAX_FILE
from tools.csim_plan import INCLUDE
from tools.errors import RequestError

_INCLUDE = re.compile(r'^([ \t]*[#`][ \t]*include[ \t]*")([^"\n]+)"', re.M)


def sources(given: Sequence[Path], known: Collection[Path] = ()) -> dict[Path, str]:
    """The texts of the `given` files and of those that they include from beside them, by path.

    What is included is named without its folder, as all files of a design lie in one. Files that
    are `known` are left out where others only include them. Raises `RequestError`.
    """
    texts: dict[Path, str] = {}
    left = [Path(os.path.normpath(path)) for path in given]

    def plain(match: re.Match[str]) -> str:
        beside = Path(os.path.normpath(path.parent / match[2]))
        if not _is_source(beside):
            return match[0]
        if beside not in known:
            left.append(beside)
        return f'{match[1]}{beside.name}"'

    while left:
        path = left.pop(0)
        if path not in texts:
            texts[path] = _INCLUDE.sub(plain, read(path))
    named: dict[str, Path] = {}
    for path in texts:
        other = named.setdefault(path.name, path)
        if other != path:
            raise RequestError(f"'{other}' and '{path}' have the same name; rename one")
    return texts


def read(path: Path) -> str:
    """The text of a file, or of the standard input for `-`. Raises `RequestError`."""
    if str(path) == "-":
        return sys.stdin.read()
    try:
        if path.stat().st_size > MAX_FILE:
            raise RequestError(f"'{path}' has over {MAX_FILE >> 20} MB; give a smaller file")
        return path.read_text()
    except UnicodeDecodeError as error:
        raise RequestError(f"'{path}' is not text in UTF-8; give a source file") from error
    except (OSError, ValueError) as error:
        raise RequestError(f"'{path}' cannot be read: {error}") from error


def _is_source(path: Path) -> bool:
    """Whether it is a user's file; headers that the tools bring themselves are theirs."""
    ours = (INCLUDE / path.name).exists()
    return path.suffix in (*CXX_SUFFIXES, *VERILOG_SUFFIXES) and path.is_file() and not ours
