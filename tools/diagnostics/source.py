"""The design's own files behind a log's paths, and their lines."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

_COMMENT = re.compile(r"//.*|/\*.*?\*/")


def own_name(path: str, files: Mapping[str, str]) -> str:
    """The design's file that `path` stands for; empty for a header, a generated or other file."""
    name = PurePosixPath(path).name
    return name if name in files else ""


def source_line(files: Mapping[str, str], file: str, line: int) -> str:
    """Line number `line` of a file; empty when there is none."""
    lines = files.get(file, "").splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""


def code(line: str) -> str:
    """A line without its comments and the space around it."""
    return _COMMENT.sub("", line).strip()


def code_above(files: Mapping[str, str], file: str, line: int) -> str:
    """The nearest line of code above a line, without its comments."""
    for number in range(line - 1, 0, -1):
        if found := code(source_line(files, file, number)):
            return found
    return ""
