"""Pointers that a loop moves through one of several arrays: `*p++`, where a condition chose p."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tools.hls.ll import Instruction, LlBlock, Module, Type, Value

_WORD = Type("int", 64)
_BYTE = Type("int", 8)


def count_steps(module: Module, is_chosen: Callable[[Value], bool]) -> None:
    """Make a moving pointer its start and a number of steps, where that start `is_chosen`.

    What chooses among the places where it starts then chooses among those where it is.
    """
    made = {i.result: i for block in module.blocks for i in block.body if i.result}
    found: dict[str, Instruction] = {}
    for block in module.blocks:
        for phi in [i for i in block.body if i.opcode == "phi" and i.type.kind == "ptr"]:
            step = next((s for a in phi.args if (s := _step(phi, made.get(a.text)))), None)
            others = [a for a in phi.args if step is None or a.text != step.result]
            if step is not None and len(others) == 1 and is_chosen(others[0]):
                found[step.result] = phi
                _count(block, phi, step, others[0])
    for block in module.blocks if found else ():
        block.body = [part for i in block.body for part in _advanced(i, found)]


def _step(phi: Instruction, found: Instruction | None) -> Instruction | None:
    """What moves a pointer, if it does so by whole numbers of something."""
    if found is None or found.opcode != "getelementptr" or len(found.args) != 2:
        return None
    return found if found.args[0].text == phi.result and found.args[1].type == _WORD else None


def _stride(step: Instruction) -> tuple[Value, Type]:
    """How many of what a step is; some bytes are one, so that no element is cut into bytes."""
    index, element = step.args[1], step.element
    assert element is not None
    if element != _BYTE or not index.number:
        return index, element
    one = 1 if index.number > 0 else -1
    return Value(_WORD, str(one), one), Type("array", count=abs(index.number), parts=(_BYTE,))


def _count(block: LlBlock, phi: Instruction, step: Instruction, start: Value) -> None:
    """The steps that a pointer has made, and the pointer made of these."""
    _, element = _stride(step)
    count = Value(_WORD, f"{phi.result}.count")
    parts = [
        Value(_WORD, "0", 0) if arg == start else Value(_WORD, f"{count.text}.next")
        for arg in phi.args
    ]
    counter = replace(phi, result=count.text, type=_WORD, args=tuple(parts))
    pointer = replace(step, result=phi.result, args=(start, count), element=element)
    plain = [i for i in block.body if i.opcode == "phi" and i is not phi]
    rest = [i for i in block.body if i.opcode != "phi"]
    block.body = [*plain, counter, pointer, *rest]


def _advanced(step: Instruction, found: Mapping[str, Instruction]) -> list[Instruction]:
    """A pointer's step, and before it that of its count."""
    phi = found.get(step.result)
    if phi is None:
        return [step]
    count = Value(_WORD, f"{phi.result}.count")
    more, _ = _stride(step)
    add = Instruction(f"{count.text}.next", "add", _WORD, (count, more), line=step.line)
    return [add, step]
