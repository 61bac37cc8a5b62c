"""Which kernel of the library a request is for: its names, then the words around them."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from math import log

from prompts.demo import Demo
from prompts.reading.choices import sets
from prompts.reading.otherwise import another_kind, attribute
from prompts.reading.subject import Subject
from prompts.reading.vocabulary import STOPWORDS, stem, stems_of

_NAMED, _BAG = 10.0, 4.0
_TELLING = 3
"""The names of a kernel, of its list, that mean it in the sheet of another."""
_TOKEN = re.compile(r"[a-z][a-z0-9]*|\d+d\b|\d[\dx.]*|[;?!,]|\.(?=\s|$)")


@dataclass(frozen=True)
class Hit:
    """A kernel's name in the text: its first and last token, and how specific it is (0-1)."""

    kernel: str
    said: str
    first: int
    last: int
    weight: float


@dataclass(frozen=True)
class Choice:
    """The kernels by closeness, best first; `named` are those that the request is really about."""

    scores: Mapping[str, float]
    named: tuple[Hit, ...]
    subject: Subject
    shared: int
    """How many of the text's words the library's sheets use."""

    @property
    def best(self) -> str:
        """The kernel asked for, "" when none is named."""
        named = {hit.kernel for hit in self.named}
        return next((kernel for kernel in self.scores if kernel in named), "")

    @property
    def foreign_wish(self) -> bool:
        """Whether the text asks for some other thing by a word that is in no kernel's name."""
        return any(
            not any(hit.first <= i <= hit.last for hit in self.named) for i in self.subject.foreign
        )


def choose(text: str, demos: Mapping[str, Demo]) -> Choice:
    """Score every kernel on a normalised text."""
    tokens = _TOKEN.findall(text.replace("_", " "))
    subject = Subject(tokens)
    content = _content(tokens)
    hits = [hit for demo in demos.values() for hit in _hits(tokens, content, demo)]
    hits = [h for h in hits if not _covered(h, hits)]
    strange = [hit for hit in hits if _another(tokens, hit, demos[hit.kernel])]
    named = [
        hit
        for hit in hits
        if subject.asks_for(hit.first, hit.last)
        and hit not in strange
        and not any(_is_part(hit, other, tokens) for other in strange)
    ]
    named = [hit for hit in named if not _setting(hit, named, demos)]
    sheets = {name: _sheet_words(demo) for name, demo in demos.items()}
    scores = {name: _BAG * close for name, close in _bags(tokens, sheets).items()}
    for hit in named:
        place = 1 - 0.25 * hit.first / max(1, len(tokens))
        means = 0.5 if subject.is_means(hit.first) else 1.0
        worth = _NAMED * hit.weight * place * means
        scores[hit.kernel] = max(scores[hit.kernel], worth + min(scores[hit.kernel], _BAG))
    ranked = dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
    shared = len(_said(tokens).intersection(chain.from_iterable(sheets.values())))
    return Choice(ranked, tuple(named), subject, shared)


_ADDS = frozenset({"with", "using"})


def _turned(said: list[str], name: list[str]) -> bool:
    """Whether what a name names only comes with something: "attention with a cache" is no attention
    cache."""
    adds = next((i for i, word in enumerate(said) if word in _ADDS), None)
    if adds is None or _ADDS & set(name):
        return False
    return stem(name[-1]) not in map(stem, said[:adds])


def _content(tokens: list[str]) -> list[tuple[str, int]]:
    """The stems of the words that can be in a name, and their places among the tokens."""
    return [
        (stem(token), i)
        for i, token in enumerate(tokens)
        if token[0].isalpha() and token not in STOPWORDS or re.fullmatch(r"\d+d", token)
    ]


