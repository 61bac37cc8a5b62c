"""What the tasks of a dataflow region are given: the top's parameters, and the channels."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.errors import ToolError
from tools.hls.debug_types import Field, Resolved, Variable
from tools.hls.pragmas import Pragma, Scope
from tools.hls.signature import Parameter, Signature

DEPTH = 2
"""Words in the FIFO of a stream whose depth nobody says, as in Vitis."""


@dataclass(frozen=True)
class Call:
    """The call of a task: `function` is the one in LLVM's IR with that call alone."""

    function: str
    name: str
    line: int


@dataclass(frozen=True)
class Region:
    """A dataflow region as LLVM's code was cut up."""

    tasks: tuple[Call, ...] = ()
    channels: dict[str, str] = field(default_factory=dict)
    """The variable that each channel is in the source."""
    results: dict[str, int] = field(default_factory=dict)
    """The bits of channels that are results of tasks."""
    refused: str = ""


@dataclass(frozen=True)
class Channel:
    """A variable that joins tasks, as a parameter of them; `depth` is that of a stream."""

    parameter: Parameter
    line: int = 0
    depth: int = DEPTH


def channels(region: Region, signature: Signature, found: Sequence[Scope]) -> list[Channel]:
    """The channels of a region with their types."""
    top = next((s for s in found if s.kind == "function" and s.name == signature.top), None)
    own = [s for s in found if s is top or s.find("inline") or s.find("dataflow")]
    inside = [p for s in own for p in s.pragmas]
    near = [v for v in signature.variables if any(s.start <= v.line <= s.end for s in own)]
    pragmas = [*signature.pragmas, *(p for p in inside if top is None or p not in top.pragmas)]
    made = []
    for name, source in region.channels.items():
        if name in region.results:
            bits = region.results[name]
            kind = Resolved("reference", (), (Field("", "integer", bits, True),), False, "", bits)
            made.append(Channel(Parameter(name, "scalar", "inout", (), kind, channel=True)))
        else:
            declared = near if any(v.name == source for v in near) else signature.variables
            made.append(_channel(name, source, declared, pragmas))
    return made


def inner_stream(
    name: str, source: str, variables: Sequence[Variable], found: Sequence[Scope]
) -> Channel | None:
    """A stream that a function declares and uses by itself; None without a known type."""
    if not any(v.name == source and v.type.by == "stream" for v in variables):
        return None
    return _channel(name, source, variables, [p for scope in found for p in scope.pragmas])


def _channel(
    name: str, source: str, variables: Sequence[Variable], pragmas: Sequence[Pragma]
) -> Channel:
    named = [v for v in variables if v.name == source]
    variable = next(iter(named), None)
    if variable and (other := next((v for v in named if v.type != variable.type), None)):
        raise ToolError(
            f"line {other.line}: {source!r} joins tasks, and line {variable.line} has another "
            "variable of that name with another type; give each a name of its own"
        )
    if variable is None:
        raise ToolError(
            f"{source!r} joins tasks of a dataflow region, and has no type that a channel could "
            "have; use numbers, arrays, structures and streams of them"
        )
    kind = variable.type
    mine = tuple(p for p in pragmas if source in (p.options.get("variable"), *p.words))
    if kind.by == "stream":
        asked = next((d for p in mine if p.kind == "stream" and (d := p.number("depth"))), None)
        parameter = Parameter(name, "stream", "in", kind.shape, kind, mine, True, True)
        return Channel(parameter, variable.line, asked or kind.depth or DEPTH)
    shaped = bool(kind.shape) or any(item.shape for item in kind.fields)
    parameter = Parameter(
        name, "memory" if shaped else "scalar", "inout", kind.shape, kind, mine, channel=True
    )
    return Channel(parameter, variable.line)
