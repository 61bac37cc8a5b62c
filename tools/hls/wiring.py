"""Which tasks of a dataflow region use what: one writes and one reads each channel."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prompts.interface import Argument
from tools.errors import ToolError
from tools.hls.channels import Call, Channel
from tools.hls.contents import plain_name
from tools.hls.ir import Memory
from tools.hls.network import Buffer, Fifo, Value
from tools.hls.uses import Uses


@dataclass(frozen=True)
class User:
    """A task's call, what it uses, and the arrays that it is given."""

    call: Call
    uses: Uses
    memories: dict[str, Memory]
    behind: dict[str, str]
    """The argument behind a master that each of its streams of requests and data serves."""

    def ends(self) -> frozenset[str]:
        """The arguments, channels and static arrays that the task uses."""
        one = self.uses
        named = one.loads | one.stores | one.reads | one.writes | one.outputs
        return frozenset(self.behind.get(name, name) for name in named)


def fifos(users: Sequence[User], found: Iterable[Channel]) -> Iterator[Fifo]:
    """The FIFOs of the streams that are used."""
    for channel in found:
        for argument in _arguments(channel, "stream"):
            name = argument.name
            writers = [i for i, user in enumerate(users) if name in user.uses.writes]
            readers = [i for i, user in enumerate(users) if name in user.uses.reads]
            if not writers and not readers:
                continue
            _one(users, writers, f"the stream {name!r} is written", channel.line)
            _one(users, readers, f"the stream {name!r} is read", channel.line)
            yield Fifo(name, argument.bits, channel.depth, writers[0], readers[0])


def buffers(users: Sequence[User], found: Iterable[Channel]) -> Iterator[Buffer]:
    """The buffers of arrays, one for each bank."""
    for channel in found:
        for argument in _arguments(channel, "memory"):
            stems = set(argument.bank_names())
            inside = [i for i, user in enumerate(users) if stems & _memories(user)]
            if not inside:
                continue
            what = f"the array {argument.name!r}"
            writers = [i for i in inside if stems & users[i].uses.stores]
            readers = [i for i in inside if stems & users[i].uses.loads and i != inside[0]]
            if len(inside) > 2:
                raise _several(users, inside, f"{what} is used", "; one task fills an array, and "
                               "one uses it: give each task that reads it a copy")  # fmt: skip
            if writers[:1] != inside[:1]:
                user = users[inside[0]]
                raise _refused(user.call.line, f"{what} is read by {user.call.name!r}, and no task "
                               "before it writes it")  # fmt: skip
            _one(users, readers, f"{what} is read", channel.line)
            for stem in argument.bank_names():
                ends = [users[i].memories[stem] for i in inside if stem in users[i].memories]
                if ends:
                    one = ends[-1]  # the reader's style is what its schedule counts on
                    widths = (one.bits, one.words, one.address_bits)
                    yield Buffer(stem, *widths, inside[0], inside[1], one.style)


def values(users: Sequence[User], found: Iterable[Channel]) -> Iterator[Value]:
    """The scalars that tasks hand on; each reader has a queue of its own."""
    for channel in found:
        for argument in _arguments(channel, "scalar"):
            name = argument.name
            ports = {name, f"{name}_o"}
            writers = [i for i, user in enumerate(users) if ports & user.uses.outputs]
            readers = [i for i, user in enumerate(users) if f"{name}_i" in user.uses.inputs]
            if not readers:
                continue
            _one(users, writers, f"the variable {name!r} is written", channel.line)
            writer = writers[0]
            source = next(iter(ports & users[writer].uses.outputs))
            for reader in readers:
                if reader <= writer:
                    user = users[reader]
                    raise _refused(user.call.line, f"{name!r} is read by {user.call.name!r}, and "
                                   "no task before it writes it")  # fmt: skip
                queue = f"{name}_{reader}"
                yield Value(queue, argument.bits, writer, reader, f"{name}_i", source)


def check_arguments(users: Sequence[User], found: Iterable[Channel]) -> None:
    """Refuse arguments of the top, and static arrays, that more than one task uses."""
    inside = {n for c in found for a in c.parameter.arguments() for n in _names(a)}
    outer: dict[str, list[int]] = {}
    kept: dict[str, list[int]] = {}
    for number, user in enumerate(users):
        one = user.uses
        if not one.effect:
            raise _refused(user.call.line, f"the task {user.call.name!r} has no effect: nothing "
                           "that it computes leaves it; write to an array, a stream or a "
                           "reference")  # fmt: skip
        for name in sorted(user.ends() - inside):
            outer.setdefault(name, []).append(number)
        for name in one.keeps:
            kept.setdefault(name, []).append(number)
    for name, numbers in outer.items():
        if len(numbers) > 1:
            raise _several(users, numbers, f"the argument {name!r} is used", "; one task alone can "
                           "use an argument: let it hand the values on")  # fmt: skip
    for name, numbers in kept.items():
        if len(numbers) > 1:
            raise _several(users, numbers, f"the static {plain_name(name)!r} is used",
                           "; move all code that uses it into one task")  # fmt: skip


def _names(argument: Argument) -> list[str]:
    return [argument.name, f"{argument.name}_o", *argument.bank_names()]


def _arguments(channel: Channel, kind: str) -> list[Argument]:
    return [a for a in channel.parameter.arguments() if a.kind == kind]


def _memories(user: User) -> frozenset[str]:
    return user.uses.loads | user.uses.stores


def _one(users: Sequence[User], numbers: Sequence[int], what: str, line: int) -> None:
    """Refuse a side of a channel that is not one task."""
    if not numbers:
        raise _refused(line, f"{what} by no task of the dataflow region")
    if len(numbers) > 1:
        raise _several(users, numbers, what, "; a channel has one writer and one reader: use a "
                       "channel for each")  # fmt: skip


def _several(users: Sequence[User], numbers: Sequence[int], what: str, advice: str) -> ToolError:
    names = [repr(users[i].call.name) for i in numbers]
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return _refused(users[numbers[-1]].call.line, f"{what} by the tasks {listed}{advice}")


def _refused(line: int, sentence: str) -> ToolError:
    return ToolError(f"line {line}: {sentence}" if line else sentence)
