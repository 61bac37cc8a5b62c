"""Golden model of task relevance: how much each source task tells of a target, and its samples.

Method: active multi-task representation learning (arXiv 2306.08942), its linear case. The heads
of the sources are the columns of W; the relevance is the least-norm solution of W nu = w_t with a
ridge, nu = W^T (W W^T + lam I)^-1 w_t, by an LDL^T factorisation: L in Q.20, D in Q.8, the solution
in Q.24, nu in Q.16, quotients rounded down. The samples beyond the least number for each task go by
nu^2, rounded down, so that some may be left over; without any relevance they are spread evenly.
The ridge is at least 16, and the budget has room for the least number of samples of all.
"""

import numpy as np

from prompts.arithmetic import round_shift
from prompts.arithmetic import stimulus as random_integers

RIDGE, LEAST = 64, 16


def golden(p, inputs):
    heads, target = inputs["heads"], inputs["target"]
    gram = heads @ heads.T + int(inputs["ridge"]) * np.eye(p.dims, dtype=np.int64)
    factor, pivots = _factored(gram.tolist())
    nu = round_shift(heads.T @ _solved(factor, pivots, target.tolist()), 8)
    assert int((nu * nu).sum()) < 1 << 50
    least = int(inputs["least"])
    free = int(inputs["budget"]) - p.sources * least
    return {"relevance": nu, "samples": least + _shared(nu, free)}


def stimulus(p, seed):
    """Any heads, with different ridges and budgets."""
    ridge = int(random_integers(7 * seed, (), 16, 300))
    least = int(random_integers(7 * seed + 1, (), 0, 100))
    budget = p.sources * least + int(random_integers(7 * seed + 2, (), 0, 1 << 20))
    heads = random_integers(7 * seed + 3, (p.dims, p.sources), -128, 127)
    return _call(heads, random_integers(7 * seed + 4, p.dims, -128, 127), ridge, budget, least)


def corners(p):
    heads = random_integers(3, (p.dims, p.sources), -127, 127)
    target = random_integers(4, p.dims, -127, 127)
    equal, extreme = heads.copy(), np.where(heads % 2, 127, -128)
    equal[1] = equal[0]
    zero, unit = np.zeros_like(heads), np.eye(p.dims, p.sources, dtype=np.int64)
    budget = 256 * p.sources
    return [
        _call(equal, target, RIDGE, budget, LEAST),
        _call(heads, 0 * target, RIDGE, budget + 5, LEAST),
        _call(heads, heads[:, p.sources - 1].copy(), RIDGE, budget, LEAST),
        _call(heads, target, RIDGE, LEAST * p.sources, LEAST),
        _call(zero, target, RIDGE, budget, LEAST),
        _call(unit * 127, target, 16, (1 << 24) - 1, 0),
        _call(unit, target, 16, (1 << 24) - 1, 1),
        _call(extreme, target, 16, budget, LEAST),
        _call(zero + 127, 0 * target + 127, 16, budget, LEAST),
        _call(zero - 128, 0 * target - 128, 65535, 1 << 20, 65535 // p.sources),
        _call(equal, target, 16, 1 << 20, 0),
        _call(unit * 4, 0 * target + 127, 16, 1 << 23, 3),
    ]


def acceptance():
    return [_accepted(4, 16, 4096, 161), _accepted(8, 64, 16384, 163)]


def tables(p):
    """The dimensions as an address has them."""
    return {"dim_bits": max(1, (p.dims - 1).bit_length())}


def _factored(gram):
    """The unit lower triangle, and the pivots, which are at least 1."""
    k = len(gram)
    factor, pivots = np.zeros((k, k), np.int64).tolist(), []
    for j in range(k):
        for i in range(j, k):
            rest = gram[i][j] << 8
            for c in range(j):
                square = (factor[i][c] * factor[j][c] + (1 << 19)) >> 20
                rest -= square * pivots[c] >> 20
            if i == j:
                pivots.append(max(rest, 256))
            else:
                factor[i][j] = _fits((rest << 20) // pivots[j], 32)
    return factor, pivots


def _solved(factor, pivots, target):
    """Forward, by the pivots, and backward."""
    k = len(target)
    z, a = [0] * k, [0] * k
    for i in range(k):
        known = sum(factor[i][c] * z[c] >> 20 for c in range(i))
        z[i] = _fits((target[i] << 16) - known, 40)
    for i in reversed(range(k)):
        known = sum(factor[c][i] * a[c] >> 20 for c in range(i + 1, k))
        a[i] = _fits((z[i] << 16) // pivots[i] - known, 40)
    return np.array(a)


def _fits(value, bits):
    """A value that has to fit a register."""
    assert -(1 << (bits - 1)) <= value < 1 << (bits - 1), (value, bits)
    return value


def _shared(nu, free):
    """The samples beyond the least ones."""
    squares = [value * value for value in nu.tolist()]
    total = sum(squares)
    if not total:
        return np.full(len(squares), free // len(squares))
    return np.array([square * free // total for square in squares])


def _call(heads, target, ridge, budget, least):
    scalars = {"ridge": ridge, "budget": budget, "least": least}
    return {"heads": heads, "target": target, **{n: np.int64(v) for n, v in scalars.items()}}


def _accepted(dims, sources, budget, seed):
    """Forty calls, with equal rows, no target, and a target that is one of the sources."""
    outcome = []
    for turn in range(40):
        heads = random_integers(seed * 70 + turn, (dims, sources), -127, 127)
        target = random_integers(seed * 90 + turn, dims, -127, 127)
        if turn == 5:
            heads[1] = heads[0]
        if turn == 6:
            target[:] = 0
        if turn == 7:
            target = heads[:, 3].copy()
        gram = heads @ heads.T + RIDGE * np.eye(dims, dtype=np.int64)
        nu = round_shift(heads.T @ _solved(*_factored(gram.tolist()), target.tolist()), 8)
        outcome += [nu, LEAST + _shared(nu, budget - sources * LEAST)]
    return outcome
