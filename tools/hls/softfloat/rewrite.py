"""LLVM's text without floating point: every float and double a word, every operation a call.

The calls are of the functions that `operators.cpp` defines. What has no such function is left as it
is, for the engine to refuse it at its line.
"""

import re
import struct
from collections.abc import Callable

_NAME = r'%(?:"[^"]*"|[-\w.$]+)'
_FLAGS = r"(?:(?:nnan|ninf|nsz|arcp|contract|afn|reassoc|fast) )*"
_WORD = re.compile(
    r'(?P<text>c?"[^"]*")|(?P<name>[%@](?:"[^"]*"|[-\w.$]+))|(?<![\w.])(?:(?P<type>float|double)\b'
    r"|(?P<decimal>-?\d+\.\d+e[-+]\d+)|(?P<hex>0x[0-9A-F]{16}))"
)
_MADE = re.compile(rf"^  ({_NAME}) = (?:tail |notail )?({_FLAGS}\w+) (.*?)((?:, ![\w.]+ !\d+)*)$")
_OTHER = re.compile(r'(?<![%@\w."-])(?:half|bfloat|x86_fp80|fp128)\b')
_BITS = {"float": 32, "double": 64}
_COMPARED: dict[str, tuple[str, bool, bool]] = {
    "oeq": ("oeq", False, False), "une": ("oeq", False, True),
    "olt": ("olt", False, False), "uge": ("olt", False, True),
    "ogt": ("olt", True, False), "ule": ("olt", True, True),
    "ole": ("ole", False, False), "ugt": ("ole", False, True),
    "oge": ("ole", True, False), "ult": ("ole", True, True),
    "one": ("one", False, False), "ueq": ("one", False, True),
    "uno": ("uno", False, False), "ord": ("uno", False, True),
}  # fmt: skip
"""A predicate's operator, whether its operands change places, and whether its answer turns."""
_UNARY = {
    "sqrt": "sqrt", "floor": "floor", "ceil": "ceil", "trunc": "trunc", "rint": "rint",
    "nearbyint": "rint", "roundeven": "rint", "round": "round",
}  # fmt: skip
_WIDTHS = (16, 32, 64, 128)
"""Of integers that are converted; narrower ones are extended."""


_FUNCTIONS = (
    "exp|exp2|expm1|log|log2|log10|log1p|cbrt|sin|cos|tan|asin|acos|atan|atan2|"
    "sinh|cosh|tanh|asinh|acosh|atanh|pow|hypot|fmin|fmax|fdim|ldexp"
)
_LIBRARY = re.compile(
    rf"@(?:({_FUNCTIONS})(f?)|llvm\.({_FUNCTIONS}|minnum|maxnum)\.f(32|64)(?:\.i32)?)\("
)
_INTRINSIC = {"minnum": "fmin", "maxnum": "fmax"}


def with_own_functions(text: str) -> str:
    """The module with calls of the functions of `softmath/` for those of the C library.

    A function of such a name that the kernel defines itself stays.
    """
    own = set(re.findall(r"^define .*?@(\w+)\(", text, re.M))
    declared: set[str] = set()

    def called(match: re.Match[str]) -> str:
        if match[1]:
            plain, bits = match[1], "32" if match[2] else "64"
            if plain + match[2] in own:
                return match.group()
        else:
            plain, bits = _INTRINSIC.get(match[3], match[3]), match[4]
        return f"@softmath_{plain}_{bits}("

    kept = []
    for line in text.splitlines():
        changed = _LIBRARY.sub(called, line) if "@" in line else line
        if changed.startswith("declare ") and changed != line:
            name = changed.split("@")[1].split("(")[0]
            if name in declared:
                continue
            declared.add(name)
        kept.append(changed)
    return "\n".join(kept) + "\n"


def uses_floats(text: str) -> bool:
    """Whether a module has any number of floating point in it."""
    return any(match["type"] for line in _code(text) for match in _WORD.finditer(line))


def uses_other_formats(text: str) -> bool:
    """Whether a module has floating point that is neither float nor double."""
    return any(_OTHER.search(line) for line in _code(text) if not line.startswith("declare"))


def _code(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith(("!", ";", "attributes"))]


