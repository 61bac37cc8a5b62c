"""The golden model of a plan, and its test calls: stage after stage, each fed by the one before."""

from collections.abc import Iterator, Mapping

import numpy as np

from prompts.arithmetic import scale
from prompts.composition.plan import End, Plan, Stage
from prompts.interface import Argument, Values
from prompts.vectors import Call, Vectors

MOST_CORNERS = 10
_SCALE = {"mult", "shift"}
_TRIED = 2
"""Random draws of a stage's own inputs that are compared; its scales are compared besides."""
_STEPS = 16
"""Scales from 1 downwards that are compared."""
_SEEDS = 131
"""Apart, so that two stages never draw the same numbers."""

Inputs = Mapping[str, Values]


def outputs(plan: Plan, inputs: Inputs) -> dict[str, Values]:
    """What a call of the accelerator gives: top argument to values, in and out."""
    run = _Run(plan)
    for stage in plan.stages:
        own = {e.argument: inputs[a.name] for e, a in run.outer(stage) if a.direction != "out"}
        run.go(stage, {**run.fed(stage), **own})
    return run.results


def vectors(plan: Plan, seed: int, count: int) -> Vectors:
    """Calls on the stages' corner cases, one of each at a time, then `count` random ones."""
    corners = {stage.name: stage.demo.corners(stage.settings) for stage in plan.stages}
    directed = min(MOST_CORNERS, max(len(calls) for calls in corners.values()))
    calls = [
        _call(plan, {n: [calls[i % len(calls)]] for n, calls in corners.items()}, sharp=i % 2 == 0)
        for i in range(directed)
    ]
    for number in range(seed, seed + count):
        drawn = {
            stage.name: [
                stage.demo.stimulus(stage.settings, number + _SEEDS * (place + n))
                for n in range(_TRIED)
            ]
            for place, stage in enumerate(plan.stages)
        }
        calls.append(_call(plan, drawn, sharp=True))
    return Vectors(plan.interface, tuple(calls))


def _call(plan: Plan, drawn: Mapping[str, list[Inputs]], sharp: bool) -> Call:
    """A call with the stages' own inputs; of several those that leave most of the data's variety.

    With `sharp` the scales follow the data that come: a scale that is drawn blindly would make
    everything zero or saturate it, and nothing behind it would be tested.
    """
    run, inputs = _Run(plan), dict[str, Values]()
    for stage in plan.stages:
        fed = run.fed(stage)
        tries: list[Inputs] = [{**own, **fed} for own in drawn[stage.name]]
        if sharp and fed and tries[0].keys() >= _SCALE:
            tries += list(_scaled(tries[0]))
        best = max(tries, key=lambda own: _variety(stage, own)) if len(tries) > 1 else tries[0]
        run.go(stage, best)
        inputs |= {a.name: best[e.argument] for e, a in run.outer(stage) if a.direction != "out"}
    return Call(inputs, run.results)


def _scaled(own: Inputs) -> Iterator[Inputs]:
    for step in range(_STEPS):
        mult, shift = scale(0.7 * 2.0 ** (-2 * step))
        yield {
            **own,
            "mult": np.full_like(own["mult"], mult),
            "shift": np.full_like(own["shift"], shift),
        }


def _variety(stage: Stage, own: Inputs) -> int:
    """How many different values a stage gives."""
    given = stage.demo.golden(stage.settings, own)
    return sum(len(np.unique(values)) for values in given.values())


class _Run:
    """One call on its way through the stages."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._between: dict[End, Values] = {}
        self._outer = list(plan.outer())
        self.results: dict[str, Values] = {}

    def outer(self, stage: Stage) -> Iterator[tuple[End, Argument]]:
        return ((e, a) for e, a in self._outer if e.stage == stage.name)

    def fed(self, stage: Stage) -> dict[str, Values]:
        """What the links bring to a stage, in the shapes that it takes."""
        return {
            link.sink.argument: self._between[link.source].reshape(
                self._plan.argument(link.sink).shape
            )
            for link in self._plan.links
            if link.sink.stage == stage.name
        }

    def go(self, stage: Stage, inputs: Inputs) -> None:
        given = stage.demo.golden(stage.settings, inputs)
        names = {end.argument: argument.name for end, argument in self.outer(stage)}
        for argument, values in given.items():
            self._between[End(stage.name, argument)] = values
            if argument in names:
                self.results[names[argument]] = values
