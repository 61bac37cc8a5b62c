"""All parameters of a kernel from the few that were said: defaults, ranges, small repairs."""

from collections.abc import Mapping
from dataclasses import dataclass

from prompts.demo import Demo, ParameterError, Settings
from prompts.reading.parallelism import Wish, limit_problem, parallelised, powers
from prompts.reading.widths import result_width
from prompts.sheet import Parameter, Setting


@dataclass(frozen=True)
class Settled:
    """Settled parameters; when they cannot be, `problem` says why."""

    values: Settings
    problem: str = ""
    notes: tuple[str, ...] = ()


def settle(demo: Demo, said: Settings, kept: Settings, wish: Wish) -> Settled:
    """Settle a kernel: `said` holds, `kept` (of an earlier request) gives way only when it must."""
    for name, value in said.items():
        if sentence := out_of_range(demo, name, value):
            return Settled({**kept, **said}, sentence)
    notes: tuple[str, ...] = ()
    try:
        values = demo.settle({**kept, **said})
    except ParameterError as error:
        repaired = _repaired(demo, said, kept)
        if repaired is None:
            return Settled({**kept, **said}, str(error))
        values, notes = repaired
    open_names = [name for name in demo.parallel if name not in said]
    better = parallelised(demo, values, open_names, wish)
    notes += tuple(
        f"{name}: {better[name]}, chosen {wish.reason()}"
        for name in open_names
        if better[name] != values[name]
    )
    if wish.goal in ("smaller", "faster") and better == values:
        notes += (f"there is no {wish.goal} setting of the parameters left open",)
    return Settled(better, limit_problem(demo, better, wish), notes)


def out_of_range(demo: Demo, name: str, value: Setting) -> str:
    """The sentence for a value that its parameter cannot take, or ""."""
    parameter = demo.parameters[name]
    problem = parameter.problem(value)
    if problem is None:
        return ""
    sentence = f"{demo.name}: {name} = {value} {problem}"
    if parameter.choices or parameter.low is None or parameter.high is None:
        return f"{sentence}; choose another {name}"
    return f"{sentence}; choose from {parameter.low} to {parameter.high}"


def _repaired(
    demo: Demo, said: Settings, kept: Settings
) -> tuple[dict[str, Setting], tuple[str, ...]] | None:
    """Change one parameter nobody named so that the rules between parameters hold."""
    first = [*demo.parallel, result_width(demo)]
    unsaid = [n for n, p in demo.parameters.items() if n not in said and not p.choices]
    for name in sorted(unsaid, key=lambda n: (n not in first, _is_chosen(demo, n, kept))):
        others = {**{k: v for k, v in kept.items() if k != name}, **said}
        for value in _candidates(demo.parameters[name], kept.get(name)):
            try:
                values = demo.settle({**others, name: value})
            except ParameterError:
                continue
            return values, (f"{name}: {value}, so that it fits the rest",)
    return None


def _is_chosen(demo: Demo, name: str, kept: Mapping[str, Setting]) -> bool:
    return name in kept and kept[name] != demo.parameters[name].default


def _candidates(parameter: Parameter, current: Setting | None) -> list[int]:
    """Values to try in turn, nearest first; only powers of two far from the lower end."""
    low, high = parameter.low or 1, parameter.high or 64
    values = set(range(low, min(high, low + 63) + 1)) | set(powers(low, high))
    wanted = parameter.default if current is None else current
    middle = wanted if isinstance(wanted, int) else high
    return sorted(values - {middle}, key=lambda value: (abs(value - middle), value))
