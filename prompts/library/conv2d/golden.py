"""Golden model of the 2-D convolution: exact integer sums over zero-padded windows."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.windows import before, windows


def golden(p, inputs):
    """y[i, j, o] = sum over r, q, c of image[i stride + r, j stride + q, c] weights[o, c, r, q].

    The image is x within its padding.
    """
    seen = windows(p, inputs["x"])
    return {"y": np.tensordot(seen, inputs["weights"], axes=((2, 3, 4), (1, 2, 3)))}


def stimulus(p, seed):
    image, kernel = (p.height, p.width, p.cin), (p.cout, p.cin, p.k, p.k)
    return {
        "x": random_integers(2 * seed, image, *limits(p.data_width)),
        "weights": random_integers(2 * seed + 1, kernel, *limits(p.weight_width)),
    }


def corners(p):
    x_low, x_high = limits(p.data_width)
    w_low, w_high = limits(p.weight_width)
    some = stimulus(p, 0)
    x, weights = np.zeros_like(some["x"]), np.zeros_like(some["weights"])
    return [
        {"x": x, "weights": some["weights"]},
        {"x": some["x"], "weights": weights},
        {"x": x + x_low, "weights": weights + w_low},
        {"x": x + x_high, "weights": weights + w_low},
        {"x": x + x_high, "weights": weights + w_high},
    ]


def tables(p):
    """Sizes that follow from the parameters.

    A row of the window is a run of k * cin elements; `run_lanes` of them are taken each cycle, so
    an output takes `groups` cycles. `rotation` divides the position of every run, modulo the lanes.
    """
    run, run_lanes = p.k * p.cin, p.lanes // p.k
    groups = -(-run // run_lanes)
    span = p.k if p.pad == "valid" else 1
    return {
        "before": before(p),
        "out_height": (p.height - span) // p.stride + 1,
        "out_columns": (p.width - span) // p.stride + 1,
        "run": run,
        "run_lanes": run_lanes,
        "groups": groups,
        "rotation": int(np.gcd(p.cin, run_lanes)),
        "levels": (p.k * run_lanes - 1).bit_length(),
    }
