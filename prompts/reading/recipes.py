"""Networks that people call by one name, told as chains: "MLP 64-32-10" is layers with ReLU
between them."""

import re
from collections.abc import Callable, Mapping

from prompts.demo import Demo

THEN = " -> "
_DEEPEST = 16
"""Hidden layers that are told one by one; more make no chain that anything has room for."""
_SIZE = r"\d+\b(?! ?(?:lanes|multipliers|tokens|bits?|rows|mhz|k\b))"
_NUMBERS = rf"{_SIZE}(?:\s*(?:->|-|/|:|,|x)\s*{_SIZE})+"
_MLP = re.compile(
    r"(?:an? )?(?:\d+ ?-?layer(?:ed)? )?\b(?:mlp|(?:multi ?-?layer )?perceptron|"
    r"fully connected network|feed ?-?forward (?:neural )?network|dense network)\b"
    r"(?: of| with)?(?: \d+ layers?)?"
    rf"(?:(?: of| with)?(?: sizes?| layers?| widths?)?[ :=(]*(?P<sizes>{_NUMBERS})\)?)?"
)
_LAYERS = re.compile(
    r"(?P<count>\d+) hidden layers? (?:of|with) (?P<hidden>\d+)"
    r"(?: (?:units?|neurons?|nodes?|wide))?\b"
)
_INPUTS = re.compile(r"\b(\d+) (?:inputs?|input features?)\b")
_OUTPUTS = re.compile(r"\b(\d+) (?:outputs?|output features?|classes)\b")
_ACTIVATION = re.compile(
    r",?\s*(?:\b(?:with|and|using)\s+)?(?:an? )?\b(?P<name>relu|gelu|silu|swish|tanh|sigmoid)\b"
    r"(?: activations?| nonlinearit(?:y|ies))?(?: between(?: them| the layers)?)?"
)
_HEAD = re.compile(
    r"(?:\b(?:1|an?|single) )?(?:self[ -])?attention head\b(?:,? with(?: an?)? softmax\b)?"
)
_BLOCK = re.compile(
    r"(?:\b(?:1|an?) )?(?:transformer )?(?:feed ?-?forward|ffn|mlp) "
    r"(?:block|layer|network|sublayer)\b"
)
_NORM = re.compile(
    r",?\s*\b(?:with|after|and|behind)\s+(?:an? )?(?P<name>rms ?-?norm|layer ?-?norm)\b"
)
_TOKENS = re.compile(
    r"\b(\d+) (?:tokens?|queries|query|rows|batch)\b|\bbatch(?: size)?(?: of)? (\d+)\b"
)
_KEYS = re.compile(r"\b(\d+) (?:keys?|positions?)\b")
_WIDTH = re.compile(
    r"\b(?:dim|dimension|model width|model dim|head dim|head size|d model|width)(?: of| is|ension)?"
    r"[ =:]*(\d+)\b|\b(\d+)[ -](?:dim\b|dimensions?|dimensional|features?|channels?|wide)"
)
_HIDDEN = re.compile(
    r"\bhidden(?: width| size| units| dimension| features)?(?: of| is)?[ =:]*(\d+)\b|"
    r"\b(\d+)[ -]hidden\b"
)
_LANES = re.compile(r"\b(\d+) (?:lanes|multipliers)\b(?: each| per layer| in each layer)?")


def told(text: str, demos: Mapping[str, Demo]) -> str:
    """The text with the first network that has a recipe told as a chain; else as it is."""
    for recipe in (_perceptron, _block, _head):
        found = recipe(text, demos)
        if found:
            return found
    return text


def _perceptron(text: str, demos: Mapping[str, Demo]) -> str:
    del demos
    found = _MLP.search(text)
    if found is None:
        return ""
    rest = text[: found.start()] + text[found.end() :]
    if found["sizes"]:
        sizes = re.findall(r"\d+", found["sizes"])
    elif deep := _LAYERS.search(rest):
        inputs, rest = _taken(_INPUTS, rest.replace(deep.group(), ""), "")
        outputs, rest = _taken(_OUTPUTS, rest, "")
        sizes = [inputs, *[deep["hidden"]] * min(int(deep["count"]), _DEEPEST), outputs]
        if not inputs or not outputs:
            return ""
    else:
        return ""
    activation, rest = _taken(_ACTIVATION, rest, "relu")
    tokens, rest = _taken(_TOKENS, rest, "1")
    lanes = _lanes(rest)
    layers = [
        f"linear layer with tokens = {tokens} , inputs = {one} , outputs = {two}{lanes(one)}"
        for one, two in zip(sizes, sizes[1:], strict=False)
    ]
    return f"{THEN}{activation}{THEN}".join(layers)


def _block(text: str, demos: Mapping[str, Demo]) -> str:
    del demos
    found = _BLOCK.search(text)
    if found is None:
        return ""
    rest = text[: found.start()] + text[found.end() :]
    norm, rest = _taken(_NORM, rest, "")
    activation, rest = _taken(_ACTIVATION, rest, "relu")
    tokens, rest = _taken(_TOKENS, rest, "4")
    hidden, rest = _taken(_HIDDEN, rest, "64")
    width, rest = _taken(_WIDTH, rest, "32")
    lanes = _lanes(rest)
    rows = f"tokens = {tokens} , inputs = {width} , outputs = {hidden}"
    first = "rms norm" if norm.startswith("rms") else "layer norm"
    stages = [f"{first} with {tokens} rows , {width} wide"] if norm else []
    stages += [
        f"linear layer with {rows}{lanes(width)}",
        activation,
        f"linear layer with outputs = {width}{lanes(hidden)}",
    ]
    return THEN.join(stages)


def _head(text: str, demos: Mapping[str, Demo]) -> str:
    """Scores, softmax, and the weighted sum of the values, where the library has no such kernel."""
    found = _HEAD.search(text)
    own = any(re.search(r"\battention head|^attention$", n) for d in demos.values()
              for n in d.sheet.names)  # fmt: skip
    if found is None or (own and "softmax" not in found.group()):
        return ""
    rest = text[: found.start()] + text[found.end() :]
    tokens, rest = _taken(_TOKENS, rest, "8")
    keys, rest = _taken(_KEYS, rest, "16")
    width, rest = _taken(_WIDTH, rest, "16")
    lanes = _lanes(rest)
    return THEN.join([
        f"linear layer with tokens = {tokens} , inputs = {width} , outputs = {keys}{lanes(width)}",
        "softmax",
        f"linear layer with outputs = {width}{lanes(keys)}",
    ])  # fmt: skip


def _taken(pattern: re.Pattern[str], text: str, usual: str) -> tuple[str, str]:
    """What a pattern says, and the text without it."""
    found = pattern.search(text)
    if found is None:
        return usual, text
    return next(g for g in found.groups() if g), text[: found.start()] + text[found.end() :]


def _lanes(text: str) -> Callable[[str], str]:
    """The lanes that every layer is to have, no more than it has inputs."""
    found = _LANES.search(text)
    if found is None:
        return lambda inputs: ""
    return lambda inputs: f" , lanes = {min(int(found[1]), int(inputs))}"
