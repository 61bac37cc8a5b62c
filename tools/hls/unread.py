"""What nobody needs of a dataflow region: arrays that no task reads, and tasks without effect."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from tools.hls.channels import Channel
from tools.hls.ir import Function
from tools.hls.simplify import simplify
from tools.hls.uses import found_in


def drop_unread(functions: Sequence[Function], found: Sequence[Channel]) -> list[Function]:
    """The tasks that are needed: all of them, where none has an effect.

    Arrays between tasks that are written by one, and used by no other, become its own, and go.
    What was read to fill such an array may then be needed by nobody, either.
    """
    needed, unread = list(functions), True
    while unread:
        needed = [function for function in needed if found_in(function).effect]
        unread = False
        for channel in found:
            for argument in channel.parameter.arguments():
                stems = set(argument.bank_names())
                users = [f for f in needed if stems & {op.name for op in f.ops()}]
                if argument.kind == "memory" and len(users) == 1:
                    unread |= _kept(users[0], stems)
        for function in needed if unread else ():
            simplify(function)
    return needed or list(functions)


def _kept(function: Function, stems: Collection[str]) -> bool:
    """Whether a task writes a memory of these names; they are its own from now on."""
    here = {op.name for op in function.ops() if op.kind == "store"}.intersection(stems)
    memories = function.memories
    own = [name for name in here if memories[name].place != "ram"]
    for name in own:
        memories[name] = replace(memories[name], place="ram")
    return bool(own)
