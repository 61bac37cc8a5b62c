"""ARRAY_PARTITION and ARRAY_RESHAPE: which arrays become banks, wide words or registers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from prompts.interface import Cut, Interface
from tools.errors import ToolError
from tools.hls.banks import Banking
from tools.hls.ir import MOST_REGISTERS, Function
from tools.hls.lower import Lowering
from tools.hls.memory_names import is_named, is_of_another
from tools.hls.pragmas import Pragma, Scope
from tools.report import Diagnostic

_ABOUT = ("array_partition", "array_reshape")
_FEW = 4
"""Words of an array that is registers without being asked, as in Vitis."""


def partition(
    lowering: Lowering, interface: Interface, found: list[Scope], sources: Mapping[str, str]
) -> list[Diagnostic]:
    """Partition arrays as the pragmas and the interface say; warnings about unequal banks."""
    cuts: dict[str, tuple[Cut, ...]] = {}
    for argument in interface.arguments:
        if argument.kind == "memory" and argument.cuts and not argument.registers:
            cuts[argument.name] = argument.cuts
    function = lowering.function
    lines = _lines(function)
    for scope in found:
        for pragma in scope.pragmas:
            if pragma.kind not in _ABOUT:
                continue
            name = pragma.options.get("variable", "")
            for memory in [m for m in function.memories.values() if is_named(m.name, name)]:
                there = lines.get(memory.name, set())
                if memory.place == "argument" or is_of_another(there, name, scope, found, sources):
                    continue
                counts = lowering.counts(memory.name)
                made = _cuts(pragma, counts, cuts.get(memory.name, ()))
                whole = all(c.factor >= n for c, n in zip(made, counts, strict=False))
                if (
                    len(made) == len(counts)
                    and whole
                    and memory.words * memory.bits <= MOST_REGISTERS
                ):
                    function.memories[memory.name] = replace(
                        memory, async_read=True, ports=memory.words
                    )
                    cuts.pop(memory.name, None)
                elif not memory.async_read:
                    cuts[memory.name] = made
    packed = {a.name for a in interface.arguments if a.split == "reshape" and a.kind == "memory"}
    kept = {n: c for n, c in cuts.items() if n in function.memories}
    said = list(_unequal(lowering, kept, found))
    Banking(lowering, kept, frozenset(packed)).run()
    for memory in list(function.memories.values()):
        small = memory.words * memory.bits <= 64 or memory.words <= _FEW
        if memory.place != "argument" and small and not memory.async_read:
            function.memories[memory.name] = replace(memory, async_read=True, ports=memory.words)
    return said


def _unequal(
    lowering: Lowering, cuts: Mapping[str, tuple[Cut, ...]], found: list[Scope]
) -> Iterator[Diagnostic]:
    """A warning for each dimension that its factor does not divide."""
    pragmas = [p for scope in found for p in scope.pragmas if p.kind in _ABOUT]
    told: set[tuple[int, int]] = set()
    for name, made in cuts.items():
        for cut in made:
            extent = lowering.counts(name)[cut.dim - 1]
            about = [p for p in pragmas if is_named(name, p.options.get("variable", ""))]
            if extent % cut.factor == 0 or not about or (about[0].line, cut.dim) in told:
                continue
            told.add((about[0].line, cut.dim))
            room, variable = -(-extent // cut.factor), about[0].options["variable"]
            text = (
                f"{cut.factor} does not divide the {extent} elements of dimension {cut.dim} of "
                f"{variable!r}: each bank has room for {room}"
            )
            yield Diagnostic("warning", text, about[0].file, about[0].line, "PRAGMA")


def _lines(function: Function) -> dict[str, set[int]]:
    """The lines in which each memory is accessed, where they are known."""
    found: dict[str, set[int]] = {}
    for op in function.ops():
        if op.line and op.name in function.memories:
            found.setdefault(op.name, set()).add(op.line)
    return found


def _cuts(pragma: Pragma, counts: tuple[int, ...], before: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """The cuts with those of one more pragma; dimension 0 is all of them."""
    dim = pragma.number("dim", 1) or 0
    if dim > len(counts):
        raise ToolError(
            f"line {pragma.line}: {pragma.options.get('variable')!r} has {len(counts)} dimensions, "
            f"and dimension {dim} is to be partitioned"
        )
    kind = pragma.options.get("type", "") or next(
        (w for w in pragma.words if w in ("cyclic", "block", "complete")), "complete"
    )
    made = [c for c in before if c.dim != dim] if dim else []
    for number in [dim] if dim else range(1, len(counts) + 1):
        extent = counts[number - 1]
        factor = extent if kind == "complete" else pragma.number("factor", 0) or 0
        if factor < 1:
            raise ToolError(f"line {pragma.line}: ARRAY_PARTITION {kind} needs a factor, a number")
        made.append(Cut(number, min(factor, extent), kind == "block"))
    return tuple(sorted(made, key=lambda c: c.dim))