def _hits(tokens: list[str], content: list[tuple[str, int]], demo: Demo) -> list[Hit]:
    """Where the text bears one of the kernel's names, in order, run together, or in other order."""
    names, words = demo.sheet.names, [word for word, _ in content]
    hits: list[Hit] = []
    for rank, name in enumerate(names):
        wanted = stems_of(name)
        weight = 1.0 - 0.35 * rank / len(names) + 0.1 * (len(wanted) - 1)
        for i, j in _spans(words, wanted):
            first, last = content[i][1], content[j][1]
            own = _TOKEN.findall(name.lower())
            if tokens[first] not in own and attribute(tokens, first):
                continue
            if _turned(tokens[first : last + 1], own):
                continue
            said = " ".join(tokens[first : last + 1])
            hits.append(Hit(demo.name, said, first, last, weight))
    return hits


def _spans(words: list[str], wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """The first and last index of each place where the wanted words stand."""
    joined, size, spans = "".join(wanted), len(wanted), []
    for start in range(len(words)):
        if not joined.startswith(words[start][:2]) and words[start] not in wanted:
            continue
        for length in range(1, size + 2):
            window = words[start : start + length]
            same = "".join(window) == joined
            mixed = length >= size > 1 and words[start] in wanted and set(wanted) <= set(window)
            if len(window) == length and (same or mixed):
                spans.append((start, start + length - 1))
                break
    return spans


def _covered(hit: Hit, hits: list[Hit]) -> bool:
    """Whether a longer name of another kernel holds this one, as "matrix dot product" might."""
    return any(
        other.kernel != hit.kernel
        and other.first <= hit.first
        and hit.last <= other.last
        and other.last - other.first > hit.last - hit.first
        for other in hits
    )


def _is_part(hit: Hit, other: Hit, tokens: list[str]) -> bool:
    """Whether a name takes words of another one of its kernel that stands there by itself, so that
    what makes that one something else is about both: the arbiter of a weighted round-robin one."""
    shares = hit.kernel == other.kernel and hit.first <= other.last and other.first <= hit.last
    return shares and STOPWORDS.isdisjoint(tokens[other.first : other.last + 1])


def _setting(hit: Hit, named: list[Hit], demos: Mapping[str, Demo]) -> bool:
    """Whether a name sets a parameter of another kernel: "a residual add with ReLU"."""
    others = {other.kernel for other in named if other.kernel != hit.kernel}
    within = [
        own.said
        for own in named
        if own.kernel == hit.kernel and hit.first <= own.first and own.last <= hit.last
    ]
    return any(sets(said, demos[other]) for other in others for said in within)


def _bags(tokens: list[str], sheets: Mapping[str, set[str]]) -> dict[str, float]:
    """How much of the text's technical words each sheet shares, 0 to 1; rare words weigh more."""
    spread = Counter(word for words in sheets.values() for word in words)
    said = _said(tokens)
    weights = {word: log((len(sheets) + 1) / count) for word, count in spread.items()}
    total = sum(weights[word] for word in said & weights.keys()) or 1.0
    return {name: sum(weights[w] for w in said & words) / total for name, words in sheets.items()}


def _said(tokens: list[str]) -> set[str]:
    return {stem(token) for token in tokens if token[0].isalpha() and token not in STOPWORDS}


def _another(tokens: list[str], hit: Hit, demo: Demo) -> bool:
    """Whether the words at a name make it something else than the kernel."""
    return another_kind(tokens, hit.first, hit.last, _name_words(demo), demo.sheet.others)


def _name_words(demo: Demo) -> set[str]:
    """The words of a kernel's names, as they are written."""
    return {word for name in demo.sheet.names for word in _TOKEN.findall(name.lower())}


def related(one: Demo, other: Demo) -> bool:
    """Whether the sheet of one kernel speaks of the other by name."""
    for a, b in ((one, other), (other, one)):
        text = f"{a.sheet.title} {a.sheet.summary} {a.sheet.instruction}".lower()
        if any(name.lower() in text for name in b.sheet.names[:_TELLING]):
            return True
    return False


def _sheet_words(demo: Demo) -> set[str]:
    sheet = demo.sheet
    texts = [sheet.title, sheet.summary, *sheet.names]
    texts += [re.sub(r"{[{%].*?[}%]}", " ", sheet.instruction)]
    texts += [" ".join([p.help, *p.words]) for p in sheet.parameters.values()]
    return set(stems_of(" ".join(texts)))
