"""Golden model of the streaming FFT: that of `fft`, number for number, in one of two orders."""

import numpy as np

from prompts.library.fft.golden import corners, roots, stimulus, transform

__all__ = ["corners", "golden", "stimulus", "tables"]

TURNING = 5
"""The steps of a stage that has a multiplication; others have 2."""


def golden(p, inputs):
    frames = [transform(frame, p.direction == "inverse") for frame in inputs["x"]]
    order = _reversed(p.points.bit_length() - 1) if p.order == "reversed" else np.arange(p.points)
    return {"y": np.stack(frames)[:, order]}


def tables(p):
    """Each stage's delay, its roots in the order of blocks, and the steps ahead of it."""
    bits = p.points.bit_length() - 1
    stages, ahead = [], 0
    for stage in range(bits):
        cos, sin = roots(1 << stage, p.direction == "inverse")
        turns = list(zip(cos.tolist(), sin.tolist(), strict=True))
        delay = p.points >> (stage + 1)
        stages.append(
            {"delay": delay, "ahead": ahead, "roots": [turns[i] for i in _reversed(stage)]}
        )
        ahead += delay + (TURNING if stage > 1 else 2)
    return {"bits": bits, "stages": stages, "ahead": ahead}


def _reversed(bits):
    """Indices with their bits in reverse."""
    return [int(f"{i:0{bits}b}"[::-1], 2) if bits else 0 for i in range(1 << bits)]
