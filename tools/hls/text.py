"""Prints a function of the IR, and reads it back."""

import re

from tools.hls.ir import Block, Branch, Function, Jump, Memory, Op, Return

_OP = re.compile(
    r"  (?:%(\d+):(\d+) = )?(\w+)(?: @([\w.$]+))?(?: #(-?\d+))?((?: %\d+)*)( if)?"
    r"(?:  ; line (\d+))?$"
)


def show(function: Function) -> str:
    """The function as text."""
    lines = [f"function {function.name} returns {function.return_bits}"]
    for m in function.memories.values():
        contents = " " + ",".join(map(str, m.initial)) if m.initial else ""
        flags = ("keeps " if m.keeps else "") + ("async " if m.async_read else "")
        lines.append(
            f"memory {m.name} {m.place} {m.words}x{m.bits} ports {m.ports} {flags}={contents}"
        )
    for block in function.blocks:
        lines.append(f"{block.name}: {' '.join(block.preds)}".rstrip())
        lines += [_op(op) for op in block.ops]
        lines.append(f"  {_end(block)}")
    return "\n".join(lines) + "\n"


def _op(op: Op) -> str:
    name = f" @{op.name}" if op.name else ""
    value = f" #{op.value}" if op.kind == "const" or op.value else ""
    args = "".join(f" %{a}" for a in op.args)
    line = f"  ; line {op.line}" if op.line else ""
    return (
        f"  %{op.id}:{op.bits} = {op.kind}{name}{value}{args}{' if' if op.predicate else ''}{line}"
    )


def _end(block: Block) -> str:
    end = block.end
    if isinstance(end, Jump):
        return f"jump {end.target}"
    if isinstance(end, Branch):
        return f"branch %{end.condition} {end.then} {end.other} {end.line}"
    return "return" if end.value is None else f"return %{end.value}"


def parse(text: str) -> Function:
    """The function that `show` printed."""
    lines = text.splitlines()
    head = lines[0].split()
    function = Function(head[1], [], return_bits=int(head[3]))
    block = Block("")
    for line in lines[1:]:
        words = line.split()
        if line.startswith("memory "):
            size, bits = words[3].split("x")
            at = words.index("=")
            initial = tuple(map(int, words[at + 1].split(","))) if len(words) > at + 1 else ()
            function.memories[words[1]] = Memory(
                words[1], int(bits), int(size), words[2], initial,  # type: ignore[arg-type]
                "keeps" in words[:at], int(words[5]), "async" in words[:at],
            )  # fmt: skip
        elif not line.startswith("  "):
            name, _, preds = line.partition(":")
            block = Block(name, preds.split())
            function.blocks.append(block)
        elif words[0] == "jump":
            block.end = Jump(words[1])
        elif words[0] == "branch":
            block.end = Branch(int(words[1][1:]), words[2], words[3], int(words[4]))
        elif words[0] == "return":
            block.end = Return(int(words[1][1:]) if len(words) > 1 else None)
        else:
            match = _OP.match(line)
            if match is None:
                raise ValueError(f"not an operation: {line!r}")
            id, width, kind, name, value, args, predicate, place = match.groups()
            block.ops.append(
                Op(int(id), kind, int(width), tuple(int(a[1:]) for a in args.split()),  # type: ignore[arg-type]
                   int(value or 0), name or "", bool(predicate), int(place or 0))
            )  # fmt: skip
    return function
