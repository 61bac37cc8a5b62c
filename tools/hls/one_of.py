"""Verilog for the one of several values whose time it is."""

from collections.abc import Sequence

_FEW = 3
"""Values up to which multiplexers behind each other are no deeper than a sum of products."""


def one_of(cases: Sequence[tuple[str, str]], bits: int) -> str:
    """The value, of `bits`, of the case whose condition holds: no two ever hold at once.

    What it is where none holds does not matter. Of many cases it is a sum of products: a chain of
    multiplexers would be as deep as there are cases, since synthesis cannot know that one alone
    holds.
    """
    when: dict[str, list[str]] = {}
    for condition, value in cases:
        when.setdefault(value, []).append(f"({condition})")
    if not when:
        return "0"
    if len(when) > _FEW:
        held = ((" || ".join(conditions), value) for value, conditions in when.items())
        return " | ".join(f"({{{bits}{{{condition}}}}} & ({value}))" for condition, value in held)
    values = list(when)
    found = values[-1]
    for value in reversed(values[:-1]):
        found = f"({' || '.join(when[value])}) ? {value} : {found}"
    return found
