"""Puts findings in order: causes before consequences, and one finding for one place and matter."""

import re
from collections.abc import Iterable

from tools.diagnostics.hints import group_of, groups
from tools.report import Diagnostic

_SEVERITY = {"error": 0, "warning": 1, "info": 2}
_NAMED = re.compile(r"['`\"\\]+([\w.$]+)")
_SYNTAX = re.compile(r"^(?:syntax error|expected |unexpected )", re.IGNORECASE)
_WHEREVER = frozenset({"UNDECLARED", "GENVAR", "HEADER"})
"""Once said of a name, these need not be said again where it is used next."""


def arranged(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Errors first, causes before consequences; what is said twice is kept as it is first said."""
    ordered = sorted(found, key=lambda d: (_SEVERITY[d.severity], _rank(d)))
    wrong = {(d.file, d.line) for d in ordered if d.severity == "error" and d.line}
    kept: dict[tuple[object, ...], Diagnostic] = {}
    for diagnostic in ordered:
        # A width is often doubtful only because the expression is wrong.
        doubtful = diagnostic.severity != "error" and diagnostic.code.startswith("WIDTH")
        if not (doubtful and (diagnostic.file, diagnostic.line) in wrong):
            kept.setdefault(_matter(diagnostic), diagnostic)
    return tuple(kept.values())


def _rank(found: Diagnostic) -> int:
    """How early in the chain of causes a finding stands."""
    group = group_of(found.hint) or ("syntax" if _SYNTAX.search(found.message) else "")
    order = groups()
    return order.index(group) if group in order else len(order)


def _matter(found: Diagnostic) -> tuple[object, ...]:
    """What a finding is about; equal for two that say the same."""
    if not found.line:
        return (found.file, found.code, found.message)
    if _rank(found) == groups().index("syntax"):
        return (found.file, found.line, "syntax")
    named = _NAMED.search(found.message)
    name = named[1] if named else found.message
    if found.code in _WHEREVER:
        return (found.file, found.code, name)
    if found.code:
        return (found.file, found.line, found.code, name)
    return (found.file, found.line, found.message)
