"""Golden model of the stream FIFO: the words of x in their order."""

from prompts.library.parts.moved_words import any_words, telling_words


def golden(p, inputs):
    return {"y": inputs["x"].copy()}


def stimulus(p, seed):
    return any_words(p, seed)


def corners(p):
    return telling_words(p)


def tables(p):
    """Whether the memory is one of look-up tables, which is read in the cycle that needs a word."""
    return {"distributed": int(p.depth <= 32 or p.depth * p.width <= 1024)}
