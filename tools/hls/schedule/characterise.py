"""Measures a technology's table of delays; run as a module, it makes the shipped ones anew."""

import threading
from pathlib import Path

from pydantic import TypeAdapter

from tools.hls.expression import expression
from tools.hls.ir import Op
from tools.hls.schedule.cells import Cells
from tools.hls.schedule.delays import TABLES, Delays
from tools.hls.schedule.ecp5 import BLOCK_RAM_OUT_PS, MARGIN, RAM_ROUTE_PS, Ecp5
from tools.hls.schedule.oracle import Oracle, Technology
from tools.targets.cells import CELLS
from tools.targets.liberty import library

_WIDTHS = (1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 128)
_FACTORS = (4, 8, 9, 12, 16, 18, 19, 24, 32, 36, 48, 64)
_NARROW = 18
"""The second factor of `mul narrow`: that of one multiplier in silicon."""
_FEW_WIDTHS = (1, 4, 8, 16, 32, 64)
_FEW_FACTORS = (4, 8, 16, 32)
_INPUTS = (2, 3, 4, 5, 6, 7, 8)
_MIXED = 0xB5A6_93C7_5D2E_8F1B_B5A6_93C7_5D2E_8F1B
"""A constant with about as many ones as zeros."""
_EXPRESSIONS = {
    "add": "a + b",
    "sub": "a - b",
    "xor": "a ^ b",
    "select": "c ? a : b",
    "eq": "a == b",
    "ult": "a < b",
    "shl": "a << b",
    "lshr": "a >> b",
    "ashr": "$signed(a) >>> b",
}
_WITH_CONSTANT = ("add", "sub", "eq", "ult")


def measured(
    technology: Technology, stop: threading.Event | None = None, quick: bool = False
) -> Delays:
    """The delays of a technology; `quick` measures fewer widths. What is known is not redone."""
    pieces = _pieces(*((_FEW_WIDTHS, _FEW_FACTORS) if quick else (_WIDTHS, _FACTORS)))
    timings = Oracle(technology, stop=stop).measure(list(pieces.values()))
    table: dict[str, dict[int, float]] = {}
    for (name, width), timing in zip(pieces, timings, strict=True):
        if timing:
            table.setdefault(name, {})[width] = timing.delay_ps
    of_ecp5 = (BLOCK_RAM_OUT_PS, RAM_ROUTE_PS, MARGIN) if isinstance(technology, Ecp5) else ()
    return Delays(technology.name, technology.margin_ps, table, *of_ecp5)


def _pieces(widths: tuple[int, ...], factors: tuple[int, ...]) -> dict[tuple[str, int], str]:
    """An operator of each kind and width, and `logic` of so many inputs, as Verilog."""
    pieces: dict[tuple[str, int], str] = {}
    for width in widths:
        for name, text in _EXPRESSIONS.items():
            result = 1 if name in ("eq", "ult") else width
            pieces[name, width] = _piece(text, width, result)
            if name in _WITH_CONSTANT:
                fixed = text.replace("b", f"{width}'d{_MIXED % (1 << width) | 1}", 1)
                pieces[f"{name} const", width] = _piece(fixed, width, result)
        word, zeros = Op(0, "input", width), width.bit_length()
        counted = expression(Op(1, "clz", zeros, (0,)), {0: word}, lambda _: "a")
        pieces["clz", width] = _piece(counted, width, zeros, "a")
    for width in factors:
        pieces["mul", width] = _piece("a * b", width, 2 * width)
        if width > _NARROW:
            pieces["mul narrow", width] = _narrow(width)
        pieces["mul low", width] = _piece("a * b", width, width)
        fixed = f"a * {width}'d{_MIXED % (1 << width) | 1}"
        pieces["mul const", width] = _piece(fixed, width, width)
    for number in _INPUTS:
        ports = f"input [{number - 1}:0] a, output y"
        pieces["logic", number] = f"module m({ports}); assign y = ^a; endmodule\n"
    return pieces


def _narrow(width: int) -> str:
    """A product of factors of different widths."""
    inputs = f"input [{width - 1}:0] a, input [{_NARROW - 1}:0] b"
    output = f"output [{width + _NARROW - 1}:0] y"
    return f"module m({inputs}, {output}); assign y = a * b; endmodule\n"


def _piece(text: str, width: int, result: int, names: str = "ab") -> str:
    inputs = "".join(f"input [{width - 1}:0] {n}, " for n in names if n in text)
    chooser = "input c, " if "c ?" in text else ""
    output = f"output [{result - 1}:0] y"
    return f"module m({inputs}{chooser}{output}); assign y = {text}; endmodule\n"


def main() -> None:
    generic = CELLS[0].library
    assert isinstance(generic, Path)
    for technology in (Ecp5("ecp5"), Cells(library(generic), "generic")):
        text = TypeAdapter(Delays).dump_json(measured(technology), indent=1).decode()
        (TABLES / f"{technology.name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
