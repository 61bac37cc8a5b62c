"""Golden model of greedy acceptance: which path of a tree of guesses does the model agree with?

Method: "Medusa: Simple LLM Inference Acceleration Framework with Multiple Decoding Heads" (2024).
A row of `paths` has the nodes of a path after the root, node 0, and ends with zeros.
"""

from itertools import pairwise, takewhile
from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels

TREE = ((0,), (1,), (0, 0), (0, 1), (1, 0), (0, 0, 0))
"""Nodes by the rank of the guess at each step from the root, in the order of their numbers."""


def golden(p, inputs):
    """A guess is right where the logits of the node before are greatest; of equal logits the lower
    token counts, of equally long paths the first."""
    choices = inputs["logits"].argmax(axis=1)
    lengths = [_agreed(path, inputs["tokens"], choices) for path in inputs["paths"]]
    best = int(np.argmax(lengths))
    nodes = [0, *inputs["paths"][best][: lengths[best]]]
    y = np.zeros(p.depth + 1, np.int64)
    y[: len(nodes)] = [*inputs["tokens"][nodes[1:]], choices[nodes[-1]]]
    return {"best_path": best, "accepted": lengths[best], "y": y}


def stimulus(p, seed):
    """Seven of ten guesses are right in calls with an odd seed, nine of ten in the others; every
    fourth call has logits of few values."""
    low, high = limits(p.width) if seed % 4 else (-2, 1)
    logits = random_integers(4 * seed, (p.nodes, p.vocab), low, high)
    parents = _parents(p, seed)
    tokens = random_integers(4 * seed + 1, p.nodes, 0, p.vocab - 1)
    right = random_integers(4 * seed + 2, p.nodes, 0, 9) < (7 if seed % 2 else 9)
    tokens = np.where(right, logits.argmax(axis=1)[parents], tokens)
    return _call(logits, tokens, _paths(p, parents))


def corners(p):
    low, high = limits(p.width)
    some = stimulus(p, 1)
    logits, paths = some["logits"], some["paths"]
    parents = _parents(p, 1)
    choices = logits.argmax(axis=1)
    right = choices[parents]
    nodes = np.arange(p.nodes)
    flat, tokens = logits * 0, nodes * 0
    last, first = flat + low, flat + low
    last[:, -1], first[:, 0] = high, high
    inner = np.where(np.isin(nodes, parents), right, (right + 1) % p.vocab)
    return [
        _call(flat, tokens, paths),
        _call(flat, tokens + p.vocab - 1, paths),
        _call(flat + low, tokens + 1, paths),
        _call(last, tokens + p.vocab - 1, paths),
        _call(first, tokens, paths),
        _call(logits, right, paths),
        _call(logits, (right + 1) % p.vocab, paths),
        # Only the guess at each leaf is wrong; all are right but the first ones.
        _call(logits, inner, paths),
        _call(logits, np.where(parents == 0, (right + 1) % p.vocab, right), paths),
        # Paths in the opposite order, and none at all.
        _call(logits, right, paths[::-1]),
        _call(logits, right, paths * 0),
    ]


def acceptance():
    """Answers for 200 trees each of 256 and of 1000 logits; see `_trees`."""
    return [_trees(71, 256), _trees(72, 1000)]


def tables(p):
    return {"lane_levels": levels(p.lanes, 0)}


def _parents(p, seed):
    """The node before each one: of the tree above, or of a random one of other sizes."""
    if (p.nodes, p.leaves, p.depth) == (7, 3, 3):
        numbers = {path: number for number, path in enumerate([(), *TREE])}
        return np.array([numbers[path[:-1]] for path in numbers])
    parents, depths = np.zeros(p.nodes, np.int64), np.zeros(p.nodes, np.int64)
    leaf = np.ones(p.nodes, bool)
    draws = random_integers(4 * seed + 3, p.nodes, 0, 1 << 16)
    for node in range(1, p.nodes):
        # A leaf goes on where no other path may begin.
        full = leaf[:node].sum() >= p.leaves
        free = np.flatnonzero((depths[:node] < p.depth) & (leaf[:node] | (not full)))
        parents[node] = free[draws[node] % free.size] if free.size else 0
        depths[node] = depths[parents[node]] + 1
        leaf[parents[node]] = False
    return parents


def _paths(p, parents):
    """Of each leaf, in their order, the way to it; rows that are left over are empty."""
    rows = np.zeros((p.leaves, p.depth), np.int64)
    leaves = np.setdiff1d(np.arange(1, p.nodes), parents)
    for row, leaf in zip(rows, leaves, strict=False):
        way = [leaf]
        while parents[way[0]]:
            way.insert(0, parents[way[0]])
        row[: len(way)] = way
    return rows


def _agreed(path, tokens, choices):
    """How many guesses from the root on are the model's own choices."""
    steps = pairwise([0, *path])
    return len(list(takewhile(lambda s: s[1] and tokens[s[1]] == choices[s[0]], steps)))


def _trees(seed, vocab):
    """Path, number of accepted guesses, and tokens of each call."""
    p = SimpleNamespace(nodes=7, leaves=3, depth=3, vocab=vocab)
    parents = _parents(p, 0)
    answers = []
    for call in range(200):
        logits = random_integers(seed * 1000 + call, (7, vocab), -100, 100)
        tokens = random_integers(seed * 2000 + call, 7, 0, vocab - 1)
        for node in range(1, 7):
            if random_integers(seed * 31 + call * 7 + node, (), 0, 9) < 7:
                tokens[node] = logits[parents[node]].argmax()
        found = golden(p, _call(logits, tokens, _paths(p, parents)))
        accepted = found["accepted"]
        answers.append(np.array([found["best_path"], accepted, *found["y"][: accepted + 1]]))
    return [np.concatenate(answers)]


def _call(logits, tokens, paths):
    return {"logits": logits, "tokens": tokens, "paths": paths}