def rewritten(text: str) -> str:
    """The module with words of 32 and 64 bits for floats and doubles."""
    return _Rewriter().module(text)


class _Rewriter:
    def __init__(self) -> None:
        self.declared: dict[str, str] = {}
        self.fresh = 0

    def module(self, text: str) -> str:
        lines = [self._line(line) for line in text.splitlines()]
        known = set(re.findall(r"^(?:define|declare) .*?@([\w.]+)\(", text, re.M))
        declarations = [
            f"declare {given}" for name, given in self.declared.items() if name not in known
        ]
        return "\n".join([*lines, *declarations]) + "\n"

    def _line(self, line: str) -> str:
        if line.startswith(("!", ";", "attributes", "source_filename", "target")):
            return line
        if line.startswith("declare ") and "@llvm." in line and uses_floats(line):
            return ""
        match = _MADE.match(line)
        words = match[2].split() if match else [""]
        handler = _HANDLERS.get(words[-1])
        if match and handler:
            result, rest, tail = match[1], match[3], match[4]
            made = handler(self, result, words[-1], re.sub(rf"^{_FLAGS}", "", rest))
            if made is not None:
                return "\n".join(f"  {plain_words(part)}{tail}" for part in made)
        return plain_words(re.sub(r"\bnofpclass\([^()]*\) ?", "", line))

    def call(self, result: str, name: str, kind: str, *args: tuple[str, str]) -> str:
        """A call of one of our functions, which is declared."""
        parts = ", ".join(f"{given} {value}" for given, value in args)
        kinds = ", ".join(plain_words(given) for given, _ in args)
        self.declared[f"softfloat_{name}"] = f"{plain_words(kind)} @softfloat_{name}({kinds})"
        return f"{result} = call {kind} @softfloat_{name}({parts})"

    def temporary(self) -> str:
        self.fresh += 1
        return f"%softfloat.{self.fresh}"

    def arithmetic(self, result: str, opcode: str, rest: str) -> list[str]:
        kind, a, b = _operands(rest)
        return [self.call(result, f"{opcode}_{_BITS[kind]}", kind, (kind, a), (kind, b))]

    def negation(self, result: str, opcode: str, rest: str) -> list[str]:
        kind, value = rest.split(" ", 1)
        return [f"{result} = xor {kind} {value}, {-1 << (_BITS[kind] - 1)}"]

    def comparison(self, result: str, opcode: str, rest: str) -> list[str] | None:
        predicate, _, rest = rest.partition(" ")
        if predicate not in _COMPARED:
            return None
        kind, a, b = _operands(rest)
        name, swapped, negated = _COMPARED[predicate]
        pair = ((kind, b), (kind, a)) if swapped else ((kind, a), (kind, b))
        if not negated:
            return [self.call(result, f"{name}_{_BITS[kind]}", "i1", *pair)]
        opposite = self.temporary()
        made = self.call(opposite, f"{name}_{_BITS[kind]}", "i1", *pair)
        return [made, f"{result} = xor i1 {opposite}, true"]

    def to_integer(self, result: str, opcode: str, rest: str) -> list[str] | None:
        kind, value, target = _conversion(rest)
        width = _width(max(int(target[1:]), 32))
        if width is None:
            return None
        whole = result if target == f"i{width}" else self.temporary()
        made = [self.call(whole, f"{opcode}_{_BITS[kind]}_{width}", f"i{width}", (kind, value))]
        if whole != result:
            made.append(f"{result} = trunc i{width} {whole} to {target}")
        return made

    def from_integer(self, result: str, opcode: str, rest: str) -> list[str] | None:
        source, value, target = _conversion(re.sub(r"^nneg ", "", rest))
        width = _width(int(source[1:]))
        if width is None:
            return None
        made = []
        if source != f"i{width}":
            wide = self.temporary()
            extend = "sext" if opcode == "sitofp" else "zext"
            made, value = [f"{wide} = {extend} {source} {value} to i{width}"], wide
        name = f"{opcode}_{_BITS[target]}_{width}"
        return [*made, self.call(result, name, target, (f"i{width}", value))]

    def format(self, result: str, opcode: str, rest: str) -> list[str] | None:
        source, value, target = _conversion(rest)
        if source not in _BITS or target not in _BITS:
            return None
        return [self.call(result, opcode, target, (source, value))]

    def intrinsic(self, result: str, opcode: str, rest: str) -> list[str] | None:
        match = re.match(r"(?:.* )?(\w+) @llvm\.([\w.]+)\.f(32|64)\((.*)\)(?: #\d+)?$", rest)
        if match is None:
            return None
        name, bits = match[2], match[3]
        kind = "float" if bits == "32" else "double"
        args = [_argument(part) for part in match[4].split(", ")]
        values = [value for _, value in args]
        mask = (1 << (int(bits) - 1)) - 1
        if name == "fabs":
            return [f"{result} = and {kind} {values[0]}, {mask}"]
        if name == "copysign":
            size, sign = self.temporary(), self.temporary()
            return [
                f"{size} = and {kind} {values[0]}, {mask}",
                f"{sign} = and {kind} {values[1]}, {~mask}",
                f"{result} = or {kind} {size}, {sign}",
            ]
        if name == "fmuladd":
            product = self.temporary()
            return [
                self.call(product, f"fmul_{bits}", kind, *args[:2]),
                self.call(result, f"fadd_{bits}", kind, (kind, product), args[2]),
            ]
        if name == "is.fpclass":
            return [self.call(result, f"class_{bits}", "i1", *args)]
        if whole := re.fullmatch(r"l?l(round|rint)\.i64", name):
            rounded = self.temporary()
            return [
                self.call(rounded, f"{whole[1]}_{bits}", kind, args[0]),
                self.call(result, f"fptosi_{bits}_64", "i64", (kind, rounded)),
            ]
        if name in _UNARY:
            return [self.call(result, f"{_UNARY[name]}_{bits}", kind, args[0])]
        return [self.call(result, f"{name}_{bits}", kind, *args)]


