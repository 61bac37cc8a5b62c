"""Which memories a variable of the source has become, by their names."""

import re


def is_named(memory: str, variable: str) -> bool:
    """Whether a memory is a variable, a copy of it that inlining made, or a part of either."""
    return memory == variable or bool(
        re.fullmatch(rf"{re.escape(variable)}(_\d+|_i+\d*|\d+)+", memory)
    )
