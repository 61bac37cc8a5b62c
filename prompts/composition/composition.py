"""A composition: a chain of kernels with the face of a single one.

Its name lists the kernels in order, `conv2d+relu_requant+softmax`. Its parameters are those of its
stages, `conv2d.k`, but for the ones that follow from the stage before: these may be said too, and
are refused when they do not fit. A kernel that occurs twice is `linear_1` and `linear_2`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from prompts.composition import golden
from prompts.composition.chain import Kernel, planned
from prompts.composition.ends import derived, ends, stream
from prompts.composition.hls import cxx
from prompts.composition.plan import Plan
from prompts.composition.verilog import verilog
from prompts.demo import Demo, ParameterError, Settings
from prompts.design import Design
from prompts.interface import Interface
from prompts.sheet import Parameter, Setting
from prompts.vectors import Vectors

JOINED = "+"
_LONGEST_TOP = 48


@dataclass(frozen=True, eq=False)
class Composition:
    """Kernels that work one after the other on a stream, as one accelerator."""

    kernels: tuple[Kernel, ...]

    @classmethod
    def of(cls, demos: Iterable[Demo]) -> "Composition":
        """A chain of kernels; raises `ParameterError` when one of them cannot stand in it."""
        chain = tuple(demos)
        for place, (one, other) in enumerate(pairwise(chain), 1):
            if ends(one, other) is None:
                sends = bool(stream(one, "out"))
                who = f"{other.name} (stage {place + 1}) takes" if sends else \
                    f"{one.name} (stage {place}) sends"  # fmt: skip
                raise ParameterError(
                    f"the stages do not chain: {who} no stream; ask for it by itself"
                )
        often = Counter(demo.name for demo in chain)
        seen: Counter[str] = Counter()
        kernels = []
        for demo in chain:
            seen[demo.name] += 1
            number = f"_{seen[demo.name]}" if often[demo.name] > 1 else ""
            kernels.append(Kernel(f"{demo.name}{number}", demo))
        return cls(tuple(kernels))

    @property
    def name(self) -> str:
        return JOINED.join(kernel.demo.name for kernel in self.kernels)

    @property
    def title(self) -> str:
        whole = ", then ".join(_in_a_sentence(kernel.demo.title) for kernel in self.kernels)
        return whole[0].upper() + whole[1:]

    @property
    def top(self) -> str:
        """The name of the top module and function."""
        whole = "_".join(kernel.demo.name for kernel in self.kernels)
        if len(whole) <= _LONGEST_TOP:
            return whole
        return f"{self.kernels[0].demo.name}_to_{self.kernels[-1].demo.name}"

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """What is free: every parameter of the first stage, and of the others what does not follow
        from the stage before."""
        return {
            f"{kernel.name}.{name}": parameter
            for place, kernel in enumerate(self.kernels)
            for name, parameter in kernel.demo.parameters.items()
            if place == 0 or name not in derived(self.kernels[place - 1].demo, kernel.demo)
        }

    def settle(self, chosen: Settings | None = None) -> dict[str, Setting]:
        """All free parameters, and those said although they follow, where that changes something.

        Raises `ParameterError`, for two stages that do not chain too.
        """
        said = dict(chosen or {})
        plan = self._plan(said)
        values = {
            f"{stage.name}.{name}": value
            for stage in plan.stages
            for name, value in stage.settings.items()
        }
        settled = {name: values[name] for name in self.parameters}
        pinned = {name: values[name] for name in said if name not in settled}
        for name in list(pinned):
            fewer = {n: v for n, v in pinned.items() if n != name}
            if _same(self, {**settled, **fewer}, plan):
                pinned = fewer
        return {**settled, **pinned}

    def plan(self, settings: Settings) -> Plan:
        """The stages, adapters and links for settled parameters."""
        return self._plan(settings)

    def _plan(self, settings: Settings) -> Plan:
        return _planned(self, tuple(settings.items()))

    def interface(self, settings: Settings) -> Interface:
        return self._plan(settings).interface

    def design(self, settings: Settings) -> Design:
        """The HLS C++ and the Verilog of the whole."""
        plan = self._plan(settings)
        files = {**cxx(plan, self.title), **verilog(plan, self.title)}
        return Design(files, plan.top, plan.interface)

    def instruction(self, settings: Settings) -> str:
        """The request that this answers, in plain words."""
        plan = self._plan(settings)
        parts = [s.demo.instruction(s.settings) for s in plan.stages if not s.adapter]
        return f"Chain {len(parts)} kernels, each fed by the one before. " + " Then: ".join(parts)

    def vectors(self, settings: Settings, seed: int = 1, count: int = 4) -> Vectors:
        """Calls on corner cases of all stages, then `count` random ones."""
        return golden.vectors(self._plan(settings), seed, count)

    def lower_bound(self, settings: Settings) -> int:
        """Stages work at once, so that a call is no shorter than its slowest stage; but one that
        waits for another begins after all that were there before."""
        plan, past, slowest = self._plan(settings), 0, 0
        for stage in plan.stages:
            if plan.waited_for(stage):
                past, slowest = past + slowest, 0
            slowest = max(slowest, stage.demo.lower_bound(stage.settings))
        return past + slowest

    def reference(self, settings: Settings) -> int:
        """Cycles when every stage waits for all that the one before sends, as none has to."""
        return sum(s.demo.reference(s.settings) for s in self._plan(settings).stages)

    def multipliers(self, settings: Settings) -> int:
        return sum(s.demo.multipliers(s.settings) for s in self._plan(settings).stages)

    def shares(self, settings: Settings) -> str:
        """The multipliers of each stage that has some, as a list in words."""
        each = {s.name: s.demo.multipliers(s.settings) for s in self._plan(settings).stages}
        return ", ".join(f"{name} {count}" for name, count in each.items() if count)


@lru_cache(maxsize=64)
def _planned(composition: Composition, settings: tuple[tuple[str, Setting], ...]) -> Plan:
    chosen: dict[str, dict[str, Setting]] = {kernel.name: {} for kernel in composition.kernels}
    for name, value in settings:
        stage, _, parameter = name.partition(".")
        if stage not in chosen or not parameter:
            known = ", ".join(chosen)
            raise ParameterError(
                f"{composition.name} has no parameter {name!r}; name a stage ({known}) and its "
                f"parameter, as in {next(iter(composition.parameters))}"
            )
        chosen[stage][parameter] = value
    return planned(composition.top, composition.kernels, chosen)


def _in_a_sentence(title: str) -> str:
    """A title with a small first letter, unless its first word is a name (SnapKV, FIFO)."""
    first = title.partition(" ")[0]
    return title if first[1:] != first[1:].lower() else title[0].lower() + title[1:]


def _same(composition: Composition, settings: Settings, plan: Plan) -> bool:
    """Whether settings make the same plan."""
    try:
        made = composition.plan(settings)
    except ParameterError:
        return False
    return [(s.name, s.settings) for s in made.stages] == [
        (s.name, s.settings) for s in plan.stages
    ]
