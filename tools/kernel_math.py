"""What a kernel's sources are compiled with natively, for their <math.h> to be the engine's own."""

import re
from collections.abc import Iterable
from pathlib import Path

LIBRARY = Path(__file__).parent / "include" / "softmath" / "library.cpp"
NAME = f"include/softmath/{LIBRARY.name}"
OPTIONS = ("-fno-builtin", "-ffp-contract=off", "-include", "softmath/kernel.h")
"""For the sources of a kernel; the testbench keeps the C library's functions."""
_INCLUDED = re.compile(r"#\s*include\s*[<\"][^>\"]*(math|complex|stdc\+\+|random|valarray)")


def uses_math(texts: Iterable[str]) -> bool:
    """Whether any of these sources includes a header that brings the functions of <math.h>."""
    return any(_INCLUDED.search(text) for text in texts)
