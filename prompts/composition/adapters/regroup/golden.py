"""Golden model of regrouping: the elements stay what they are, in their order."""

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    return {"y": inputs["x"]}


def stimulus(p, seed):
    low, high = limits(p.width_in, p.sign_in == "signed")
    narrow = min(p.width_in, 32)
    part = random_integers(seed, (p.elements // p.row, p.row), *limits(narrow, low < 0))
    return {"x": part << (p.width_in - narrow) if seed % 2 else part}


def corners(p):
    low, high = limits(p.width_in, p.sign_in == "signed")
    zero = stimulus(p, 0)["x"] * 0
    return [{"x": zero + low}, {"x": zero + high}, {"x": zero + (-1 if low < 0 else 1)}]


def tables(p):
    """Steps of a row: beats on the side with the smaller ones; how many of them fill a large one.

    `beats` and `results` are those of a call on either side.
    """
    small, large = sorted((p.lanes_in, p.lanes_out))
    rows = p.elements // p.row
    return {
        "steps": -(-p.row // small),
        "fill": large // small,
        "beats": rows * -(-p.row // p.lanes_in),
        "results": rows * -(-p.row // p.lanes_out),
    }
