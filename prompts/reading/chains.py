"""Chains in prose: "a 16-tap FIR, then softmax over 32 classes" becomes stages of a composition."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from prompts.composition.composition import JOINED, Composition
from prompts.composition.ends import by_memory, derived
from prompts.demo import Demo, ParameterError
from prompts.kernels import composition, known_kernel
from prompts.reading.choices import sets
from prompts.reading.kernels import Hit, choose, related
from prompts.reading.normal import Remainder
from prompts.reading.parameters import parameters
from prompts.reading.recipes import told
from prompts.sheet import Setting
from prompts.task import Task

_STRONG = re.compile(
    r"\s*(?:,|;|\.)?\s*(?:\band\s+)?(?:->|\b(?:followed by|(?:and )?then|feeding(?: into)?|"
    r"feeds(?: into)?|fed into|whose output goes (?:in)?to|before)\b)\s*"
)
_CONVERTED = re.compile(r"(?<=\d)\s*->\s*(?=\d|[us]?int|[ius]\d|\d* ?bit)")
"""An arrow between two numbers or two formats."""
_WEAK = re.compile(r"\s*(?:,\s*(?:and\s+)?|;\s*|\s+\+\s+)")
_WITH = re.compile(
    r"\s+(?:with|and)\s+(?:an? )?"
    r"(?=(?:relu|softmax|(?:max|average|avg) ?pool\w*|gelu|silu|swish|tanh|sigmoid)\b)"
)
_THING = re.compile(r"\s*an? ([a-z][a-z-]+)\s*(?:$|[,.;])")
"""What a stage may be that is told by one word."""
_LEAD = 5
"""So many words may stand before a stage's name where only a comma tells it from the one before."""


@dataclass(frozen=True)
class Chain:
    """The kernels of a chain, each with the part of the text that tells its parameters."""

    parts: tuple[tuple[str, str], ...]
    """Kernel and text, in order."""


@dataclass(frozen=True)
class Chained:
    """A chain with its parameters, or why it cannot be."""

    kernel: str
    values: Mapping[str, Setting]
    problem: str
    notes: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    """The parameters that the text tells, as `stage.parameter`."""


def chain(text: str, demos: Mapping[str, Demo], weak: bool = True) -> Chain | None:
    """The chain that a text asks for; None when it asks for one kernel or none.

    Without `weak`, only words such as "then" part stages, not commas.
    """
    text = told(text, demos)
    patterns = ((_STRONG, False), *(((_WEAK, True), (_WITH, True)) if weak else ()))
    for pattern, loose in patterns:
        parts = _parts(text, pattern, demos, loose)
        if len(parts) > 1 and _is_chain(parts, demos, loose):
            inner = [finer for part in parts for finer in _finer(part, demos)]
            return Chain(tuple(inner))
    return None


def stranger(text: str, demos: Mapping[str, Demo]) -> str:
    """A stage that no kernel is: "softmax, then a FIFO" or "then a wavelet"; "" without one."""
    for piece in _pieces(text, _STRONG)[1:]:
        if _named(piece, demos):
            continue
        subject = choose(piece, demos).subject
        if subject.foreign:
            return subject.tokens[subject.foreign[0]]
        if thing := _THING.match(piece):
            return thing[1]
    return ""


def _finer(part: tuple[str, str], demos: Mapping[str, Demo]) -> list[tuple[str, str]]:
    """A part that is a chain itself: "conv, relu" before "then softmax"."""
    for pattern in (_WEAK, _WITH):
        parts = _parts(part[1], pattern, demos, True)
        if len(parts) > 1 and _is_chain(parts, demos, True):
            return parts
    return [part]


def _parts(
    text: str, pattern: re.Pattern[str], demos: Mapping[str, Demo], weak: bool
) -> list[tuple[str, str]]:
    """The parts of a text that name a kernel; what names none belongs to the part before."""
    parts: list[tuple[str, str]] = []
    for piece in _pieces(text, pattern):
        hits = _named(piece, demos)
        before = parts[-1][0] if parts else ""
        passing = weak and parts and _in_passing(hits, demos.get(before))
        named = "" if passing or not hits else hits[0].kernel
        if named:
            parts.append((named, piece))
        elif parts:
            parts[-1] = (before, f"{parts[-1][1]} , {piece}")
        elif piece.strip():
            parts.append(("", piece))
    while len(parts) > 1 and not parts[0][0]:
        parts[:2] = [(parts[1][0], f"{parts[0][1]} , {parts[1][1]}")]
    return parts


def _pieces(text: str, pattern: re.Pattern[str]) -> list[str]:
    """What stands between the places where a pattern is found, but for conversions."""
    pieces, at = [], 0
    kept = {found.start() for found in _CONVERTED.finditer(text)}
    for found in pattern.finditer(text):
        if not any(found.start() <= place < found.end() for place in kept):
            pieces.append(text[at : found.start()])
            at = found.end()
    return [*pieces, text[at:]]


