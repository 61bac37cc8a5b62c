"""Cuts the text of LLVM's IR where its brackets, commas and attributes are."""

import re

from tools.errors import ToolError

FLAGS = re.compile(
    r"(?<![%@\w.$])(nsw|nuw|exact|disjoint|nneg|inbounds|samesign|nusw|tail|musttail|notail|volatile|"
    r"noundef|nonnull|zeroext|signext|noalias|nocapture|readonly|writeonly|returned|immarg|"
    r"align \d+|range\([^()]*\)|dereferenceable\(\d+\)|captures\([^()]*\)|"
    r"dereferenceable_or_null\(\d+\)|inrange\([^()]*\)) ?"
)
"""What is said of values and operations that their meaning here does not need."""


def closing(text: str, start: int, quote: str = "") -> int:
    """Where the bracket at `start` is closed; with `quote`, where the quoted name ends."""
    if quote:
        return text.index(quote, text.index(quote) + 1)
    depth = 0
    for i in range(start, len(text)):
        if text[i] in "([{":
            depth += 1
        elif text[i] in ")]}":
            depth -= 1
            if depth == 0:
                return i
    raise ToolError(f"LLVM text not understood: {text[:60]!r}")


def split(text: str) -> list[str]:
    """The parts between the commas outside of brackets and quotes."""
    parts, depth, start, quoted = [], 0, 0, False
    for i, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif char in "([{<":
            depth += 1
        elif char in ")]}>":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
    last = text[start:].strip()
    return [*parts, last] if last else parts


def without_attributes(text: str) -> str:
    """An argument without attributes such as `sret(%type)`."""
    return re.sub(r"\b(sret|byval|byref|elementtype)\([^()]*\) ?", "", FLAGS.sub("", text)).strip()


def without_tail(text: str) -> str:
    return re.sub(r"(, (align \d+|section \"[^\"]*\"|comdat.*|!\w+ !\d+))+$", "", text)
