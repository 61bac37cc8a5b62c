"""A plan of a chain of kernels: each stage's shape and width follow from the stage before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from prompts.composition.ends import derived, ends, stream
from prompts.composition.joints import joints
from prompts.composition.plan import End, Link, Plan, Stage
from prompts.demo import Demo, ParameterError, Settings
from prompts.interface import Argument
from prompts.sheet import ArgumentSpec, Setting

FIFO_BEATS = 16
"""One column of distributed memory: a stage runs ahead across its neighbour's short pauses."""
ADAPTER_BEATS = 2
"""Adapters move a beat in every cycle that their neighbours do."""


@dataclass(frozen=True)
class Kernel:
    """One kernel of a chain, with the name of its stage."""

    name: str
    demo: Demo


def planned(top: str, kernels: Sequence[Kernel], chosen: Mapping[str, Settings]) -> Plan:
    """The plan of a chain; `chosen` has the parameters that were said, by stage.

    Raises `ParameterError` where a stage's parameters are wrong or two stages do not chain.
    """
    stages: list[Stage] = []
    notes: list[str] = []
    for kernel in kernels:
        said = chosen.get(kernel.name, {})
        if not stages:
            stages.append(_stage(kernel, said, None))
            continue
        before = stages[-1]
        stage = following(kernel, before, said)
        source, sink = _joined(before, stage)
        who = f"{before.name} gives {{}} and {stage.name} takes {{}}"
        if sink.kind == "memory":
            notes.append(f"{stage.name} begins when {before.name} has written {source.name}")
        for number, joint in enumerate(joints(source, before.shape, sink, who), 1):
            name = f"{before.name}_to_{stage.name}" + (f"_{number}" if number > 1 else "")
            stages.append(Stage(name, joint.demo, joint.settings, joint.sent.shape, adapter=True))
            notes.append(f"between {before.name} and {stage.name}: {joint.why}")
        stages.append(stage)
    links = tuple(_link(one, other) for one, other in zip(stages, stages[1:], strict=False))
    return Plan(top, tuple(stages), links, tuple(notes))


def following(kernel: Kernel, before: Stage, said: Settings) -> Stage:
    """The stage that takes what another sends, its unsaid parameters such that it fits."""
    inferred = {name: v for name, v in _inferred(kernel.demo, before, said) if name not in said}
    return _stage(kernel, {**inferred, **said}, before)


def _stage(kernel: Kernel, values: Settings, before: Stage | None) -> Stage:
    stage = Stage(kernel.name, kernel.demo, _settled(kernel, values), ())
    if stage.sent is None:
        return stage
    flat = stage.taken is not None and len(stage.taken.shape) == 1 and _by_rows(kernel.demo)
    keeps = before is not None and flat and prod(before.shape) == stage.sent.count
    return replace(stage, shape=before.shape if before and keeps else stage.sent.shape)


def _joined(one: Stage, other: Stage) -> tuple[Argument, Argument]:
    """The output of a stage and the input of the next that it becomes."""
    source, sink = _ends(one.demo, other.demo)
    return one.argument(source), other.argument(sink)


def _ends(one: Demo, other: Demo) -> tuple[str, str]:
    joined = ends(one, other)
    assert joined is not None, "a composition has only kernels of which one feeds the next"
    return joined


def _spec(demo: Demo, direction: str) -> ArgumentSpec:
    return demo.sheet.interface[stream(demo, direction)]


def _settled(kernel: Kernel, values: Settings) -> dict[str, Setting]:
    try:
        return kernel.demo.settle(values)
    except ParameterError as error:
        sentence = str(error).removeprefix(f"{kernel.demo.name}: ")
        raise ParameterError(f"{kernel.name}: {sentence}") from error


def _inferred(demo: Demo, before: Stage, said: Settings) -> Iterator[tuple[str, Setting]]:
    """The parameters that the stage before decides."""
    sent, taken = _ends(before.demo, demo)
    source, spec = before.argument(sent), demo.sheet.interface[taken]
    if spec.kind == "memory":
        for name in derived(before.demo, demo):
            yield name, before.settings[name]
        return
    yield from _extents(demo, before.shape, said)
    if isinstance(spec.bits, str) and spec.bits in demo.parameters:
        width = demo.parameters[spec.bits]
        bits = max(source.bits + (not source.signed and spec.signed is True), width.low or 1)
        if width.problem(bits) is None:
            yield spec.bits, bits
    factor = spec.factor
    if spec.split == "reshape" and isinstance(factor, str) and factor in demo.parameters:
        lanes = demo.parameters[factor]
        yield factor, source.lanes if lanes.problem(source.lanes) is None else lanes.low or 1


def _extents(demo: Demo, shape: Sequence[int], said: Settings) -> Iterator[tuple[str, Setting]]:
    """The parameters that are extents of the stream: the shape's, or what is left of its count."""
    extents = _spec(demo, "in").shape
    names = [item for item in extents if isinstance(item, str) and item in demo.parameters]
    if len(names) != len(extents):
        return
    fitted = dict(zip(names, _fitted(shape, len(names), _by_rows(demo)), strict=True))
    open_names = [name for name in names if name not in said]
    fixed = prod(int(said[name]) for name in names if name in said)
    if len(open_names) == 1 and fixed > 0 and prod(shape) % fixed == 0:
        fitted[open_names[0]] = prod(shape) // fixed
    yield from fitted.items()


def _fitted(shape: Sequence[int], rank: int, by_rows: bool) -> list[int]:
    """A shape with another number of dimensions: ones in front, or dimensions made one.

    A kernel that works by rows keeps the last dimension; any other takes a vector.
    """
    missing = rank - len(shape)
    if missing >= 0:
        return [1] * missing + list(shape)
    if by_rows:
        first = len(shape) - rank + 1
        return [prod(shape[:first]), *shape[first:]]
    return [1] * (rank - 1) + [prod(shape)]


def _by_rows(demo: Demo) -> bool:
    """Whether a kernel's results have the shape of what it takes."""
    return _spec(demo, "in").shape == _spec(demo, "out").shape


def _link(one: Stage, other: Stage) -> Link:
    source, sink = _joined(one, other)
    wanted = ADAPTER_BEATS if one.adapter or other.adapter else FIFO_BEATS
    depth = max(2, min(wanted, source.words)) if source.kind == "stream" else source.words
    return Link(End(one.name, source.name), End(other.name, sink.name), depth)
