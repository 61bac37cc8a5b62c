"""What a request says besides the kernel: device, clock, limits, language and goal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from prompts.design import Language
from prompts.reading.clocks import clock
from prompts.reading.devices import device
from prompts.reading.limits import limits
from prompts.reading.normal import Remainder
from prompts.reading.wishes import Goal, floating_point, goal, language
from prompts.task import Constraint, Task


@dataclass(frozen=True)
class About:
    """Device, clock, limits, language and goal of a request; unsaid ones are empty or None."""

    target: str
    clock_mhz: float | None
    constraints: tuple[Constraint, ...]
    latency_us: float | None
    language: Language | None
    goal: Goal
    floating: str
    problem: str
    notes: tuple[str, ...]

    @property
    def found(self) -> bool:
        """Whether anything was said."""
        said = (self.target, self.clock_mhz, self.constraints, self.latency_us)
        return any([*said, self.language, self.goal, self.problem])

    def applied(self, task: Task) -> Task:
        """The task with what was said; a new limit replaces the old one on the same figure."""
        new = {(c.metric, c.bound) for c in self.constraints}
        kept = [c for c in task.constraints if (c.metric, c.bound) not in new]
        if self.clock_mhz is not None:
            kept = [c for c in kept if c.metric != "fmax_mhz"]
        return replace(
            task,
            target=self.target or task.target,
            clock_mhz=task.clock_mhz if self.clock_mhz is None else self.clock_mhz,
            language=self.language or task.language,
            constraints=(*kept, *self.constraints),
        )


def about(rest: Remainder, targets: Mapping[str, int]) -> About:
    """Take all that does not depend on the kernel out of a request."""
    where = device(rest, targets)
    floating = floating_point(rest)
    when = clock(rest)
    bounds, contradiction, notes = limits(rest)
    tongue, refusal = language(rest)
    return About(
        target=where.target,
        clock_mhz=when.mhz,
        constraints=(*when.constraints, *bounds),
        latency_us=when.latency_us,
        language=tongue,
        goal=goal(rest),
        floating=floating,
        problem=where.problem or when.problem or contradiction or refusal,
        notes=(*where.notes, *when.notes, *notes),
    )
