"""Says what is wrong with a function of the IR; run between passes in tests."""

from tools.hls.ir import BINARY, COMPARE, Branch, Function, Return
from tools.hls.loops import dominators, order


def problems(function: Function) -> list[str]:
    """Broken rules, as sentences; empty for a good function."""
    found: list[str] = []
    blocks = {b.name: b for b in function.blocks}
    if len(blocks) != len(function.blocks):
        found.append("two blocks of one name")
    reachable = set(order(function))
    place: dict[int, tuple[str, int]] = {}
    widths: dict[int, int] = {}
    for block in function.blocks:
        for i, op in enumerate(block.ops):
            if op.id in place:
                found.append(f"operation {op.id} is there twice")
            place[op.id] = (block.name, i)
            widths[op.id] = op.bits
    for block in function.blocks:
        for target in block.successors():
            if block.name not in blocks[target].preds:
                found.append(f"{target} does not know its predecessor {block.name}")
        for pred in block.preds:
            if pred not in blocks or block.name not in blocks[pred].successors():
                found.append(f"{block.name} has no predecessor {pred}")
    if found:
        return found
    over = dominators(function)
    for block in function.blocks:
        if block.name not in reachable:
            found.append(f"{block.name} is never reached")
            continue
        for i, op in enumerate(block.ops):
            if op.kind == "phi":
                if len(op.args) != len(block.preds):
                    found.append(f"phi {op.id} has {len(op.args)} values for {block.preds}")
                    continue
                for arg, pred in zip(op.args, block.preds, strict=True):
                    if arg not in place or place[arg][0] not in over[pred]:
                        found.append(f"phi {op.id}: {arg} is not there at the end of {pred}")
                continue
            for arg in op.args:
                if arg not in place:
                    found.append(f"{op.id} uses {arg}, which is not there")
                elif place[arg][0] == block.name:
                    if place[arg][1] >= i:
                        found.append(f"{op.id} in {block.name} uses {arg} before it is made")
                elif place[arg][0] not in over[block.name]:
                    found.append(f"{op.id} in {block.name} uses {arg} of {place[arg][0]}")
            found += _widths(op, widths)
        end = block.end
        used = end.condition if isinstance(end, Branch) else None
        used = end.value if isinstance(end, Return) else used
        if used is not None and (used not in place or place[used][0] not in over[block.name]):
            found.append(f"the end of {block.name} uses {used}, which is not there")
    return found


def _widths(op, widths: dict[int, int]) -> list[str]:  # type: ignore[no-untyped-def]
    args = [widths.get(a, 0) for a in op.args]
    wrong = False
    if op.kind in COMPARE:
        wrong = op.bits != 1 or args[0] != args[1]
    elif op.kind in BINARY:
        wrong = op.bits != args[0] or args[0] != args[1]
    elif op.kind == "select":
        wrong = args[0] != 1 or args[1] != op.bits or args[2] != op.bits
    elif op.kind in ("zext", "sext"):
        wrong = args[0] > op.bits
    elif op.kind == "trunc":
        wrong = args[0] < op.bits
    elif op.kind in ("clz", "ctz"):
        wrong = args[0].bit_length() >= op.bits
    elif op.kind == "store" and op.value:
        wrong = op.value < 0
    return [f"{op.id}: {op.kind} of widths {args} to {op.bits}"] if wrong else []
