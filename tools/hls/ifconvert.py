"""If-conversion: blocks that are chosen between become one block with predicates and selects."""

from dataclasses import replace

from tools.hls.ir import EFFECTS, Block, Branch, Function, Jump, Op, Return
from tools.hls.loops import loops, order
from tools.hls.tidy import tidy_blocks

MOST_OPS = 120
"""Operations in the sides of a branch outside of pipelined loops, above which it stays a branch."""


def convert(function: Function) -> None:
    """Make every innermost loop one block, then small branches elsewhere."""
    for loop in loops(function):
        if not loop.innermost or len(loop.blocks) == 1:
            continue
        if not any(function.block(name).call for name in loop.blocks):
            Collapse(function, loop.header, loop.blocks).run()
    tidy_blocks(function)
    while _convert_one(function):
        tidy_blocks(function)


def _convert_one(function: Function) -> bool:
    """Collapse the first branch whose sides are single blocks that meet again."""
    inside = {loop.header for loop in loops(function)}
    for block in function.blocks:
        if not isinstance(block.end, Branch) or block.call:
            continue
        sides = []
        targets = set()
        for name in block.successors():
            side = function.block(name)
            if (side.preds == [block.name] and isinstance(side.end, Jump) and name not in inside
                    and side.end.target != block.name and not side.call):  # fmt: skip
                sides.append(name)
                targets.add(side.end.target)
            else:
                targets.add(name)
        if not sides or len(targets) != 1 or targets & {block.name}:
            continue
        if sum(len(function.block(s).ops) for s in sides) <= MOST_OPS:
            Collapse(function, block.name, {block.name, *sides}).run()
            return True
    return False


