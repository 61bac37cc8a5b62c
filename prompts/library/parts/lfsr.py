"""Galois shift registers: x >> 1, with the mask's bits turned over where a 1 fell out."""


def leaps(mask, steps):
    """For each bit of the state after `steps` steps, the bits of the state whose parity it is."""
    width = mask.bit_length()
    bits = [1 << i for i in range(width)]
    for _ in range(steps):
        out = bits[0]
        moved = [*bits[1:], 0]
        bits = [bit ^ (out if mask >> i & 1 else 0) for i, bit in enumerate(moved)]
    return bits


def states(seed, mask, steps, count):
    """The states after `steps` steps, twice as many, and so on."""
    found = []
    for _ in range(count):
        for _ in range(steps):
            seed = (seed >> 1) ^ (mask if seed & 1 else 0)
        found.append(seed)
    return found
