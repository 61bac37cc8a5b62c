"""Words beside a kernel's name that turn it into something else.

"Not a FIR", "a batch normalisation after a convolution", "an IIR filter", "the gradient of a
softmax": the name is there, and the kernel is not wanted.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from prompts.reading.vocabulary import STOPWORDS
from prompts.reading.wordlists import listed

_ARTICLES = frozenset(listed("a an the any this that my our your another some two three each"))
_DENIED = (
    ("not",), ("never",), ("except",), ("without",), ("anything", "but"), ("everything", "but"),
    ("instead", "of"), ("rather", "than"), ("other", "than"), ("no", "need", "for"),
)  # fmt: skip
_MADE = frozenset(listed("build make design create generate write give me implement want use"))
_BESIDE = frozenset(listed("after before behind between beside beneath alongside around"))
_KINDS = frozenset(
    listed(
        "transposed deconvolution 3d iir biquad median bilateral adaptive lms rls kalman "
        "sparse csr coo log backward backpropagation backprop gradient gradients derivative "
        "derivatives inverse inverted training train trained complex quantum fuzzy hamming "
        "chebyshev butterworth comb notch particle morphological binary winograd strassen leaky "
        "roi stochastic 1d aware regression trainer equalization equalisation equalizer equaliser"
    )
)
_OTHER_NORMS = frozenset(listed("batch group instance spectral weight"))
_LINKS = frozenset(listed("of for the a an in with respect to pass"))


def denied(tokens: Sequence[str], first: int) -> bool:
    """Whether the name that begins at `first` is what is not wanted."""
    i = first
    while i and tokens[i - 1] in _ARTICLES | _MADE:
        i -= 1
    return any(tuple(tokens[max(0, i - len(words)) : i]) == words for words in _DENIED)


def beside(tokens: Sequence[str], first: int) -> bool:
    """Whether the name tells where something else stands: "after a convolution"."""
    i = first
    while i and tokens[i - 1] in _ARTICLES:
        i -= 1
    return i > 1 and tokens[i - 1] in _BESIDE


def attribute(tokens: Sequence[str], at: int) -> bool:
    """Whether a participle tells of which kind the next word is: "quantized 3x3 convolution"."""
    follows = tokens[at + 1] if at + 1 < len(tokens) else ""
    return tokens[at].endswith("ed") and follows[:1].isalnum() and follows not in STOPWORDS


def another_kind(
    tokens: Sequence[str], first: int, last: int, known: Collection[str], others: Collection[str]
) -> bool:
    """Whether words at the name make it another operation: those of the sheet's `others`, several
    of which stand behind the name, or one that does so with any name, unless the sheet knows it."""
    near = [*_before(tokens, first), *tokens[first + 1 : last], *tokens[last + 1 : last + 2]]
    if tokens[first].startswith("norm") and _OTHER_NORMS & set(tokens[max(0, first - 1) : first]):
        return True
    counted = {
        f"# {word}"
        for number, word in pairwise(tokens[max(0, first - 1) : last + 1])
        if number[0].isdigit()
    }
    after = " ".join(tokens[last + 1 : last + 8]) + " "
    said = any(" " in other and after.startswith(f"{other} ") for other in others)
    return (
        bool(counted & set(others))
        or said
        or any(word in others or (word in _KINDS and word not in known) for word in near)
    )


def _before(tokens: Sequence[str], first: int) -> list[str]:
    """The two words before a name, and those that an "of" or "with" ties to it."""
    i = first
    while i and tokens[i - 1] in _LINKS:
        i -= 1
    return [*tokens[max(0, first - 2) : first], *tokens[max(0, i - 1) : i]]
