"""ALLOCATION pragmas: how many operators of a kind there may be in a function or a loop."""

from collections.abc import Iterable

from tools.hls.ir import Allocation, Kind
from tools.hls.pragmas import Pragma, Scope, limited
from tools.report import Diagnostic

_KINDS: dict[str, Kind] = {"mul": "mul"}
"""What operators are called in the pragma; of no other ones there are several to choose from."""
_CHEAP = frozenset({"add", "sub", "icmp", "and", "or", "xor", "shl", "ashr", "lshr"})


def allocations(found: Iterable[Scope], top: str) -> tuple[list[Allocation], list[Diagnostic]]:
    """Those of the sources, the innermost first, and warnings about what cannot be done."""
    made: list[tuple[int, Allocation]] = []
    said = []
    for scope, pragma in ((s, p) for s in found for p in s.pragmas if p.kind == "allocation"):
        limit = pragma.number("limit", 0) or 0
        name = pragma.options.get("instances", "").lower()
        if limited(pragma) and limit:
            continue  # the function is kept, or it is said why it is not
        if name in _KINDS and limit:
            whole = scope.kind == "function" and scope.name == top
            first, last = (0, 0) if whole else (scope.start, scope.end)
            extent = scope.end - scope.start if last else 1 << 30
            made.append((extent, Allocation(_KINDS[name], limit, first, last)))
        else:
            text = f"ALLOCATION has no effect: {_why(pragma, name, limit)}"
            said.append(Diagnostic("warning", text, pragma.file, pragma.line, "PRAGMA"))
    return [allocation for _, allocation in sorted(made, key=lambda m: m[0])], said


def _why(pragma: Pragma, name: str, limit: int) -> str:
    if not limit:
        return "it needs a limit from 1 on, limit=N"
    if not name:
        return "it needs instances=NAME"
    if name in _CHEAP:
        return f"a multiplexer in front of a shared {name} takes as much as another one"
    return f"{name!r} is none of the operators that can be limited: {', '.join(_KINDS)}"
