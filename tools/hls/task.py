"""What is asked of the engine."""

from dataclasses import dataclass

from tools.hls.signature import Signature


@dataclass(frozen=True)
class Task:
    """A kernel and its clock; `sources` are the names of the C++ files."""

    sources: tuple[str, ...]
    signature: Signature
    period_ns: float
    pipeline_loops: bool = True
