"""The loops of a function: found from its blocks by dominance."""

from dataclasses import dataclass, field

from tools.hls.ir import Function, Return


@dataclass
class Loop:
    """A natural loop: the block it is entered by, and all of its blocks."""

    header: str
    latch: str
    blocks: set[str]
    inner: list["Loop"] = field(default_factory=list)

    @property
    def innermost(self) -> bool:
        return not self.inner


def order(function: Function) -> list[str]:
    """The blocks in reverse post-order from the entry; unreachable ones are left out."""
    blocks = {b.name: b for b in function.blocks}
    seen = {function.blocks[0].name}
    found: list[str] = []
    stack = [(function.blocks[0].name, iter(function.blocks[0].successors()))]
    while stack:
        name, left = stack[-1]
        following = next((n for n in left if n not in seen), None)
        if following is None:
            found.append(name)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(blocks[following].successors())))
    return found[::-1]


def endless(function: Function) -> str | None:
    """A block that no way leads from to the end of the call, if there is one."""
    preds = {b.name: b.preds for b in function.blocks}
    left = [b.name for b in function.blocks if isinstance(b.end, Return)]
    ending = set(left)
    while left:
        for name in preds[left.pop()]:
            if name not in ending:
                ending.add(name)
                left.append(name)
    return next((name for name in order(function) if name not in ending), None)


def side_entry(function: Function) -> str | None:
    """A block by which a loop is entered past its first one, if there is one."""
    names, before = order(function), dominators(function)
    place = {name: number for number, name in enumerate(names)}
    for name in names:
        for target in function.block(name).successors():
            if place[target] <= place[name] and target not in before[name]:
                return target
    return None


def dominators(function: Function) -> dict[str, set[str]]:
    """For each reachable block the blocks that every way to it goes through."""
    names = order(function)
    preds = {b.name: [p for p in b.preds if p in names] for b in function.blocks}
    everything = set(names)
    found = {name: everything for name in names}
    found[names[0]] = {names[0]}
    changed = True
    while changed:
        changed = False
        for name in names[1:]:
            new = set.intersection(*(found[p] for p in preds[name])) | {name}
            if new != found[name]:
                found[name], changed = new, True
    return found


def loops(function: Function) -> list[Loop]:
    """The loops, inner before outer. A header has one latch: front ends see to that."""
    dominated = dominators(function)
    blocks = {b.name: b for b in function.blocks}
    found: dict[str, Loop] = {}
    for name in order(function):
        for target in blocks[name].successors():
            if target in dominated[name]:
                loop = found.setdefault(target, Loop(target, name, {target}))
                _collect(loop, name, blocks)
    ordered = sorted(found.values(), key=lambda loop: len(loop.blocks))
    for i, loop in enumerate(ordered):
        for outer in ordered[i + 1 :]:
            if loop.header in outer.blocks:
                outer.inner.append(loop)
                break
    return ordered


def _collect(loop: Loop, latch: str, blocks: dict) -> None:  # type: ignore[type-arg]
    stack = [latch]
    while stack:
        name = stack.pop()
        if name not in loop.blocks:
            loop.blocks.add(name)
            stack += blocks[name].preds
