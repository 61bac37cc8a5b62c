"""Blocks that are needed no more go, and values take the place of others."""

from collections.abc import Mapping
from dataclasses import replace

from tools.hls.ir import Block, Branch, End, Function, Jump, Op, Return
from tools.hls.loops import order


def tidy_blocks(function: Function) -> None:
    """Branches that always go one way, blocks never reached, and chains of jumps are removed."""
    ops = function.by_id()
    for block in function.blocks:
        end = block.end
        if isinstance(end, Branch):
            condition = ops[end.condition]
            if end.then == end.other:
                block.end = Jump(end.then)
            elif condition.kind == "const":
                target, lost = (end.then, end.other) if condition.value else (end.other, end.then)
                block.end = Jump(target)
                forget(function.block(lost), block.name)
    reached = set(order(function))
    for block in function.blocks:
        if block.name not in reached:
            for target in block.successors():
                if target in reached:
                    forget(function.block(target), block.name)
    function.blocks = [b for b in function.blocks if b.name in reached]
    _merge_chains(function)


def forget(block: Block, pred: str) -> None:
    """Take a predecessor, and its values, out of a block."""
    at = block.preds.index(pred)
    block.preds.pop(at)
    block.ops = [
        op.with_args(op.args[:at] + op.args[at + 1 :]) if op.kind == "phi" else op
        for op in block.ops
    ]


def _merge_chains(function: Function) -> None:
    """A block whose only successor has no other predecessor takes it in."""
    blocks = {b.name: b for b in function.blocks}
    for block in function.blocks:
        if blocks.get(block.name) is not block:
            continue
        while isinstance(block.end, Jump):
            target = blocks[block.end.target]
            if len(target.preds) != 1 or target is function.blocks[0] or target is block:
                break
            if block.call or target.call:
                break
            same = {phi.id: phi.args[0] for phi in target.phis}
            block.ops += target.body
            end: End = target.end
            block.end = end
            for name in target.successors():
                preds = blocks[name].preds
                preds[preds.index(target.name)] = block.name
            del blocks[target.name]
            if target.name in function.loops:
                function.loops.setdefault(block.name, function.loops[target.name])
            if same:
                substitute(function, same)
    function.blocks = [b for b in function.blocks if b.name in blocks]


def substitute(function: Function, same: Mapping[int, int]) -> None:
    """Use another value, by its number, wherever one was used."""

    def final(id: int) -> int:
        while id in same:
            id = same[id]
        return id

    def resolved(op: Op) -> Op:
        touched = not same.keys().isdisjoint(op.args)
        return op.with_args(tuple(map(final, op.args))) if touched else op

    for block in function.blocks:
        block.ops = [resolved(op) for op in block.ops]
        if isinstance(block.end, Branch):
            block.end = replace(block.end, condition=final(block.end.condition))
        elif isinstance(block.end, Return) and block.end.value is not None:
            block.end = Return(final(block.end.value))
