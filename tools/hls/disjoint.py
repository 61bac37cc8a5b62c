"""Sums of words without common bits become disjunctions again, where no address is made of them.

The front end takes LLVM's `or disjoint` for a sum, since addresses are taken apart into sums. In
what is left such a sum needs no carries.
"""

from dataclasses import replace

from tools.hls.ir import Function


def join_disjoint(function: Function, disjoint: frozenset[int]) -> None:
    """Turn the `disjoint` operations that are sums, and no part of an address, into `or`."""
    ops = function.by_id()
    addressing: set[int] = set()
    work = [op.args[0] for op in ops.values() if op.kind in ("load", "store")]
    while work:
        id = work.pop()
        if id not in addressing:
            addressing.add(id)
            work += ops[id].args
    turned = disjoint - addressing
    for block in function.blocks:
        block.ops = [
            replace(op, kind="or") if op.kind == "add" and op.id in turned else op
            for op in block.ops
        ]
