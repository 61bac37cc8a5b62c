"""Which of its pointer parameters a function of LLVM's IR reads through and writes through."""

from dataclasses import dataclass, field

from tools.hls import ll

_STREAMS = {
    "siliwright_read": "reads", "siliwright_empty": "reads",
    "siliwright_write": "writes", "siliwright_full": "writes",
}  # fmt: skip


@dataclass
class Effects:
    """The positions of parameters."""

    reads: set[int] = field(default_factory=set)
    writes: set[int] = field(default_factory=set)


def effects(module: ll.Module) -> Effects:
    """The effects of a module's function; one that hands a pointer on to a function reads and
    writes."""
    origin: dict[str, set[int]] = {name: {i} for i, (_, name) in enumerate(module.parameters)}
    body = [instruction for block in module.blocks for instruction in block.body]
    grows = True
    while grows:
        grows = False
        for made in body:
            if made.opcode in ("getelementptr", "select", "phi", "bitcast", "freeze"):
                before = origin.setdefault(made.result, set())
                found = before.union(*(origin.get(a.text, set()) for a in made.args))
                grows |= found != before
                origin[made.result] = found
    result = Effects()
    for made in body:
        args = [origin.get(a.text, set()) for a in made.args]
        if made.opcode == "load":
            result.reads |= args[0]
        elif made.opcode == "store":
            result.writes |= args[1]
        elif made.opcode == "call":
            _call(made.detail, args, result)
    return result


def _call(name: str, args: list[set[int]], result: Effects) -> None:
    if name.startswith(("llvm.lifetime", "llvm.assume", "llvm.dbg")):
        return
    if name.startswith(("llvm.memcpy", "llvm.memmove")):
        result.writes |= args[0]
        result.reads |= args[1]
    elif name.startswith("llvm.memset"):
        result.writes |= args[0]
    elif name in _STREAMS:
        side = result.reads if _STREAMS[name] == "reads" else result.writes
        side |= args[0]
    elif args:
        result.reads |= set().union(*args)
        result.writes |= set().union(*args)
