"""Runs a C++ testbench natively and notes every call of the top: what went in, what came out.

The top is renamed in the text, and a function of its old name put behind it that writes the
arguments' bytes to a file before and after the call. The sizes and places of all fields are known
from the signature, so that the bytes can be read as numbers here.
"""

import re
import struct
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path, PurePosixPath

import numpy as np

from prompts.design import CXX_SUFFIXES
from prompts.interface import RETURN, UNBOUNDED, Argument, Interface, Values
from prompts.vectors import Call, Vectors
from tools.csim_plan import INCLUDE
from tools.cxx import ready_compiler
from tools.errors import ToolError
from tools.hls.cxx_text import Definition, definitions
from tools.hls.debug_types import Field
from tools.hls.signature import Parameter, Signature
from tools.kernel_math import LIBRARY, NAME, OPTIONS, uses_math
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits

HEADER = Path(__file__).parents[1] / "templates" / "capture.h"
TOUCHED = HEADER.with_name("touched.c")
_COPIES = ("memcpy", "memmove", "memset")
_WATCHED = ("-fsanitize=thread", *(f"-fno-builtin-{name}" for name in _COPIES))
_WRAPPED = tuple(f"-Wl,--wrap={name}" for name in _COPIES)
_RETURNED = -1
_ARRAY = 16
"""The bit of a record's number from which on the place in an array of streams is counted."""
_HEAD = struct.Struct("<qQQQ")


@dataclass(frozen=True)
class Captured:
    """What a testbench did: its exit status and output, and the calls in their order.

    `total` counts all calls, `calls` holds the first of them.
    """

    returncode: int
    output: str
    total: int
    calls: tuple[Mapping[str, tuple[Values | None, Values | None]], ...]
    """By argument: the values before and after; streams: what a call has taken or given."""
    outcome: Outcome
    command: str

    def vectors(self, interface: Interface) -> Vectors:
        """The calls for an interface of these arguments; streams get the length seen."""
        shaped = tuple(self._shaped(argument) for argument in interface.arguments)
        fitting = {a.name: a.shape for a in shaped if a.kind == "memory"}
        calls = tuple(_call(shaped, _filled_up(values, fitting)) for values in self.calls)
        return Vectors(replace(interface, arguments=shaped), calls)

    def _shaped(self, argument: Argument) -> Argument:
        if argument.shape[:1] == (UNBOUNDED,):
            used = [v for values in self.calls for v in values[argument.name] if v is not None]
            most = max((len(values) for values in used), default=0)
            return replace(argument, shape=(max(1, most), *argument.shape[1:]))
        if argument.kind != "stream":
            return argument
        after = argument.direction == "out"
        moved = (values[argument.name][after] for values in self.calls)
        beats = {values.size for values in moved if values is not None}
        return replace(argument, shape=(max(1, *beats),), varies=len(beats) > 1 or beats == {0})


