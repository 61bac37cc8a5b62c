"""A word that a loop reads and writes in every iteration becomes a register while it runs.

`sum[i] += a[i][j] * x[j]` in a loop over j, or flags that are a global variable: the word is read
before the loop and written after it, so that no iteration waits for the memory.
"""

from dataclasses import replace

from tools.hls.ir import PURE, Block, Branch, Function, Jump, Memory, Op
from tools.hls.lanes import is_partial
from tools.hls.loops import Loop, loops
from tools.hls.tidy import substitute
from tools.hls.trips import trip_count

_MOST_WORDS = 16
"""Words of a memory that become registers for a loop."""
_LEAST_TRIPS = 4
"""Iterations below which reading and writing before and after them is no gain."""


def promote(function: Function) -> None:
    """Keep such words of all loops of one block in registers."""
    for loop in loops(function):
        if loop.innermost and len(loop.blocks) == 1:
            for memory in list(function.memories.values()):
                words = _words(function, loop, memory)
                if words:
                    _Kept(function, loop).keep(words)


def _words(function: Function, loop: Loop, memory: Memory) -> list[list[Op]]:
    """The accesses to each of a memory's words, where these are the same in every iteration."""
    ops, block = function.by_id(), function.block(loop.header)
    used = [op for op in block.ops if op.name == memory.name and op.kind in ("load", "store")]
    if memory.is_remote or any(is_partial(op, function, ops) for op in used):
        return []
    words: dict[int, list[Op]] = {}
    for op in used:
        words.setdefault(op.args[0], []).append(op)
    apart = all(ops[address].kind == "const" for address in words)
    if not 1 <= len(words) <= (_MOST_WORDS if apart else 1):
        return []
    if {op.kind for op in used} != {"load", "store"} or len(block.preds) != 2:
        return []
    if any(op.kind == "load" and op.bits != memory.bits for op in used):
        return []
    if any(function.block(name).call for name in block.preds):
        return []
    still = _Still(ops, block)
    trips = trip_count(function, ops, loop)
    gains = trips is None or trips >= max(_LEAST_TRIPS, 2 * len(words))
    return list(words.values()) if gains and all(map(still.holds, words)) else []


class _Still:
    """What stays the same from one iteration of a block to the next."""

    def __init__(self, ops: dict[int, Op], block: Block) -> None:
        self.ops = ops
        self.here = {op.id for op in block.ops}
        self.known: dict[int, bool] = {}

    def holds(self, id: int) -> bool:
        if id not in self.here or self.ops[id].kind == "const":
            return True
        if id not in self.known:
            op = self.ops[id]
            self.known[id] = op.kind in PURE and all(map(self.holds, op.args))
        return self.known[id]


class _Kept:
    """Makes words of a loop's memory registers."""

    def __init__(self, function: Function, loop: Loop) -> None:
        self.function = function
        self.block = function.block(loop.header)
        self.ops = function.by_id()
        self.next_id = max(self.ops) + 1
        self.outside = next(i for i, p in enumerate(self.block.preds) if p != self.block.name)
        self.before = function.block(self.block.preds[self.outside])
        self.copies: dict[int, int] = {}
        self.same: dict[int, int] = {}

    def keep(self, words: list[list[Op]]) -> None:
        after = self._after()
        last: list[Op] = []
        for accesses in words:
            last += self._word(accesses, len(last))
        first = len(after.phis)
        after.ops[first:first] = last
        substitute(self.function, self.same)

    def _new(self, op: Op) -> Op:
        made = replace(op, id=self.next_id)
        self.next_id += 1
        self.ops[made.id] = made
        return made

    def _copied(self, id: int) -> int:
        """A value of the block, made in front of it."""
        op = self.ops[id]
        if op not in self.block.ops:
            return id
        if id not in self.copies:
            made = self._new(op.with_args(tuple(map(self._copied, op.args))))
            self.before.ops.append(made)
            self.copies[id] = made.id
        return self.copies[id]

    def _word(self, accesses: list[Op], number: int) -> list[Op]:
        """The word as a value from access to access, and what writes it after the loop."""
        one = accesses[0]
        address = self._copied(one.args[0])
        bits = self.function.memories[one.name].bits
        is_written = any(op.kind == "store" for op in accesses)
        given = self._given(one.name, address)
        if given is not None:
            first = self.ops[given.args[1]]
            if is_written:  # and so once more behind the loop
                self.before.ops.remove(given)
        elif one.kind == "store" and not one.predicate:
            first = self._new(Op(0, "const", bits))
            self.function.blocks[0].ops.insert(0, first)
        else:
            first = self._new(Op(0, "load", bits, (address,), name=one.name, line=one.line))
            self.before.ops.append(first)
        phi = self._new(Op(0, "phi", bits))
        value, made = phi.id, dict[int, list[Op]]()
        for op in accesses:
            if op.kind == "load":
                self.same[op.id] = value
                made[op.id] = []
                continue
            chosen = []
            if op.condition is not None:
                choice = Op(0, "select", bits, (op.condition, op.args[1], value), line=op.line)
                chosen.append(self._new(choice))
            value = chosen[0].id if chosen else op.args[1]
            made[op.id] = chosen
        self.block.ops = [new for op in self.block.ops for new in made.get(op.id, [op])]
        args = (first.id, value) if self.outside == 0 else (value, first.id)
        self.block.ops.insert(0, phi.with_args(args))
        store = Op(0, "store", 0, (address, value), name=one.name, line=one.line)
        return [self._new(store)] if is_written else []

    def _given(self, name: str, address: int) -> Op | None:
        """The store in front of the loop that a word has its value from, if that is sure."""
        if not isinstance(self.before.end, Jump):
            return None
        for op in reversed(self.before.ops):
            if op.name != name:
                continue
            if op.kind != "store" or op.predicate or is_partial(op, self.function, self.ops):
                return None
            if op.args[0] == address:
                return op
            if not all(self.ops[a].kind == "const" for a in (op.args[0], address)):
                return None
        return None

    def _after(self) -> Block:
        """The block that the loop is left to, and that nothing else leads to."""
        end, name = self.block.end, self.block.name
        assert isinstance(end, Branch)
        target = self.function.block(end.other if end.then == name else end.then)
        if target.preds == [name] and not target.call:
            return target
        made = Block(f"{name}.left", preds=[name], end=Jump(target.name))
        target.preds = [made.name if p == name else p for p in target.preds]
        self.block.end = (
            replace(end, other=made.name) if end.then == name else replace(end, then=made.name)
        )
        self.function.blocks.insert(self.function.blocks.index(self.block) + 1, made)
        return made
