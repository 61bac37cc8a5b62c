"""Golden model of the dot product: exact integers."""

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    return {"y": (inputs["a"] * inputs["b"]).sum()}


def stimulus(p, seed):
    low, high = limits(p.width)
    return {
        "a": random_integers(2 * seed, p.length, low, high),
        "b": random_integers(2 * seed + 1, p.length, low, high),
    }


def corners(p):
    low, high = limits(p.width)
    zero = stimulus(p, 0)["a"] * 0
    return [
        # First, since a word that a reset leaves behind shows only beside a product.
        {"a": zero + low, "b": zero + low},
        {"a": zero, "b": zero},
        {"a": zero + low, "b": zero + high},
    ]


def tables(p):
    """The adder tree: for each level how many sums it has, of how many bits."""
    levels, count, bits = [], p.lanes, 2 * p.width
    while count > 1:
        count, bits = (count + 1) // 2, bits + 1
        levels.append({"count": count, "bits": bits})
    return {"levels": levels}
