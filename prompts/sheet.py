"""The schema of a demo's `demo.yaml`, checked by pydantic where it comes in."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from prompts.interface import Direction, Kind, Split
from prompts.render import evaluate

Setting = int | str
Expression = int | str
"""A number, or an expression of the parameters such as `"m // rows"`."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Parameter(_Strict):
    """One parameter: an integer within `low` to `high`, or one of `choices`."""

    default: Setting
    low: int | None = None
    high: int | None = None
    choices: list[str] = Field(default_factory=list)
    unit: str = ""
    help: str
    words: list[str] = Field(default_factory=list)
    """What people call it: `"taps"`, `"channels"`; the reader finds a number beside such a word."""
    choice_words: dict[str, list[str]] = Field(default_factory=dict)
    """What people say for one of the `choices`; it counts wherever it stands in a request."""

    def settled(self, values: Mapping[str, Setting]) -> Setting:
        """The default, given the parameters chosen before it."""
        if self.choices or isinstance(self.default, int):
            return self.default
        return int(evaluate(self.default, values))

    def problem(self, value: Setting) -> str | None:
        """What is wrong with a value, to be read after `name = value`; None when it is fine."""
        if self.choices:
            return None if value in self.choices else f"is not one of {', '.join(self.choices)}"
        if not isinstance(value, int):
            return "is not a whole number"
        if self.low is not None and value < self.low:
            return f"is below {self.low}, the least it can be"
        if self.high is not None and value > self.high:
            return f"is above {self.high}, the most it can be"
        return None


class Rule(_Strict):
    """A constraint between parameters: an expression, and the sentence for when it fails."""

    holds: str
    says: str


class ArgumentSpec(_Strict):
    """An argument of the interface, its numbers as expressions of the parameters."""

    kind: Kind
    direction: Direction
    bits: Expression
    signed: bool | str = True
    """Whether elements have a sign, or an expression of that."""
    shape: list[Expression] = Field(default_factory=list)
    split: Split = "none"
    factor: Expression = 1
    dim: int = 1

    def resolve(self, values: Mapping[str, Setting]) -> dict[str, Any]:
        """The fields of `Argument` for settled parameters."""
        return {
            "kind": self.kind,
            "direction": self.direction,
            "bits": int(evaluate(self.bits, values)),
            "signed": _signed(self.signed, values),
            "shape": tuple(int(evaluate(extent, values)) for extent in self.shape),
            "split": self.split,
            "factor": int(evaluate(self.factor, values)),
            "dim": self.dim,
        }


def _signed(signed: bool | str, values: Mapping[str, Setting]) -> bool:
    return bool(evaluate(signed, values)) if isinstance(signed, str) else signed


class Sheet(_Strict):
    """What `demo.yaml` says of a demo."""

    title: str
    summary: str
    instruction: str
    """A request in plain words, a template of the parameters."""
    names: list[str] = Field(min_length=1)
    """What people call the kernel, most specific first."""
    others: list[str] = Field(default_factory=list)
    """Words that beside one of the names make it another thing: "attention" with pooling. "# best"
    is a number and a word: of "the 8 best" there are several."""
    parameters: dict[str, Parameter]
    constraints: list[Rule] = Field(default_factory=list)
    interface: dict[str, ArgumentSpec]
    multipliers: Expression
    lower_bound: Expression
    """The least number of cycles of one call for its multipliers and ports."""
    reference: Expression = 0
    """Cycles of one call by the formula that designers use for the kernel, its pipeline's fill
    included; `lower_bound` without it."""
    scaled: dict[str, Setting] = Field(default_factory=dict)
    """The parameters that differ from the defaults in the scaled-up configuration."""
    digests: list[str] = Field(default_factory=list)
    """What an independent model of the same kernel answered: of each of the outcomes of the golden
    model's `acceptance`, the first 16 digits of the SHA-256 of its numbers as 64-bit words."""
    parallel: list[str] = Field(default_factory=list)
    """The parameters that buy speed with area, `lanes` when none is listed; a reader of requests
    chooses them for "as fast as possible" and for limits."""
    shapes: list[str] = Field(default_factory=list)
    """How people write several parameters at once, the first match first: `"{rows}x{cols} array"`,
    `"{m}x{k} ... by {k}x{n}"`; `prompts/reading/shapes.py` has the rules."""
    bare_shapes: list[str] = Field(default_factory=list)
    """What a shape with no such words means in a first request: `"{m,n}x{k}"`."""
    followup_shapes: list[str] = Field(default_factory=list)
    """What it means in a change to an earlier request ("make it 8x8"): `"{rows}x{cols}"`."""
