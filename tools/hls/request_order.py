"""The order of requests to one argument's memory behind an AXI4 master, and of its data.

A read waits outside until what was written before is in memory, so that here the requests only
have to be made in the program's order, and a write after what is read before has come.
"""

from collections.abc import Iterator

from tools.hls.ir import Block, Carried, Function, Op

Order = tuple[int, int, int, int]
"""As `dependences.Edge`: source, target, latency and distance."""


def request_order(function: Function, block: Block, loop: bool) -> Iterator[Order]:
    groups: dict[str, list[Op]] = {}
    for op in block.body:
        stream = function.streams.get(op.name) if op.kind in ("read", "write") else None
        if stream and stream.memory:
            groups.setdefault(stream.memory, []).append(op)
    for name, ops in groups.items():
        roles = {op.id: function.streams[op.name].role for op in ops}
        asks, takes = ([op for op in ops if roles[op.id] == role] for role in ("ar", "r"))
        for ask, take in zip(asks, takes, strict=False):
            yield ask.id, take.id, function.streams[take.name].latency, 0
        free = Carried(name) in function.carried(block.name, name)
        for i, first in enumerate(ops):
            for j, second in enumerate(ops):
                if (roles[first.id], roles[second.id]) not in (("aw", "ar"), ("r", "aw")):
                    continue
                if i < j:
                    yield first.id, second.id, 1, 0
                if loop and not free:
                    yield first.id, second.id, 1, 1
