"""Demo selection: the library's demos that are most like a request, by the words they share."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prompts.demo import Demo
from prompts.task import Task

_WORD = re.compile(r"[a-z][a-z0-9]*")
LEAST_SCORE = 0.05
"""Below this only words such as "with" are shared, and the example would mislead."""
LEAST_SHARE = 0.5
"""Of the best score: a demo that is far less like the request costs tokens and teaches little."""
_TITLE_WEIGHT = 2
"""A title or a name says more of a kernel than a sentence about it."""


@dataclass(frozen=True)
class Scored:
    """A demo, and how like a request it is: 0 (no word in common) to 1."""

    demo: Demo
    score: float


def select(
    task: Task,
    demos: Mapping[str, Demo],
    count: int = 2,
    exclude: frozenset[str] = frozenset(),
) -> list[Scored]:
    """The `count` demos most like the task, best first; none below the least score and share.

    The measure is the cosine of TF-IDF vectors. `exclude` names demos to leave out, such as the
    asked kernel's own where a designer is to be judged. Demos of equal score stand by name.
    """
    candidates = [demo for name, demo in sorted(demos.items()) if name not in exclude]
    if not candidates or count < 1:
        return []
    request = _words([task.text, task.kernel.replace("_", " ")])
    scores = _similarities(request, [_description(demo) for demo in candidates])
    order = np.argsort(-scores, kind="stable")[:count]
    least = max(LEAST_SCORE, LEAST_SHARE * float(scores[order[0]]))
    return [Scored(candidates[i], round(float(scores[i]), 4)) for i in order if scores[i] >= least]


def _description(demo: Demo) -> Counter[str]:
    sheet = demo.sheet
    words = _words([demo.instruction(demo.settle()), sheet.summary])
    for word, number in _words([sheet.title, *sheet.names]).items():
        words[word] += _TITLE_WEIGHT * number
    return words


def _words(texts: Iterable[str]) -> Counter[str]:
    """Words in lower case without a plural's `s`; numbers are parameters and say nothing."""
    found = (word for text in texts for word in _WORD.findall(text.lower()))
    return Counter(w[:-1] if len(w) > 3 and w.endswith("s") and w[-2] != "s" else w for w in found)


def _similarities(request: Counter[str], descriptions: list[Counter[str]]) -> NDArray[np.float64]:
    """The cosine of the request with each description; rare words weigh more."""
    vocabulary = sorted(set().union(*descriptions))
    counts = np.array([[d[word] for word in vocabulary] for d in descriptions], np.float64)
    asked = np.array([request[word] for word in vocabulary], np.float64)
    rarity = np.log((1 + len(descriptions)) / np.count_nonzero(counts, axis=0))
    weighted, query = np.log1p(counts) * rarity, np.log1p(asked) * rarity
    norms = np.linalg.norm(weighted, axis=1) * np.linalg.norm(query)
    products = weighted @ query
    cosines: NDArray[np.float64] = np.divide(
        products, norms, out=np.zeros(len(products)), where=norms > 0
    )
    return cosines
