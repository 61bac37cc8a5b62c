"""The windows of an image, as convolutions see them."""

import numpy as np


def before(p):
    """Rows and columns of zeros above and left of the image; the rest of k - 1 comes after it."""
    return (p.k - 1) // 2 if p.pad == "same" else 0


def windows(p, image):
    """Windows of shape [rows, columns, channels, k, k] of an image [height, width, channels]."""
    after = p.k - 1 - before(p) if p.pad == "same" else 0
    padded = np.pad(image, ((before(p), after), (before(p), after), (0, 0)))
    every = np.lib.stride_tricks.sliding_window_view(padded, (p.k, p.k), axis=(0, 1))
    return every[:: p.stride, :: p.stride]