def _named(piece: str, demos: Mapping[str, Demo]) -> list[Hit]:
    """Where a piece of text names the kernel that it is about."""
    if not piece.strip():
        return []
    choice = choose(piece, demos)
    return [hit for hit in choice.named if hit.kernel == choice.best]


def _in_passing(hits: list[Hit], before: Demo | None) -> bool:
    """Whether a piece only tells of the kernel before, as "residual add, ReLU" does."""
    late = min((hit.first for hit in hits), default=0) >= _LEAD
    return late or (before is not None and any(sets(hit.said, before) for hit in hits))


def _is_chain(parts: list[tuple[str, str]], demos: Mapping[str, Demo], weak: bool) -> bool:
    """Whether parts are stages: a comma alone does not make two of a kernel and what it has."""
    names = [name for name, _ in parts]
    if not all(names):
        return False
    pairs = list(zip(names, names[1:], strict=False))
    if not weak:
        return any(one != other for one, other in pairs) or len(parts) > 1
    return all(one != other and not related(demos[one], demos[other]) for one, other in pairs)


def chained(found: Chain) -> Chained:
    """The composition that a chain asks for, its parameters read from the stages' texts."""
    names = tuple(name for name, _ in found.parts)
    kernel = JOINED.join(names)
    try:
        whole = composition(names)
    except ParameterError as error:
        return Chained(kernel, {}, str(error))
    values: dict[str, Setting] = {}
    notes: list[str] = []
    for stage, (_, text) in zip(whole.kernels, found.parts, strict=True):
        said = parameters(Remainder(text), stage.demo, {})
        if said.problem:
            sentence = said.problem.removeprefix(f"{stage.demo.name}: ")
            return Chained(kernel, {}, f"{stage.name}: {sentence}")
        values |= {f"{stage.name}.{name}": value for name, value in said.values.items()}
        notes += [f"{stage.name}: {note}" for note in said.notes]
    values = _of_both(whole, values)
    return _settled(whole, values, tuple(notes), values)


def _of_both(whole: Composition, values: Mapping[str, Setting]) -> dict[str, Setting]:
    """What is said of a stage and follows from the data of the one before is said of that one:
    of "SnapKV, then attention over the kept keys, 4 heads" both stages have the heads."""
    said = dict(values)
    for one, other in pairwise(whole.kernels):
        if by_memory(one.demo, other.demo):
            for name in derived(one.demo, other.demo):
                if f"{one.name}.{name}" not in said and f"{other.name}.{name}" in said:
                    said[f"{one.name}.{name}"] = said.pop(f"{other.name}.{name}")
    return said


def names_stage(text: str, previous: Task) -> bool:
    """Whether a text names a stage of an earlier chain by `stage.parameter`."""
    whole = known_kernel(previous.kernel)
    return isinstance(whole, Composition) and any(
        re.search(rf"\b{_spelt(kernel.name)}\.[a-z]", text) for kernel in whole.kernels
    )


def _spelt(name: str) -> str:
    """A name as the normalised text may have it."""
    return name.replace("_", "[_ ]")


def rechained(text: str, previous: Task) -> Chained:
    """A change to an earlier chain: "linear_1.outputs = 48", or "8 lanes" for every stage."""
    whole = known_kernel(previous.kernel)
    assert isinstance(whole, Composition)
    values, said = dict(previous.parameters), dict[str, Setting]()
    for stage in whole.kernels:
        for name in stage.demo.parameters:
            own = re.compile(rf"\b{_spelt(stage.name)}\.{_spelt(name)}\s*(?:=|:|to|is)?\s*(\w+)")
            for found in own.finditer(text):
                value = int(found[1]) if found[1].isdigit() else found[1]
                said[f"{stage.name}.{name}"] = value
            text = own.sub(" ", text)
    for place, stage in enumerate(whole.kernels):
        before = whole.kernels[place - 1].demo if place else None
        follows = derived(before, stage.demo) if before else frozenset[str]()
        for name, value in parameters(Remainder(text), stage.demo, {}).values.items():
            if name not in follows:
                said[f"{stage.name}.{name}"] = value
    return _settled(whole, {**values, **said}, (), said)


def _settled(
    whole: Composition,
    values: Mapping[str, Setting],
    notes: tuple[str, ...],
    said: Mapping[str, Setting],
) -> Chained:
    names = frozenset(said)
    try:
        settled = whole.settle(values)
    except ParameterError as error:
        return Chained(whole.name, values, str(error), notes, names)
    return Chained(whole.name, settled, "", (*notes, *whole.plan(settled).notes), names)