_HANDLERS: dict[str, Callable[[_Rewriter, str, str, str], list[str] | None]] = {
    **dict.fromkeys(("fadd", "fsub", "fmul", "fdiv", "frem"), _Rewriter.arithmetic),
    "fneg": _Rewriter.negation,
    "fcmp": _Rewriter.comparison,
    **dict.fromkeys(("fptosi", "fptoui"), _Rewriter.to_integer),
    **dict.fromkeys(("sitofp", "uitofp"), _Rewriter.from_integer),
    **dict.fromkeys(("fpext", "fptrunc"), _Rewriter.format),
    "call": _Rewriter.intrinsic,
}


def plain_words(line: str) -> str:
    """A line with the types and constants of floating point replaced by those of integers."""
    kind = "double"

    def replaced(match: re.Match[str]) -> str:
        nonlocal kind
        if match["type"]:
            kind = match["type"]
            return f"i{_BITS[kind]}"
        if match["decimal"]:
            return str(_bits(float(match["decimal"]), kind))
        if match["hex"]:
            return str(_bits_of_double(int(match["hex"], 16), kind))
        return match.group()

    return _WORD.sub(replaced, line)


def _bits(value: float, kind: str) -> int:
    packed = struct.pack("<f" if kind == "float" else "<d", value)
    return int.from_bytes(packed, "little")


def _bits_of_double(bits: int, kind: str) -> int:
    """A constant in LLVM's hexadecimal form, which is that of a double also for a float."""
    if kind == "double":
        return bits
    if bits >> 52 & 0x7FF == 0x7FF:  # no conversion, which would make a signalling NaN quiet
        return bits >> 63 << 31 | 0xFF << 23 | bits >> 29 & 0x7FFFFF
    return _bits(struct.unpack("<d", bits.to_bytes(8, "little"))[0], kind)


def _operands(rest: str) -> tuple[str, str, str]:
    kind, _, pair = rest.partition(" ")
    a, b = pair.split(", ")
    return kind, a, b


def _conversion(rest: str) -> tuple[str, str, str]:
    """The type, the value and the type that it is converted to."""
    given, _, target = rest.rpartition(" to ")
    kind, _, value = given.partition(" ")
    return kind, value, target


def _argument(part: str) -> tuple[str, str]:
    """The type and the value of a call's argument, without attributes."""
    words = part.split()
    return words[0], words[-1]


def _width(bits: int) -> int | None:
    return next((width for width in _WIDTHS if bits <= width), None)
