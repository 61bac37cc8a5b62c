"""Which short loops to unroll so that a small array becomes registers: shifts and sums of filters.

A delay line keeps its values from one iteration of a loop to the next, and is moved and summed up
by loops within. As a memory of two ports it takes a cycle for each word. Where these inner loops
are short, all of them unrolled leave no varying index, and LLVM makes a value of each word.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from tools.errors import ToolError
from tools.hls.ll import Instruction, LlBlock
from tools.hls.ll_reader import read

_MOST_WORDS = 32
_MOST_INSTRUCTIONS = 24
"""Of a loop's body, a few of which are its counter and its addresses."""
_PLAIN = frozenset(
    {"phi", "getelementptr", "load", "store", "add", "sub", "mul", "and", "or", "xor", "shl",
     "lshr", "ashr", "zext", "sext", "trunc", "icmp", "select", "br", "freeze"}
)  # fmt: skip
"""What the body of such a loop does: nothing that is large when it is there many times."""


def short_loops(text: str, function: str, placed: Collection[str]) -> dict[str, frozenset[str]]:
    """For each delay line of a function its loops, by their metadata; `text` is LLVM's IR.

    Arrays that the source has `placed` by pragmas stay as they are.
    """
    if " = alloca [" not in text:
        return {}
    try:
        blocks = read(text, function).blocks
    except ToolError:  # a later step says it, with the line
        return {}
    short = {b.name: b.body[-1].loop for b in blocks if _is_short(b)}
    again = _repeated(blocks)
    found = {}
    for array in _arrays(blocks):
        if array.removeprefix("%").split(".")[0] in placed:
            continue
        around = _loops_of(array, blocks, short, again)
        if around:
            found[array] = frozenset(around)
    return found


def left(text: str, arrays: Collection[str]) -> list[str]:
    """Those of the arrays of which a part is still an array."""
    made = [line.split()[0] for line in text.splitlines() if " = alloca [" in line]
    return [a for a in arrays if any(m == a or m.startswith(f"{a}.sroa.") for m in made)]


def _is_short(block: LlBlock) -> bool:
    """Whether a block is a loop by itself, and small."""
    end = block.body[-1]
    plain = all(i.opcode in _PLAIN for i in block.body)
    return plain and block.name in end.labels and len(block.body) <= _MOST_INSTRUCTIONS


def _repeated(blocks: Sequence[LlBlock]) -> set[str]:
    """The blocks in a loop of several blocks."""
    after = {b.name: [n for n in b.body[-1].labels if n != b.name] for b in blocks}
    found = set()
    for name in after:
        seen: set[str] = set()
        stack = list(after[name])
        while stack:
            at = stack.pop()
            if at not in seen:
                seen.add(at)
                stack += after.get(at, [])
        if name in seen:
            found.add(name)
    return found


def _arrays(blocks: Sequence[LlBlock]) -> Iterator[str]:
    for block in blocks:
        for made in block.body:
            kind = made.element if made.opcode == "alloca" else None
            if kind is None or kind.kind != "array" or kind.count > _MOST_WORDS:
                continue
            if kind.parts[0].kind in ("int", "struct"):
                yield made.result


def _loops_of(
    array: str, blocks: Sequence[LlBlock], short: Mapping[str, str], again: Collection[str]
) -> set[str] | None:
    """The loops in which the array has varying indices, each short and within another one; None
    where it is used in another way too, or begins anew in an iteration."""
    pointers, found = {array}, set[str]()
    for block in blocks:
        for used in block.body:
            at = [i for i, value in enumerate(used.args) if value.text in pointers]
            if not at:
                continue
            if used.opcode == "getelementptr" and at == [0]:
                pointers.add(used.result)
                if any(value.number is None for value in used.args[1:]):
                    if block.name not in short or block.name not in again:
                        return None
                    found.add(short[block.name])
            elif not _is_plain(used, at) or (used.opcode == "call" and block.name in again):
                return None
    return found


def _is_plain(used: Instruction, at: Sequence[int]) -> bool:
    """Whether an instruction reads or writes at a pointer, or says where its memory lives."""
    if used.opcode == "call":
        return used.detail.startswith(("llvm.lifetime", "llvm.memset"))
    return used.opcode == "load" or (used.opcode == "store" and at == [1])
