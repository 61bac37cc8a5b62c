"""Which memories a variable of the source has become, by their names and where they are used."""

import re
from collections.abc import Collection, Mapping, Sequence

from tools.hls.pragmas import Scope, blank

_NO_TYPE = "return|else|case|throw|do|goto|in|and|or|not"


def is_named(memory: str, variable: str) -> bool:
    """Whether a memory is a variable, a copy of it that inlining made, or a part of either."""
    return memory == variable or bool(
        re.fullmatch(rf"{re.escape(variable)}(_\d+|_i+\d*|\d+)+", memory)
    )


def is_of_another(
    lines: Collection[int],
    variable: str,
    scope: Scope,
    found: Sequence[Scope],
    sources: Mapping[str, str],
) -> bool:
    """Whether what is accessed in these lines is another function's array of the variable's name.

    So it is where all of them are in functions that declare such an array, and none is in the
    function around the scope.
    """
    functions = [each for each in found if each.kind == "function"]
    home = [f for f in functions if f.file == scope.file and f.line <= scope.line <= f.end]
    if not lines or any(f.line <= line <= f.end for f in home for line in lines):
        return False
    others = [f for f in functions if f not in home and _declares(f, variable, sources[f.file])]
    return all(any(f.line <= line <= f.end for f in others) for line in lines)


def _declares(function: Scope, variable: str, text: str) -> bool:
    """Whether a function has an array of that name, which is none of its parameters."""
    lines = blank(text).splitlines()[function.line - 1 : function.end]
    body = "\n".join(lines).partition("{")[2]
    declared = re.compile(rf"\b(?!(?:{_NO_TYPE})\b)\w+\b[\s>]\s*{re.escape(variable)}\s*\[")
    return bool(declared.search(body))
