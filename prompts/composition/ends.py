"""By which arguments one kernel feeds another: a stream of each, or a memory that both name."""

from prompts.demo import Demo
from prompts.sheet import ArgumentSpec


def ends(one: Demo, other: Demo) -> tuple[str, str] | None:
    """The output of one kernel and the input of the other that it becomes; None: it feeds none.

    Streams come first. A memory that one kernel writes and another reads under the same name
    joins kernels that stream nothing to each other: the second waits for the end of the first.
    """
    sent, taken = stream(one, "out"), stream(other, "in")
    if sent and taken:
        return sent, taken
    return next(((n, n) for n in _memories(one, "out") if n in _memories(other, "in")), None)


def stream(demo: Demo, direction: str) -> str:
    """The first stream of a direction; "" without one."""
    return next((n for n, spec in _specs(demo, "stream", direction)), "")


def chains(demo: Demo) -> bool:
    """Whether a kernel takes a stream and sends one."""
    return bool(stream(demo, "in") and stream(demo, "out"))


def by_memory(one: Demo, other: Demo) -> bool:
    """Whether a kernel reads a memory that the one before writes."""
    joined = ends(one, other)
    return joined is not None and other.sheet.interface[joined[1]].kind == "memory"


def derived(one: Demo, other: Demo) -> frozenset[str]:
    """The parameters of a kernel that follow from the one before: of a stream its extents, bits
    and lanes, of a memory all that both kernels have but what buys speed with area."""
    joined = ends(one, other)
    if joined is None:
        return frozenset()
    spec = other.sheet.interface[joined[1]]
    if by_memory(one, other):
        return frozenset(one.parameters.keys() & other.parameters.keys() - {*other.parallel})
    lanes = [spec.factor] if spec.split == "reshape" else []
    names = {str(item) for item in (*spec.shape, spec.bits, *lanes)}
    return frozenset(names & other.parameters.keys())


def _memories(demo: Demo, direction: str) -> list[str]:
    return [name for name, _ in _specs(demo, "memory", direction)]


def _specs(demo: Demo, kind: str, direction: str) -> list[tuple[str, ArgumentSpec]]:
    return [
        (name, spec)
        for name, spec in demo.sheet.interface.items()
        if (spec.kind, spec.direction) == (kind, direction)
    ]
