"""A request read: kernel, parameters, target, clock, language, limits, or the problem with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from prompts.composition.composition import JOINED, Composition
from prompts.demo import Demo, Settings
from prompts.kernels import kernel_named
from prompts.reading import problems
from prompts.reading.about import About, about
from prompts.reading.chains import Chained, chain, chained, names_stage, rechained, stranger
from prompts.reading.devices import TARGETS, multipliers
from prompts.reading.kernels import Choice, choose
from prompts.reading.normal import Remainder, normalise
from prompts.reading.parallelism import Wish
from prompts.reading.parameters import Found, parameters
from prompts.reading.settling import settle
from prompts.reading.sharing import shared
from prompts.reading.vocabulary import corrected, vocabulary
from prompts.task import Constraint, Task

_CHANGE = re.compile(
    r"\b(?:make it|make that|now|instead|change|keep|same|but|also|again|rather|switch|turn it)\b"
)


@dataclass(frozen=True)
class Reading:
    """What was understood of a request.

    `scores` holds every kernel of the library by closeness, best first. `problem` is one sentence
    when the request cannot be built as it stands, "" otherwise; `needs_model` is true when a model
    could design it as it stands, though the library cannot.
    """

    task: Task
    scores: Mapping[str, float]
    problem: str = ""
    needs_model: bool = False


@dataclass(frozen=True)
class _Request:
    """A request on its way: its normalised text, what was taken out of it, and what is left."""

    plain: str
    choice: Choice
    said: About
    rest: Remainder


def read(
    text: str,
    demos: Mapping[str, Demo],
    previous: Task | None = None,
    targets: Mapping[str, int] = TARGETS,
) -> Reading:
    """Understand a request in plain words, as a change to `previous` when it names no new kernel.

    `targets` are the devices there are, each with its number of DSP blocks.
    """
    if not text.strip():
        return Reading(previous or Task(""), {}, problems.EMPTY)
    if len(text) > problems.MAX_REQUEST:
        return Reading(previous or Task(""), {}, problems.too_long(len(text)))
    plain = corrected(normalise(text), vocabulary(demos))
    rest = Remainder(plain)
    request = _Request(plain, choose(plain, demos), about(rest, targets), rest)
    if previous is not None and _changes(request, previous):
        return _followup(text, request, demos, previous, targets)
    return _first(text, request, demos, targets)


def _changes(request: _Request, previous: Task) -> bool:
    """Whether a text goes on with the previous task instead of asking for something new."""
    subject = request.choice.subject
    if request.choice.foreign_wish or subject.question:
        return False
    if not request.choice.best:
        return True
    if names_stage(request.plain, previous):
        return True
    stages = previous.kernel.split(JOINED)
    return request.choice.best in stages and bool(_CHANGE.search(request.plain))


def _first(
    text: str, request: _Request, demos: Mapping[str, Demo], targets: Mapping[str, int]
) -> Reading:
    choice, said = request.choice, request.said
    task = said.applied(Task(text, target=next(iter(targets))))
    subject = choice.subject
    aside = subject.question or choice.foreign_wish
    found = None if aside else chain(request.rest.text, demos, weak=not subject.foreign)
    if found is not None:
        return _composed(task, request, chained(found), targets)
    if choice.best and (other := stranger(request.rest.text, demos)):
        return Reading(task, choice.scores, problems.no_stage(other), needs_model=True)
    technical = subject.hardware or said.found or choice.shared > 1
    if subject.question or (not choice.best and (subject.wants_text or not technical)):
        return Reading(task, choice.scores, problems.NO_ACCELERATOR)
    if not choice.best:
        return _unfitting(task, choice, said)
    if said.floating:
        problem = problems.not_integers(said.floating)
        return Reading(task, choice.scores, problem, needs_model=True)
    return _built(task, demos[choice.best], request, targets, {})


def _followup(
    text: str,
    request: _Request,
    demos: Mapping[str, Demo],
    previous: Task,
    targets: Mapping[str, int],
) -> Reading:
    whole = f"{previous.text}\n{text}".strip()
    task = request.said.applied(replace(previous, text=whole, notes=()))
    if JOINED in previous.kernel:
        return _composed(task, request, rechained(request.rest.text, previous), targets)
    if previous.kernel not in demos:
        return _unfitting(task, request.choice, request.said)
    reading = _built(task, demos[previous.kernel], request, targets, previous.parameters)
    same = replace(reading.task, text=previous.text, notes=previous.notes) == previous
    if same and not request.said.found and not reading.problem:
        return Reading(previous, reading.scores, problems.NO_CHANGE)
    return reading


def _composed(task: Task, request: _Request, found: Chained, targets: Mapping[str, int]) -> Reading:
    """The task for a chain of kernels."""
    said = request.said
    if said.latency_us is not None:
        cycles = Constraint("cycles", "at most", float(int(said.latency_us * task.clock_mhz)))
        task = replace(task, constraints=(*task.constraints, cycles))
    notes = [*said.notes, *found.notes]
    if said.goal:
        notes.append("a wish for speed or area is passed over; name the lanes of a stage")
    problem = said.problem or found.problem
    if not problem:
        found, problem, crowded = _room(task, found, targets)
        notes += crowded
    if said.floating and not problem:
        problem = problems.not_integers(said.floating)
    task = replace(
        task, kernel=found.kernel, parameters=dict(found.values), notes=tuple(dict.fromkeys(notes))
    )
    scores = {found.kernel: max(request.choice.scores.values(), default=0.0)}
    return Reading(task, {**scores, **request.choice.scores}, problem)


def _room(
    task: Task, found: Chained, targets: Mapping[str, int]
) -> tuple[Chained, str, tuple[str, ...]]:
    """A chain with as many multipliers as there are, if its stages can do with them; else a
    problem, or a note, that tells those of each stage."""
    whole, there = kernel_named(found.kernel), targets.get(task.target, 0)
    assert isinstance(whole, Composition)
    limits = [c.value for c in task.constraints if (c.metric, c.bound) == ("dsps", "at most")]
    most = min([*limits, *([there] if there else [])], default=0)
    values, notes = shared(whole, found.values, found.said, most) if most else (found.values, ())
    found = replace(found, values=values)
    needed, taken = whole.multipliers(values), whole.shares(values)
    if limits and needed > min(limits):
        return found, problems.too_many(whole.name, needed, min(limits), taken), ()
    if needed > there > 0:
        crowded = f"{needed} multipliers ({taken}) are more than the {there} DSPs of {task.target}"
        return found, "", (*notes, crowded)
    return found, "", notes


def _unfitting(task: Task, choice: Choice, said: About) -> Reading:
    nearest = problems.unfitting(list(choice.scores)[:3])
    return Reading(task, choice.scores, said.problem or nearest, needs_model=not said.problem)


def _built(
    task: Task, demo: Demo, request: _Request, targets: Mapping[str, int], earlier: Settings
) -> Reading:
    """The task for a kernel, its parameters read from what is left of the text."""
    said = request.said
    found = parameters(request.rest, demo, earlier)
    if said.latency_us is not None:
        cycles = Constraint("cycles", "at most", float(int(said.latency_us * task.clock_mhz)))
        task = replace(task, constraints=(*task.constraints, cycles))
    there, room = targets.get(task.target, 0), multipliers(task.target, targets)
    kept = {name: v for name, v in earlier.items() if not _follows(demo, name, earlier)}
    settled = settle(demo, found.values, kept, Wish(said.goal, task.constraints, room))
    notes = [*said.notes, *found.notes, *settled.notes]
    if not earlier:
        notes += _assumed(task, request, demo, found, settled.values, targets)
    needed = 0 if settled.problem else demo.multipliers(settled.values)
    if needed > there > 0:
        notes.append(f"{needed} multipliers are more than the {there} DSPs of {task.target}")
    elif needed and not there:
        notes.append(f"{task.target} has no DSPs: {needed} multipliers are made of logic")
    problem = said.problem or found.problem or settled.problem
    task = replace(
        task, kernel=demo.name, parameters=dict(settled.values), notes=tuple(dict.fromkeys(notes))
    )
    scores = request.choice.scores
    if earlier:
        scores = {demo.name: max(scores.values())} | {
            k: v for k, v in scores.items() if k != demo.name
        }
    return Reading(task, scores, problem)


def _follows(demo: Demo, name: str, values: Settings) -> bool:
    """Whether an earlier value was only the default that other parameters gave it."""
    parameter = demo.parameters[name]
    if isinstance(parameter.default, int) or parameter.choices:
        return False
    fixed = {n: p.default for n, p in demo.parameters.items() if isinstance(p.default, int)}
    return parameter.settled({**fixed, **values}) == values[name]


def _assumed(
    task: Task,
    request: _Request,
    demo: Demo,
    found: Found,
    values: Settings,
    targets: Mapping[str, int],
) -> list[str]:
    """Notes on what a first request left open."""
    notes = []
    if not request.said.target:
        notes.append(f"no target named: {next(iter(targets))}")
    if request.said.clock_mhz is None:
        notes.append(f"no clock named: {task.clock_mhz:g} MHz")
    notes += [
        f"{name}: {values[name]}, the default"
        for name, parameter in demo.parameters.items()
        if name not in found.values and name in values and values[name] == parameter.settled(values)
    ]
    others = [hit.kernel for hit in request.choice.named if hit.kernel != demo.name]
    return notes + [f"{other} is named too and passed over" for other in dict.fromkeys(others)]