def capture(
    signature: Signature,
    sources: Mapping[str, str],
    testbench: Mapping[str, str],
    arguments: Sequence[str] = (),
    *,
    most_calls: int = 256,
    time_s: float = 120.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Captured:
    """Compile the sources with the testbench, whose files may include theirs, and run it.

    Raises `ToolError` when it does not compile, or never calls the top.
    """
    ready_compiler(stop)
    plan = _plan(
        signature, {**testbench, **sources}, testbench, tuple(arguments), most_calls, time_s
    )
    outcome = carry_out(plan, stop, cache)
    if not plan.commands[outcome.step].generated:
        errors = [line for line in outcome.stderr.splitlines() if "error" in line]
        what = errors[0] if errors else outcome.stderr.strip()[-300:]
        raise ToolError(f"the testbench does not compile with the kernel: {what}")
    if "calls.bin" not in outcome.files:
        ended = f"it ended with status {outcome.returncode}"
        if outcome.crashed:
            ended = "it crashed: a pointer or an index leads nowhere, or a check failed"
        raise ToolError(
            f"the testbench never came to the end of a call of {signature.top!r}; {ended}"
        )
    total, calls = _read(signature, outcome.files["calls.bin"].read_bytes())
    return Captured(
        outcome.returncode, outcome.log, total, tuple(calls), outcome, plan.text()
    )  # fmt: skip


def _plan(
    signature: Signature,
    files: Mapping[str, str],
    testbench: Mapping[str, str],
    arguments: tuple[str, ...],
    most_calls: int,
    time_s: float,
) -> Plan:
    top = next(d for d in definitions(files) if d.name == signature.top)
    included = {
        name for text in files.values() for name in re.findall(r'#\s*include\s*"([^"]+)"', text)
    }
    compiled = [
        name
        for name in files
        if name.endswith(CXX_SUFFIXES)
        and not name.endswith((".h", ".hpp"))
        and name not in included
    ]
    headers = {
        f"include/{path.relative_to(INCLUDE)}": path.read_text()
        for path in sorted(INCLUDE.rglob("*.h"))
    }
    own = _with_kernel(compiled, testbench, top.file)
    has_math = uses_math(text for name, text in files.items() if name not in testbench)
    ours = {name: OPTIONS if has_math and name in own else () for name in compiled}
    measures = any(_is_measured(p) for p in signature.parameters)
    if measures:
        ours |= {name: (*ours[name], *_WATCHED) for name in own}
    steps = [
        Command("c++", (*_options(name, most_calls), *more, "-c", name, "-o", f"{name}.o"))
        for name, more in ours.items()
    ]
    # The kernel's first: its variables are then not taken for what lies behind a testbench's array.
    objects = tuple(f"{name}.o" for name in sorted(compiled, key=lambda name: name not in own))
    if measures:
        files = {**files, TOUCHED.name: TOUCHED.read_text()}
        steps.append(Command("c++", ("-xc", "-std=gnu17", "-O1", "-w", "-fno-builtin", "-c",
                                     TOUCHED.name, "-o", "touched.o")))  # fmt: skip
        objects = (*objects, "touched.o", *_WRAPPED)
    if has_math:
        files = {**files, NAME: LIBRARY.read_text()}
        steps.append(Command("c++", ("-std=c++20", "-O1", "-w", "-c", NAME, "-o", "math.o")))
        objects = (*objects, "math.o")
    link = Command("c++", (*objects, "-lm", "-o", "testbench"))
    return Plan(
        {
            **files,
            **headers,
            "capture.h": HEADER.read_text(),
            top.file: _wrapped(files[top.file], top, signature),
        },
        (*steps, link, Command("./testbench", arguments)),
        keep=("calls.bin",),
        limits=Limits(time_s=time_s, memory_bytes=8 << 30),
    )


def _with_kernel(compiled: Sequence[str], testbench: Mapping[str, str], top: str) -> set[str]:
    """The files that are compiled for the kernel; a testbench may include the kernel's text."""
    own = {name for name in compiled if name not in testbench}
    return own if top in own else set(compiled)


def _options(name: str, most_calls: int) -> tuple[str, ...]:
    plain_c = PurePosixPath(name).suffix == ".c"
    language = ("-xc", "-std=gnu17") if plain_c else ("-xc++", "-std=c++20")
    capture_all = ("-include", "capture.h", f"-DSILIWRIGHT_MOST={most_calls}ul")
    return (*language, "-O1", "-fwrapv", "-w", "-Iinclude", "-I.", *capture_all)


def _wrapped(text: str, top: Definition, signature: Signature) -> str:
    """The file with the top renamed, and behind it, in the same line, one that notes the calls."""
    inner = f"siliwright_{top.name}"
    call = f"{inner}({', '.join(top.names)})"
    note = [f"siliwright_calls++; siliwright_head({len(signature.parameters)}, 0, 0, 0);"]
    note += [_note(number, 0, p) for number, p in enumerate(signature.parameters)]
    measured = [(n, p.name) for n, p in enumerate(signature.parameters) if _is_measured(p)]
    if signature.result:
        note.append(f"__typeof__({call}) siliwright_result = {call};")
    else:
        note.append(f"{call};")
    note += [
        _note(number, 1, p)
        for number, p in enumerate(signature.parameters)
        if _is_noted_after(p) and not _is_measured(p)
    ]
    note += [f"siliwright_used({n}, {i}, {name}, sizeof *{name});"
             for i, (n, name) in enumerate(measured)]  # fmt: skip
    note += ["siliwright_forget();"] if measured else []
    if signature.result:
        size = "sizeof siliwright_result"
        note.append(f"siliwright_put({_RETURNED}, 1, &siliwright_result, {size}, {size});")
        note.append("return siliwright_result;")
    wrapper = f" {top.head} {top.name}({', '.join(top.parameters)}) {{ {' '.join(note)} }}"
    renamed = text[: top.at] + inner + text[top.at + len(top.name) : top.end]
    return renamed + wrapper + text[top.end :]


def _is_noted_after(parameter: Parameter) -> bool:
    return parameter.direction != "in" or parameter.type.by == "stream"


def _is_measured(parameter: Parameter) -> bool:
    """Whether a call alone tells how many elements there are."""
    return parameter.shape[:1] == (UNBOUNDED,)


def _note(number: int, after: int, parameter: Parameter) -> str:
    """A statement that writes a parameter's bytes, or a stream's contents."""
    name = parameter.name
    if _is_measured(parameter):
        return f"siliwright_watch({name});"
    if parameter.type.by == "stream":
        return "".join(
            f"siliwright_stream({key}, {after}, {name}{index});"
            for key, index in _streams(number, parameter)
        )
    if parameter.type.by == "value" and parameter.type.shape:
        bytes_all = f"{parameter.shape[0]}ul * sizeof *{name}"
        return f"siliwright_put({number}, {after}, {name}, {bytes_all}, {bytes_all});"
    if parameter.type.by == "pointer":
        count = parameter.shape[0] if parameter.shape else 1
        bytes_all = f"{count}ul * sizeof *{name}"
        return f"siliwright_put({number}, {after}, {name}, {bytes_all}, {bytes_all});"
    return f"siliwright_put({number}, {after}, &{name}, sizeof {name}, sizeof {name});"


def _streams(number: int, parameter: Parameter) -> list[tuple[int, str]]:
    """The streams of a parameter: the number of each one's records, and its index in C++."""
    if not parameter.shape:
        return [(number, "")]
    found = product(*map(range, parameter.shape))
    return [
        (number | (at + 1) << _ARRAY, "".join(f"[{i}]" for i in index))
        for at, index in enumerate(found)
    ]


def _read(
    signature: Signature, data: bytes
) -> tuple[int, list[dict[str, tuple[Values | None, Values | None]]]]:
    """All calls that were made whole: how many, and the values of those that were noted."""
    raw: list[dict[tuple[int, int], tuple[int, bytes]]] = []
    total = at = 0
    while at + _HEAD.size <= len(data):
        number, after, element, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if number == len(signature.parameters):
            total += 1
            raw.append({})
        elif raw:
            raw[-1][number, after] = (element, data[at : at + size])
            at += size
    whole = [call for call in raw if _is_whole(signature, call)]
    return total, [_values(signature, call) for call in whole]


def _is_whole(signature: Signature, call: Mapping[tuple[int, int], tuple[int, bytes]]) -> bool:
    wanted = set()
    for number, parameter in enumerate(signature.parameters):
        is_stream = parameter.type.by == "stream"
        keys = [key for key, _ in _streams(number, parameter)] if is_stream else [number]
        wanted |= {(key, 0) for key in keys}
        wanted |= {(key, 1) for key in keys if _is_noted_after(parameter)}
    if signature.result:
        wanted.add((_RETURNED, 1))
    return wanted <= set(call)


def _values(
    signature: Signature, call: Mapping[tuple[int, int], tuple[int, bytes]]
) -> dict[str, tuple[Values | None, Values | None]]:
    found: dict[str, tuple[Values | None, Values | None]] = {}
    for number, parameter in enumerate(signature.parameters):
        if parameter.kind == "stream" and parameter.type.by == "stream":
            records = [record for record, _ in _streams(number, parameter)]
            for argument, record in zip(parameter.arguments(), records, strict=True):
                found[argument.name] = _beats(parameter, call[record, 0], call[record, 1])
            continue
        for item, argument in zip(parameter.fields, parameter.arguments(), strict=True):
            before, after = (
                _numbers(call[key][1], item, _extents(argument, *call[key]))
                if (key := (number, side)) in call
                else None
                for side in (0, 1)
            )
            found[argument.name] = (before, after)
    if signature.result:
        found[RETURN] = (None, _numbers(call[_RETURNED, 1][1], signature.result, ()))
    return found


def _filled_up(
    values: Mapping[str, tuple[Values | None, Values | None]],
    shapes: Mapping[str, tuple[int, ...]],
) -> dict[str, tuple[Values | None, Values | None]]:
    """The values of a call, with zeros where it uses less of an array than others do."""

    def filled(name: str, given: Values | None) -> Values | None:
        if given is None or name not in shapes or given.shape == shapes[name]:
            return given
        made = np.zeros(shapes[name], given.dtype)
        made[: len(given)] = given
        return made

    return {n: (filled(n, first), filled(n, last)) for n, (first, last) in values.items()}


def _beats(
    parameter: Parameter, before: tuple[int, bytes], after: tuple[int, bytes]
) -> tuple[Values | None, Values | None]:
    """What a call has taken from a stream, or put into one: a packed word for each beat."""
    element = before[0] or after[0] or 1
    kept = len(before[1])
    if parameter.direction == "in":
        return _packed(before[1][: kept - len(after[1])], parameter.fields, element), None
    return None, _packed(after[1][kept:], parameter.fields, element)


def _extents(argument: Argument, element: int, data: bytes) -> tuple[int, ...]:
    """The shape of an argument's values, of which a call may have used a part alone."""
    if argument.shape[:1] != (UNBOUNDED,):
        return argument.shape
    return (len(data) // element, *argument.shape[1:])


def _packed(data: bytes, fields: Sequence[Field], element: int) -> Values:
    """The beats of a stream; the fields of a structure stand in one word, the first lowest."""
    count = len(data) // element
    if len(fields) == 1 and not fields[0].shape:
        return _numbers(data, fields[0], (count,))
    words, at = [0] * count, 0
    for item in fields if count else ():
        mask = (1 << item.bits) - 1
        for column in _numbers(data, item, (count, *item.shape)).reshape(count, -1).T:
            for i, value in enumerate(column.tolist()):
                words[i] |= (value & mask) << at
            at += item.bits
    return _array(words, (count,))


def _numbers(data: bytes, item: Field, shape: tuple[int, ...]) -> Values:
    """A field's values; `shape` is the parameter's with the field's behind it."""
    outer = int(np.prod(shape[: len(shape) - len(item.shape)], dtype=np.int64))
    each = 8 * len(data) // max(1, outer)
    inner = np.zeros(1, np.int64)
    for extent, stride in zip(item.shape, item.strides_bits, strict=True):
        inner = (inner[:, None] + stride * np.arange(extent)).reshape(-1)
    places = (each * np.arange(outer)[:, None] + item.offset_bits + inner).reshape(-1)
    mask, sign = (1 << item.bits) - 1, 1 << (item.bits - 1)
    values = []
    for place in places.tolist():
        start, shift = divmod(place, 8)
        bits = int.from_bytes(data[start : start + (shift + item.bits + 7) // 8], "little")
        value = bits >> shift & mask
        values.append((value ^ sign) - sign if item.signed else value)
    return _array(values, shape)


def _array(values: Sequence[int], shape: tuple[int, ...]) -> Values:
    small = all(-(1 << 63) <= v < 1 << 63 for v in values)
    return np.array(values, dtype=np.int64 if small else object).reshape(shape)


def _call(
    arguments: Sequence[Argument], values: Mapping[str, tuple[Values | None, Values | None]]
) -> Call:
    inputs, outputs, before = {}, {}, {}
    for argument in arguments:
        first, last = values[argument.name]
        if argument.direction != "out" and first is not None:
            inputs[argument.name] = first
        if argument.direction != "in" and last is not None:
            outputs[argument.name] = last
            if argument.direction == "out" and argument.kind != "stream" and first is not None:
                before[argument.name] = first
    return Call(inputs, outputs, before)