class Collapse:
    """Turns a region without inner loops, entered at `header` only, into one block."""

    def __init__(self, function: Function, header: str, region: set[str]) -> None:
        self.function = function
        self.header = function.block(header)
        self.names = [n for n in order(function) if n in region]
        self.blocks = {n: function.block(n) for n in self.names}
        self.next_id = max(op.id for op in function.ops()) + 1
        self.ops: list[Op] = []
        self.when: dict[str, int | None] = {header: None}
        self.same: dict[int, int] = {}
        self.one: dict[int, int] = {}

    def run(self) -> None:
        self.dominators, self.behind = self._dominators(), self._places_behind()
        for name in self.names:
            block = self.blocks[name]
            if block is not self.header:
                self.when[name] = self._predicate(name)
                for phi in block.phis:
                    self.same[phi.id] = self._merged(block, phi)
            for op in block.ops if block is self.header else block.body:
                self.ops.append(self._guarded(op, self.when[name]))
        self._leave()
        self._substitute()

    def _new(self, kind: str, bits: int, *args: int, line: int = 0, value: int = 0) -> int:
        op = Op(self.next_id, kind, bits, args, value, line=line)  # type: ignore[arg-type]
        self.next_id += 1
        if kind == "const":
            self.function.blocks[0].ops.insert(0, op)
            if self.function.blocks[0] is self.header:
                self.ops.insert(0, op)
        else:
            self.ops.append(op)
        return op.id

    def _dominators(self) -> dict[str, list[str]]:
        """Within the region, in order of it."""
        found: dict[str, set[str]] = {self.header.name: {self.header.name}}
        for name in self.names[1:]:
            preds = [p for p in self.blocks[name].preds if p in found]
            found[name] = set.intersection(*(found[p] for p in preds)) | {name}
        return {n: [m for m in self.names if m in found[n]] for n in self.names}

    def _places_behind(self) -> dict[str, tuple[int, int]]:
        """Each block's range in the tree in which a block is above those that always lead to it.

        What leads out of the region or back to its header is below the root alone.
        """
        above: dict[str, str] = {}
        depth = {"": 0}
        for name in reversed(self.names):
            ends = self.blocks[name].successors()
            leaves = not ends or any(e not in self.blocks or e == self.header.name for e in ends)
            nearest = "" if leaves else ends[0]
            for other in () if leaves else ends[1:]:
                while nearest != other:
                    if depth[nearest] >= depth[other]:
                        nearest = above[nearest]
                    else:
                        other = above[other]
            above[name], depth[name] = nearest, depth[nearest] + 1
        size = dict.fromkeys(("", *self.names), 1)
        for name in self.names:  # those below come first
            size[above[name]] += size[name]
        start, free = {"": 0}, {"": 1}
        for name in reversed(self.names):
            start[name] = free[above[name]]
            free[above[name]] += size[name]
            free[name] = start[name] + 1
        return {name: (start[name], start[name] + size[name]) for name in self.names}

    def _always_after(self, dominator: str, name: str) -> bool:
        """Whether every way through the region from `dominator` comes to `name`."""
        first, end = self.behind[name]
        return first <= self.behind[dominator][0] < end

    def _predicate(self, name: str) -> int | None:
        """The bit that says whether control comes to the block; None: always."""
        for dominator in reversed(self.dominators[name][:-1]):
            if self._always_after(dominator, name):
                return self.when[dominator]
        total: int | None = None
        for pred in dict.fromkeys(self.blocks[name].preds):
            if pred in self.blocks:
                edge = self._edge(pred, name)
                assert edge is not None
                total = edge if total is None else self._new("or", 1, total, edge)
        return total

    def _edge(self, source: str, target: str) -> int | None:
        """The bit that says whether control goes from one block to the next; None: always."""
        end = self.blocks[source].end
        when = self.when[source]
        if not isinstance(end, Branch) or end.then == end.other:
            return when
        condition = end.condition
        if end.then != target:
            condition = self._not(condition)
        return condition if when is None else self._new("and", 1, when, condition)

    def _not(self, condition: int) -> int:
        if condition not in self.one:
            self.one[condition] = self._new("xor", 1, condition, self._new("const", 1, value=1))
        return self.one[condition]

    def _merged(self, block: Block, phi: Op) -> int:
        values = [(p, a) for p, a in zip(block.preds, phi.args, strict=True) if p in self.blocks]
        return self._chosen(block.name, values, phi)

    def _chosen(self, target: str, values: list[tuple[str, int]], like: Op) -> int:
        """The value that goes with the way by which control came."""
        result = values[-1][1]
        if len({v for _, v in values}) == 1:
            return result
        shared = [n for n in self.names if all(n in self.dominators[p] for p, _ in values)]
        top = self.blocks[shared[-1]]
        if len(values) == 2 and isinstance(top.end, Branch):
            sides = [self._side(top, source, target) for source, _ in values]
            if sorted(sides) == [0, 1]:
                first, second = (values[sides.index(side)][1] for side in (0, 1))
                return self._new(
                    "select", like.bits, top.end.condition, first, second, line=like.line
                )
        for source, value in values[-2::-1]:
            edge = self._edge(source, target)
            if edge is None:
                return value
            result = self._new("select", like.bits, edge, value, result, line=like.line)
        return result

    def _side(self, top: Block, source: str, target: str) -> int:
        """By which side of a branch an edge is come to: 0 then, 1 other, 2 unknown."""
        assert isinstance(top.end, Branch)
        for side, name in enumerate((top.end.then, top.end.other)):
            if source == top.name and name == target:
                return side
            only = name in self.blocks and self.blocks[name].preds == [top.name]
            if only and name in self.dominators[source] and name != target:
                return side
        return 2

    def _guarded(self, op: Op, when: int | None) -> Op:
        if op.kind not in EFFECTS | {"load"} or when is None:
            return op
        if op.predicate:
            both = self._new("and", 1, op.args[-1], when)
            return op.with_args((*op.args[:-1], both))
        return replace(op, args=(*op.args, when), predicate=True)

    def _leave(self) -> None:
        """The new end of the header: back to itself, or on to where the region's exits led."""
        edges = []
        for name in self.names:
            for target in dict.fromkeys(self.blocks[name].successors()):
                if target not in self.blocks or target == self.header.name:
                    edges.append((name, target))
        header = self.header
        back = [e for e in edges if e[1] == header.name]
        exits = [e for e in edges if e[1] != header.name]
        returns = [n for n in self.names if isinstance(self.blocks[n].end, Return)]
        if returns and (exits or back):
            for name in returns:  # a way out that ends the call gets a block of its own
                self._split_return(name)
                exits.append((name, self.blocks[name].successors()[0]))
        line = next((b.end.line for b in self.blocks.values() if isinstance(b.end, Branch)), 0)
        again = self._any(back) if back else None
        self._header_phis(back)
        targets = list(dict.fromkeys(t for _, t in exits))
        choices = {t: self._any([e for e in exits if e[1] == t]) for t in targets[:-1]}
        values = {t: self._exit_values(t, [s for s, x in exits if x == t]) for t in targets}
        header.ops = self.ops
        end_block = header
        names: list[tuple[Block, str]] = []
        if back and not exits:
            header.end = Jump(header.name)
        elif not exits:
            header.end = self.blocks[self.names[-1]].end
        dispatch: Block | None = None
        for i, target in enumerate(targets):
            if back and i == 0:
                if len(targets) == 1:
                    assert again is not None
                    header.end = Branch(again, header.name, target, line)
                    names.append((header, target))
                    break
                dispatch = Block(f"{header.name}.exits", [header.name])
                self.function.blocks.append(dispatch)
                assert again is not None
                header.end = Branch(again, header.name, dispatch.name, line)
                end_block = dispatch
            if i == len(targets) - 1:
                if len(targets) == 1 or not isinstance(end_block.end, Branch):
                    end_block.end = Jump(target)
                else:
                    end_block.end = replace(end_block.end, other=target)
                names.append((end_block, target))
            else:
                chosen = choices[target]
                assert chosen is not None
                if i == len(targets) - 2:
                    end_block.end = Branch(chosen, target, targets[-1], line)
                    names.append((end_block, target))
                else:
                    following = Block(f"{header.name}.exits{i + 1}", [end_block.name])
                    self.function.blocks.append(following)
                    end_block.end = Branch(chosen, target, following.name, line)
                    names.append((end_block, target))
                    end_block = following
        for source, target in names:
            self._rewire(self.function.block(target), source.name, values[target])
        gone = set(self.names) - {header.name}
        self.function.blocks = [b for b in self.function.blocks if b.name not in gone]
        header.preds = [p for p in header.preds if p not in gone and p != header.name] + (
            [header.name] if back else []
        )

    def _split_return(self, name: str) -> None:
        block = self.blocks[name]
        leaving = Block(f"{name}.return", [name], [], block.end)
        block.end = Jump(leaving.name)
        self.function.blocks.append(leaving)

    def _any(self, edges: list[tuple[str, str]]) -> int | None:
        total: int | None = None
        for source, target in edges:
            edge = self._edge(source, target)
            if edge is None:
                return self._new("const", 1, value=1)
            total = edge if total is None else self._new("or", 1, total, edge)
        return total

    def _header_phis(self, back: list[tuple[str, str]]) -> None:
        """The header's phis keep the values from outside and get one value from the back edges."""
        header = self.header
        for i, op in enumerate(self.ops):
            if op.kind != "phi" or op.id not in {p.id for p in header.phis}:
                continue
            pairs = list(zip(header.preds, op.args, strict=True))
            outside = [a for p, a in pairs if p not in self.blocks]
            inside = [(p, a) for p, a in pairs if p in self.blocks]
            if inside:
                position = self.ops.index(op)
                chosen = self._chosen(header.name, inside, op)
                self.ops[position] = op.with_args((*outside, chosen))
            else:
                self.ops[i] = op.with_args(tuple(outside))

    def _exit_values(self, target: str, sources: list[str]) -> dict[int, int]:
        """For each phi of an exit's target, the value that comes from the region."""
        block = self.function.block(target)
        found = {}
        for phi in block.phis:
            pairs = [(p, a) for p, a in zip(block.preds, phi.args, strict=True) if p in sources]
            found[phi.id] = self._chosen(target, pairs, phi)
        return found

    def _rewire(self, block: Block, source: str, values: dict[int, int]) -> None:
        """A block's ways in from the region become one, from `source`."""
        inside = [p in self.blocks for p in block.preds]
        block.ops = [
            op.with_args(
                (*(a for a, i in zip(op.args, inside, strict=True) if not i), values[op.id])
            )
            if op.kind == "phi"
            else op
            for op in block.ops
        ]
        block.preds = [p for p, i in zip(block.preds, inside, strict=True) if not i] + [source]

    def _substitute(self) -> None:
        def final(id: int) -> int:
            while id in self.same:
                id = self.same[id]
            return id

        for block in self.function.blocks:
            block.ops = [op.with_args(tuple(map(final, op.args))) for op in block.ops]
            if isinstance(block.end, Branch):
                block.end = replace(block.end, condition=final(block.end.condition))
            elif isinstance(block.end, Return) and block.end.value is not None:
                block.end = Return(final(block.end.value))
