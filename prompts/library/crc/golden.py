"""Golden model of the cyclic redundancy check: the remainder of each message, bit by bit.

Parameters are those of the catalogues of such codes: the polynomial without its highest term and
the initial value as if nothing were reflected; `reflected` codes take the bits of a byte from the
lowest on and give the remainder the other way round.
"""

import numpy as np

from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts import rows_of_beats

REFLECTED = ("crc32", "crc32c", "crc16_arc", "crc16_modbus", "crc16_usb", "crc16_x25", "crc5_usb")
USUALLY_REFLECTED = (5, 16, 32)
"""The widths whose usual code is reflected."""
CHECKED = b"123456789"
"""The message whose remainder the catalogues tell."""


def golden(p, inputs):
    return {"y": [remainder(p, message) for message in inputs["x"].tolist()]}


def remainder(p, message):
    """The check value of a message, a list of bytes."""
    reflected, top, mask = is_reflected(p), p.width - 1, (1 << p.width) - 1
    value = p.initial
    for byte in message:
        for i in range(8):
            bit = byte >> (i if reflected else 7 - i) & 1
            out = value >> top & 1 ^ bit
            value = (value << 1 & mask) ^ (p.polynomial if out else 0)
    return (reversed_bits(value, p.width) if reflected else value) ^ p.final_xor


def is_reflected(p):
    if p.order != "usual":
        return p.order == "reflected"
    if p.standard == "usual":
        return p.width in USUALLY_REFLECTED
    return p.standard in REFLECTED


def reversed_bits(value, width):
    return int(f"{value:0{width}b}"[::-1], 2)


def stimulus(p, seed):
    return {"x": random_integers(seed, (p.messages, p.length), 0, 255)}


def corners(p):
    """Besides messages of extremes: the catalogues' message, and one bit at different places."""
    checked = np.resize(np.frombuffer(CHECKED, np.uint8), (p.messages, p.length))
    places = np.arange(p.messages * p.length).reshape(p.messages, p.length)
    ends = [(places % p.length == at) * 128 for at in (0, p.length - 1)]
    calls = [checked, *ends, places % 256, 1 << places % 8]
    return [*rows_of_beats.corners(p.messages, p.length, 0, 255), *({"x": x} for x in calls)]


def tables(p):
    """Parities of state and data, for a whole beat and for a message's last one."""
    tail = (p.length - 1) % p.lanes + 1
    reflected = is_reflected(p)
    initial = reversed_bits(p.initial, p.width) if reflected else p.initial
    return {
        "groups": -(-p.length // p.lanes),
        "tail": tail,
        "state_parities": [_parities(p, reflected, n)[0] for n in (p.lanes, tail)],
        "data_parities": [_parities(p, reflected, n)[1] for n in (p.lanes, tail)],
        "first_state": initial,
    }


def _parities(p, reflected, count):
    """For each bit of the next state, the bits of the state and of `count` bytes that decide it."""
    bits = [1 << i for i in range(p.width)]
    taps = reversed_bits(p.polynomial, p.width) if reflected else p.polynomial
    for place in range(8 * count):
        data = place if reflected else place ^ 7
        out = bits[0 if reflected else -1] ^ 1 << (p.width + data)
        bits = [*bits[1:], 0] if reflected else [0, *bits[:-1]]
        bits = [bit ^ (out if taps >> i & 1 else 0) for i, bit in enumerate(bits)]
    mask = (1 << p.width) - 1
    return [bit & mask for bit in bits], [bit >> p.width for bit in bits]
