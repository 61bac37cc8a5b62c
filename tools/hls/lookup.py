"""Logic that shares a look-up table with the logic before it, bit for bit, and so takes no longer.

A mapper joins chained logic as long as a bit of the result depends on few enough bits. `cuts` finds
which values these are for each operation, as technology mappers do it, for whole words at once.
"""

from collections.abc import Mapping, Sequence

from tools.hls.ir import Op
from tools.hls.timing import LOGIC, are_apart

Leaf = tuple[int, tuple[int, ...]]
"""A value, and the operations that move its bits on the way."""
_LOGIC = LOGIC | {"select"}
_ALIGNED = frozenset({"zext", "sext", "trunc"})
_MOVING = frozenset({"shl", "lshr", "ashr"})


class Lookup:
    """The leaves of the look-up tables that make each operation of a block."""

    def __init__(self, ops: Sequence[Op], by_id: Mapping[int, Op], most: int) -> None:
        self.by_id = by_id
        self.most = most
        self.leaves: dict[int, frozenset[Leaf]] = {}
        """By operation of logic, or of wires alone."""
        self.depth: dict[int, int] = {}
        for op in ops if most else ():
            self.depth[op.id] = 1 + max((self.depth.get(a, 0) for a in op.args), default=0)
            if (found := self._cut(op)) is not None:
                self.leaves[op.id] = found

    def inputs(self, op: Op) -> int:
        """How many bits a bit of a logic operation depends on; 0 for other operations, or without
        look-up tables."""
        return max(1, len(self.leaves[op.id])) if op.id in self.leaves and self._logic(op) else 0

    def _logic(self, op: Op) -> bool:
        if op.kind in LOGIC and self.by_id[op.args[1]].kind == "const":
            return False
        if op.kind in LOGIC and are_apart(op, self.by_id):
            return False
        if op.kind in ("eq", "ne"):
            return self.by_id[op.args[0]].bits == 1
        return op.kind in _LOGIC

    def _cut(self, op: Op) -> frozenset[Leaf] | None:
        masked = op.kind in LOGIC and self.by_id[op.args[1]].kind == "const"
        if op.kind in _ALIGNED or masked:
            return self._of(op.args[0])
        if op.kind in _MOVING and self.by_id[op.args[1]].kind == "const":
            return frozenset((leaf, (*way, op.id)) for leaf, way in self._of(op.args[0]))
        if not self._logic(op):
            return None
        late = sorted(op.args, key=lambda a: -self.depth.get(a, 0))
        chosen = frozenset[Leaf]().union(*map(self._direct, late))
        for arg in late:  # what comes last profits most
            near = self._direct(arg)
            deeper = chosen - near | self._of(arg)
            if len(deeper) <= self.most:
                chosen = deeper
        return chosen

    def _of(self, id: int) -> frozenset[Leaf]:
        """What a bit of a value depends on, through its look-up table."""
        if self.by_id[id].kind == "const":
            return frozenset()
        return self.leaves.get(id, frozenset({(id, ())}))

    def _direct(self, id: int) -> frozenset[Leaf]:
        """What a bit of a value depends on, with the value itself as a leaf."""
        op, way = self.by_id[id], ()
        while op.kind in _ALIGNED:
            op = self.by_id[op.args[0]]
        return frozenset() if op.kind == "const" else frozenset({(op.id, way)})
