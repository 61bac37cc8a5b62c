"""Golden model of the KV cache: what is kept of each head's rows, and the rows read back."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """After each token, all rows kept of each head that is chosen, the oldest first."""
    chosen = inputs["chosen"].reshape(p.tokens, p.reads)
    read = [(head, t) for t, heads in enumerate(chosen) for head in heads]
    sources = {"keys": inputs["k"], "values": inputs["v"]}
    return {
        name: np.concatenate([rows[_kept(p, t + 1), head] for head, t in read])
        for name, rows in sources.items()
    }


def stimulus(p, seed):
    """Elements of the full range, and heads in any order."""
    shape = (p.tokens, p.heads, p.dim)
    return {
        "k": random_integers(3 * seed, shape, *limits(p.width)),
        "v": random_integers(3 * seed + 1, shape, *limits(p.width)),
        "chosen": random_integers(3 * seed + 2, p.tokens * p.reads, 0, p.heads - 1),
    }


def corners(p):
    """The first head alone, the last one, and all in turn."""
    places = np.arange(p.tokens * p.reads)
    heads = (np.zeros_like(places), np.full_like(places, p.heads - 1), places % p.heads)
    return [{**stimulus(p, 90 + i), "chosen": chosen} for i, chosen in enumerate(heads)]


def tables(p):
    """Beats of a row, and of all rows of a head."""
    words = p.dim // p.lanes
    return {"words": words, "space": words * p.length}


def _kept(p, tokens):
    """The tokens whose rows are there after so many."""
    if p.overflow == "slide":
        return range(max(0, tokens - p.length), tokens)
    return range(min(tokens, p.length))
