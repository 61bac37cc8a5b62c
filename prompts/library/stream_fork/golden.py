"""Golden model of the stream fork: every word twice, or runs of words to each output by turns."""

from prompts.library.parts.moved_words import any_words, telling_words


def golden(p, inputs):
    """Copies, or the even runs to y and the odd ones to z."""
    x = inputs["x"]
    if p.mode == "copy":
        return {"y": x.copy(), "z": x.copy()}
    turns = x.reshape(-1, 2, p.run, x.shape[1])
    return {"y": turns[:, 0].reshape(-1, x.shape[1]), "z": turns[:, 1].reshape(-1, x.shape[1])}


def stimulus(p, seed):
    return any_words(p, seed)


def corners(p):
    return telling_words(p, p.run)
