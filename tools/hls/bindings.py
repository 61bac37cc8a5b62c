"""BIND_OP, BIND_STORAGE and the older RESOURCE: what operators and memories are built of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tools.hls.ir import Binding, Function, Kind, Memory
from tools.hls.pragmas import Pragma, Scope, blank
from tools.report import Diagnostic

_KINDS: dict[str, Kind] = {"mul": "mul", "add": "add", "sub": "sub"}
_PORTS = {"1p": 1, "1wnr": 1, "np": 2, "2p": 2, "s2p": 2, "t2p": 2}
_STYLES: dict[str, Literal["block", "distributed"]] = {
    "bram": "block", "lutram": "distributed", "srl": "distributed"}  # fmt: skip
_FABRIC = ("fabric", "lut")
_CORE = re.compile(r"(ram|rom)_([a-z0-9]+?)(?:_([a-z]+))?$")


@dataclass(frozen=True)
class Said:
    """Gathers warnings about pragmas."""

    found: list[Diagnostic]

    def warn(self, pragma: Pragma, why: str) -> None:
        text = f"{pragma.kind.upper()} {why}"
        self.found.append(Diagnostic("warning", text, pragma.file, pragma.line, "PRAGMA"))


def bind(
    function: Function, found: Iterable[Scope], sources: Mapping[str, str], whole: bool
) -> list[Diagnostic]:
    """Give a function's memories and operators what the pragmas ask; warnings about the rest.

    A task, which is not the `whole` kernel, may lack what the pragmas of others are about.
    """
    said = Said([])
    for scope, pragma in ((s, p) for s in found for p in s.pragmas):
        if pragma.kind == "bind_storage" or (pragma.kind == "resource" and _is_memory(pragma)):
            _storage(function, pragma, whole, said)
        elif pragma.kind in ("bind_op", "resource"):
            function.bindings += _operator(scope, pragma, sources, said)
    return said.found


def _is_memory(pragma: Pragma) -> bool:
    return bool(_CORE.match(pragma.options.get("core", "").lower()))


def _storage(function: Function, pragma: Pragma, whole: bool, said: Said) -> None:
    name = pragma.options.get("variable", "")
    kind = pragma.options.get("type", pragma.options.get("core", "")).lower()
    impl = pragma.options.get("impl", "auto").lower()
    read = _CORE.match(kind)
    ports = _PORTS.get(read[2]) if read else None
    if read and read[3]:
        impl = read[3]
    memories = [m for m in function.memories.values() if _is_bank(m, name)]
    if not memories and not whole:
        return
    if not memories:
        said.warn(pragma, f"has no effect: {name!r} is no array in memory")
    elif kind and ports is None:
        said.warn(pragma, f"type={kind} has no effect: it is none of ram_1p, ram_2p and so on")
    if pragma.number("latency", 1) not in (1, None):
        said.warn(pragma, "latency has no effect: every read of a memory takes one cycle")
    if impl not in (*_STYLES, "auto"):
        said.warn(pragma, f"impl={impl} has no effect: there are bram and lutram")
    for memory in memories:
        made = memory
        if ports and not memory.async_read:
            made = replace(made, ports=ports)
        if impl in _STYLES and memory.place == "argument":
            said.warn(pragma, f"impl={impl} has no effect: {name!r} is the caller's memory")
        elif impl in _STYLES and memory.async_read:
            said.warn(pragma, f"impl={impl} has no effect: {name!r} is in registers")
        else:
            made = replace(made, style=_STYLES.get(impl, ""), asked=impl in _STYLES)
        function.memories[memory.name] = made


def _is_bank(memory: Memory, name: str) -> bool:
    """Whether a memory is the array of that name, or a part of it."""
    return bool(name and re.fullmatch(rf"{re.escape(name)}((_i?)?\d*)*", memory.name))


def _operator(
    scope: Scope, pragma: Pragma, sources: Mapping[str, str], said: Said
) -> Iterator[Binding]:
    core = pragma.options.get("core", "").lower()
    name = pragma.options.get("op", core.partition("_")[0].removesuffix("ns")).lower()
    impl = pragma.options.get("impl", core.partition("_")[2] or "auto").lower()
    depth = pragma.number("latency", 0) or 0
    lines = frozenset(_assigned(scope, pragma, sources))
    if name not in _KINDS:
        said.warn(pragma, f"has no effect: {name!r} is none of {', '.join(_KINDS)}")
    elif not lines:
        variable = pragma.options.get("variable", "")
        said.warn(pragma, f"has no effect: {variable!r} is assigned nowhere in its {scope.kind}")
    else:
        if impl == "dsp" and name != "mul":
            said.warn(pragma, f"impl=dsp has no effect: synthesis makes a {name} of logic")
        yield Binding(_KINDS[name], lines, name == "mul" and impl in _FABRIC, depth)


def _assigned(scope: Scope, pragma: Pragma, sources: Mapping[str, str]) -> Iterator[int]:
    """The lines of a scope where the pragma's variable gets a value."""
    variable = re.escape(pragma.options.get("variable", ""))
    given = re.compile(rf"\b{variable}\b\s*(\[[^=;]*\]\s*)*[-+*]?=(?!=)") if variable else None
    lines = blank(sources[scope.file]).splitlines()[scope.start - 1 : scope.end]
    for number, line in enumerate(lines, scope.start):
        if given and "#pragma" not in line and given.search(line):
            yield number
