"""Linear feedback shift registers, which move to the right, towards bit 0.

In the Galois form the mask's bits are turned over where a 1 fell out. In the Fibonacci form the
parity of the mask's bits, read from the other end, comes in at the top. With the same mask both
have the same period.
"""


def leaps(mask, steps, form="galois"):
    """For each bit of the state after `steps` steps, the bits of the state whose parity it is."""
    width = mask.bit_length()
    bits = [1 << i for i in range(width)]
    for _ in range(steps):
        if form == "galois":
            moved = [*bits[1:], 0]
            bits = [bit ^ (bits[0] if mask >> i & 1 else 0) for i, bit in enumerate(moved)]
        else:
            parity = 0
            for i, bit in enumerate(bits):
                parity ^= bit if mask >> (width - 1 - i) & 1 else 0
            bits = [*bits[1:], parity]
    return bits


def states(seed, mask, steps, count, form="galois"):
    """The states after `steps` steps, twice as many, and so on."""
    step = (_galois if form == "galois" else _fibonacci)(mask)
    found = []
    for _ in range(count):
        for _ in range(steps):
            seed = step(seed)
        found.append(seed)
    return found


def _galois(mask):
    return lambda state: (state >> 1) ^ (mask if state & 1 else 0)


def _fibonacci(mask):
    width = mask.bit_length()
    taps = int(f"{mask:b}"[::-1], 2)
    return lambda state: (state >> 1) | ((state & taps).bit_count() % 2) << (width - 1)
