"""Measures the table of `delays.py`: `python -m tools.hls.schedule.characterise`."""

import json

from tools.hls.schedule.delays import TABLE
from tools.hls.schedule.ecp5 import Ecp5
from tools.hls.schedule.oracle import Oracle

_WIDTHS = (1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 128)
_FACTORS = (4, 8, 9, 12, 16, 18, 24, 32, 36, 48, 64)
_DIVIDED = (4, 8, 16, 24, 32)
_MIXED = 0xB5A6_93C7_5D2E_8F1B_B5A6_93C7_5D2E_8F1B
"""A constant with about as many ones as zeros."""
_EXPRESSIONS = {
    "add": "a + b",
    "sub": "a - b",
    "xor": "a ^ b",
    "select": "c ? a : b",
    "eq": "a == b",
    "ult": "a < b",
    "slt": "$signed(a) < $signed(b)",
    "shl": "a << b",
    "lshr": "a >> b",
    "ashr": "$signed(a) >>> b",
}
_WITH_CONSTANT = ("add", "sub", "eq", "ult", "slt")
_DIVISIONS = {"udiv": "a / b", "urem": "a % b", "sdiv": "$signed(a) / $signed(b)"}


def main() -> None:
    pieces: dict[tuple[str, int], str] = {}
    for width in _WIDTHS:
        for name, expression in _EXPRESSIONS.items():
            result = 1 if name in ("eq", "ult", "slt") else width
            pieces[name, width] = _piece(expression, width, result)
            if name in _WITH_CONSTANT:
                fixed = expression.replace("b", f"{width}'d{_MIXED % (1 << width) | 1}", 1)
                pieces[f"{name} const", width] = _piece(fixed, width, result)
    for width in _FACTORS:
        pieces["mul", width] = _piece("a * b", width, 2 * width)
        pieces["mul low", width] = _piece("a * b", width, width)
        fixed = f"a * {width}'d{_MIXED % (1 << width) | 1}"
        pieces["mul const", width] = _piece(fixed, width, width)
    for width in _DIVIDED:
        for name, expression in _DIVISIONS.items():
            pieces[name, width] = _piece(expression, width, width)
    table: dict[str, dict[int, float]] = {}
    for (name, width), timing in zip(
        pieces, Oracle(Ecp5()).measure(list(pieces.values())), strict=True
    ):
        if timing:
            table.setdefault(name, {})[width] = timing.delay_ps
    table["srem"] = table["sdiv"]
    TABLE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n")


def _piece(expression: str, width: int, result: int) -> str:
    inputs = "".join(f"input [{width - 1}:0] {n}, " for n in "ab" if n in expression)
    chooser = "input c, " if "c ?" in expression else ""
    output = f"output [{result - 1}:0] y"
    return f"module m({inputs}{chooser}{output}); assign y = {expression}; endmodule\n"


if __name__ == "__main__":
    main()
