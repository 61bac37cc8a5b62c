"""What is asked of the engine."""

from dataclasses import dataclass

from tools.hls.signature import Signature
from tools.hls.timing import Clock


@dataclass(frozen=True)
class Task:
    """A kernel and its clock; `sources` are the names of the C++ files."""

    sources: tuple[str, ...]
    signature: Signature
    clock: Clock
    pipeline_loops: bool = True
