"""What two kernels need between them: widths changed, beats regrouped, rows and columns turned.

The elements of a stream are in row-major order; with several lanes the last dimension is cut, and
a row that does not fill its last beat is padded there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import gcd, prod
from pathlib import Path

from prompts.demo import Demo, ParameterError, Settings
from prompts.demos import demos
from prompts.interface import Argument
from prompts.sheet import Setting

ADAPTERS = Path(__file__).parent / "adapters"
REQUANTISATION = "relu_requant"
"""The kernel of the library that makes wide elements narrow."""


@lru_cache(maxsize=1)
def adapters() -> dict[str, Demo]:
    """The kernels that exist only between others."""
    folders = sorted(path.parent for path in ADAPTERS.glob("*/demo.yaml"))
    return {folder.name: Demo.load(folder) for folder in folders}


@dataclass(frozen=True)
class Joint:
    """An adapter: its kernel, its settings, and why it is there."""

    demo: Demo
    settings: Settings
    why: str

    @property
    def sent(self) -> Argument:
        return next(a for a in self.demo.interface(self.settings).outputs if a.kind == "stream")


@dataclass(frozen=True)
class _Beats:
    """How elements stand in beats: so many in each, and where a beat ends early."""

    lanes: int
    row: int

    @classmethod
    def of(cls, argument: Argument) -> "_Beats":
        row = argument.shape[-1] if argument.shape else 1
        return cls(argument.lanes, argument.count if row % argument.lanes == 0 else row)


def joints(source: Argument, shape: Sequence[int], sink: Argument, who: str) -> Iterator[Joint]:
    """The adapters that make a tensor of a `shape` from `source` fit `sink`, in order.

    `who` names both for the sentences. Raises `ParameterError` when nothing makes it fit.
    """
    if sink.kind == "memory":
        _check_layout(source, sink, who)
        return
    _check(source, shape, sink, who)
    if _turned(shape, sink.shape):
        yield from (turned := list(_transposed(source, shape)))
        source = turned[-1].sent
    if not exact(source, sink):
        yield from (narrowed := list(_requantised(source, sink, who)))
        source = narrowed[-1].sent
    yield from _regrouped(source, sink)


def exact(source: Argument, sink: Argument) -> bool:
    """Whether every value of one is a value of the other."""
    if source.signed == sink.signed:
        return source.bits <= sink.bits
    return sink.signed and source.bits < sink.bits


def _check_layout(source: Argument, sink: Argument, who: str) -> None:
    """Memories are joined as they are: the words of one are those of the other."""
    if replace(source, direction="in") != sink:
        told = (f"{_told(a.shape)} of {_format(a)}" for a in (source, sink))
        raise ParameterError(
            f"the stages do not chain: {who.format(*told)} in {sink.name!r}; "
            "say these sizes of the first alone"
        )


def _check(source: Argument, shape: Sequence[int], sink: Argument, who: str) -> None:
    if source.count != sink.count:
        raise ParameterError(
            f"the stages do not chain: {who.format(_told(shape), _told(sink.shape))}; "
            "change the shape of one of them"
        )
    for argument in (source, sink):
        if any(cut.dim != len(argument.shape) for cut in argument.cuts):
            raise ParameterError(
                f"the stages do not chain: {argument.name!r} has several rows in one beat; "
                "give it one lane"
            )


def _told(shape: Sequence[int]) -> str:
    count = prod(shape)
    return f"{' x '.join(map(str, shape))} = {count} elements" if len(shape) > 1 else f"{count}"


def _turned(shape: Sequence[int], wanted: Sequence[int]) -> bool:
    """Whether a matrix comes by rows and is wanted by columns."""
    one, other = ([n for n in extents if n > 1] for extents in (shape, wanted))
    return len(one) == 2 and one == other[::-1] and one != other


def _transposed(source: Argument, shape: Sequence[int]) -> Iterator[Joint]:
    rows, columns = (n for n in shape if n > 1)
    beats = _Beats.of(source)
    if beats.lanes > 1:
        yield (single := _regroup(source, beats, 1, (source.bits, source.signed)))
        source = single.sent
    settings: dict[str, Setting] = {
        "rows": rows,
        "columns": columns,
        "width": source.bits,
        "sign": _sign(source.signed),
    }
    why = f"a transposition of {rows} x {columns} elements"
    yield _joint("transposition", settings, why)


def _requantised(source: Argument, sink: Argument, who: str) -> Iterator[Joint]:
    """A requantisation without activation: its scale is an input of the accelerator."""
    demo = demos()[REQUANTISATION]
    out = demo.parameters["out_width"]
    acc = demo.parameters["acc_width"]
    wide = max(source.bits + (not source.signed), acc.low or 1)
    if not sink.signed or sink.bits > (out.high or 0) or wide > (acc.high or 0):
        raise ParameterError(
            f"the stages do not chain: {who.format(_format(source), _format(sink))}; "
            "choose a width that both have"
        )
    beats = _Beats.of(source)
    lanes = source.lanes if beats.row == source.count else 1
    settings: dict[str, Setting] = {
        "length": source.count, "lanes": lanes, "acc_width": wide,
        "out_width": sink.bits, "activation": "none",
    }  # fmt: skip
    settled = demo.settle(settings)
    taken = next(a for a in demo.interface(settled).inputs if a.kind == "stream")
    yield from _regrouped(source, taken)
    why = f"a requantisation from {_format(source)} to {_format(sink)}"
    yield Joint(demo, settled, why)


def _regrouped(source: Argument, sink: Argument) -> Iterator[Joint]:
    """Regroupings, one or two: where neither beat is a multiple of the other, by way of smaller
    ones."""
    now, then = _Beats.of(source), _Beats.of(sink)
    kind = (sink.bits, sink.signed)
    same = now.lanes == then.lanes and (now.lanes == 1 or now.row == then.row)
    if same and (source.bits, source.signed) == kind:
        return
    if same or now.row == then.row and max(now.lanes, then.lanes) % min(now.lanes, then.lanes) == 0:
        row = now if now.lanes >= then.lanes else then
        yield _regroup(source, _Beats(now.lanes, row.row), then.lanes, kind)
        return
    if 1 in (now.lanes, then.lanes):
        row = now if then.lanes == 1 else then
        yield _regroup(source, _Beats(now.lanes, row.row), then.lanes, kind)
        return
    between = gcd(now.lanes, then.lanes) if now.row == then.row == source.count else 1
    yield (first := _regroup(source, now, between, kind))
    yield _regroup(first.sent, _Beats(between, then.row), then.lanes, kind)


def _regroup(source: Argument, beats: _Beats, lanes: int, kind: tuple[int, bool]) -> Joint:
    bits, signed = kind
    settings: dict[str, Setting] = {
        "elements": source.count, "row": beats.row, "lanes_in": beats.lanes, "lanes_out": lanes,
        "width_in": source.bits, "width_out": bits,
        "sign_in": _sign(source.signed), "sign_out": _sign(signed),
    }  # fmt: skip
    parts = []
    if beats.lanes != lanes:
        parts.append(f"beats of {beats.lanes} become beats of {lanes}")
    if (source.bits, source.signed) != kind:
        parts.append(f"{_type(source.bits, source.signed)} is extended to {_type(*kind)}")
    return _joint("regroup", settings, ", ".join(parts) or "beats end where a row does")


def _joint(name: str, settings: Settings, why: str) -> Joint:
    demo = adapters()[name]
    return Joint(demo, demo.settle(settings), why)


def _sign(signed: bool) -> str:
    return "signed" if signed else "unsigned"


def _format(argument: Argument) -> str:
    return _type(argument.bits, argument.signed)


def _type(bits: int, signed: bool) -> str:
    return f"{'int' if signed else 'uint'}{bits}"
