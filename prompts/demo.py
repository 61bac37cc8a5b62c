"""A demo: one worked example of the library, a folder with its text, code and golden model.

A folder holds `demo.yaml` (what `Sheet` describes), the sources `<name>.v.j2` and `<name>.cpp.j2`
(Jinja templates of the parameters), and `golden.py` with

    golden(p, inputs) -> outputs      the numpy model: argument name to int64 array, in and out
    stimulus(p, seed) -> inputs       the inputs of one random call
    corners(p)        -> [inputs]     directed calls
    tables(p)         -> names        optional: further names for the templates (ROM contents, ...)
    acceptance()      -> [arrays]     optional: what `digests` of the sheet are of

where `p` has one attribute for each parameter. `description.yaml` explains the Verilog,
`requests.yaml` has the ways in which people ask for it, and `measured.json` what was measured.
"""

import hashlib
import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from prompts.description import Description
from prompts.design import Design
from prompts.folder import DemoError, loaded
from prompts.interface import Argument, Interface, Values
from prompts.render import evaluate, render
from prompts.request import Request, Requests
from prompts.sheet import Parameter, Setting, Sheet
from prompts.vectors import Call, Vectors

Settings = Mapping[str, Setting]


class ParameterError(ValueError):
    """A parameter is unknown, out of its range, or in conflict with another."""


@dataclass(frozen=True)
class Demo:
    """A worked example: what it is asked for, its parameters, code, golden model and interface."""

    name: str
    folder: Path
    sheet: Sheet

    @classmethod
    def load(cls, folder: Path) -> "Demo":
        """Read a demo's folder."""
        sheet = loaded(folder / "demo.yaml", Sheet)
        for needed in (f"{folder.name}.v.j2", f"{folder.name}.cpp.j2", "golden.py"):
            if not (folder / needed).is_file():
                raise DemoError(f"{folder} has no {needed}")
        return cls(folder.name, folder, sheet)

    @cached_property
    def description(self) -> Description:
        """The Verilog explained; raises `DemoError` when that is missing or wrong."""
        return loaded(self.folder / "description.yaml", Description)

    @cached_property
    def requests(self) -> list[Request]:
        """The ways in which people ask for it; raises `DemoError` when they are missing."""
        return loaded(self.folder / "requests.yaml", Requests).root

    @property
    def title(self) -> str:
        return self.sheet.title

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        return self.sheet.parameters

    @property
    def parallel(self) -> list[str]:
        """The parameters that buy speed with area."""
        return self.sheet.parallel or [name for name in ("lanes",) if name in self.parameters]

    def settle(self, chosen: Settings | None = None) -> dict[str, Setting]:
        """All parameters with their values: the chosen ones, and the defaults of the rest.

        A default may be an expression of other parameters (`"rows * 2"`). Raises `ParameterError`.
        """
        values: dict[str, Setting] = {}
        for name, value in (chosen or {}).items():
            if name not in self.parameters:
                known = ", ".join(self.parameters)
                raise ParameterError(f"{self.name} has no parameter {name!r}; it has {known}")
            values[name] = value
        for name, parameter in self.parameters.items():
            if name not in values:
                values[name] = parameter.settled(values)
        for name, parameter in self.parameters.items():
            if problem := parameter.problem(values[name]):
                raise ParameterError(f"{self.name}: {name} = {values[name]!r} {problem}")
        for rule in self.sheet.constraints:
            if not evaluate(rule.holds, values):
                raise ParameterError(f"{self.name}: {render(rule.says, values)}")
        return {name: values[name] for name in self.parameters}

    def interface(self, settings: Settings) -> Interface:
        """The interface for settled parameters."""
        return Interface(
            self.name,
            tuple(
                Argument(name, **spec.resolve(settings))
                for name, spec in self.sheet.interface.items()
            ),
        )

    def design(self, settings: Settings) -> Design:
        """The HLS C++ and the Verilog for settled parameters."""
        names = {**settings, **self._model("tables", settings, default={})}
        interface = self.interface(settings)
        files = {}
        for suffix in ("cpp", "v"):
            source = (self.folder / f"{self.name}.{suffix}.j2").read_text(encoding="utf-8")
            files[f"{self.name}.{suffix}"] = render(source, {**names, "interface": interface})
        return Design(files, self.name, interface)

    def instruction(self, settings: Settings) -> str:
        """The request that this demo answers, in plain words, for settled parameters."""
        return " ".join(render(self.sheet.instruction, settings).split())

    def vectors(self, settings: Settings, seed: int = 1, count: int = 4) -> Vectors:
        """All corner calls, then `count` random ones from `seed`, with the expected outputs."""
        calls = self.corners(settings)
        calls += [self.stimulus(settings, seed + i) for i in range(count)]
        answered = (Call(inputs, self.golden(settings, inputs)) for inputs in calls)
        return Vectors(self.interface(settings), tuple(answered))

    def corners(self, settings: Settings) -> list[Mapping[str, Values]]:
        """The inputs of the directed calls."""
        return list(self._model("corners", settings))

    def stimulus(self, settings: Settings, seed: int) -> Mapping[str, Values]:
        """The inputs of one random call."""
        return dict(self._model("stimulus", settings, seed))

    def golden(self, settings: Settings, inputs: Mapping[str, Values]) -> dict[str, Values]:
        """What a call with these inputs gives."""
        outputs = self._model("golden", settings, inputs)
        return {name: np.array(value, np.int64) for name, value in outputs.items()}

    def lower_bound(self, settings: Settings) -> int:
        """The least number of cycles that the multipliers and ports asked for allow."""
        return int(evaluate(self.sheet.lower_bound, settings))

    def reference(self, settings: Settings) -> int:
        """Cycles of one call that a good design needs, its fill included; the least without it."""
        known = self.sheet.reference
        return int(evaluate(known, settings)) if known else self.lower_bound(settings)

    def accepted(self) -> Sequence[str]:
        """The digests of the golden model's `acceptance`, to be compared with the sheet's."""
        function = getattr(self._golden, "acceptance", list)
        return [_digest(outcome) for outcome in function()]

    def multipliers(self, settings: Settings) -> int:
        """How many multipliers the design has, the library's first guess at its DSP blocks."""
        return int(evaluate(self.sheet.multipliers, settings))

    @cached_property
    def _golden(self) -> ModuleType:
        path = self.folder / "golden.py"
        spec = importlib.util.spec_from_file_location(f"siliwright_golden_{self.name}", path)
        if spec is None or spec.loader is None:
            raise DemoError(f"{path} cannot be loaded")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def _model(self, name: str, settings: Settings, *arguments: Any, default: Any = None) -> Any:
        """Call one of the golden model's functions."""
        function = getattr(self._golden, name, None)
        if function is None:
            if default is None:
                raise DemoError(f"{self.folder / 'golden.py'} has no function {name!r}")
            return default
        return function(SimpleNamespace(**settings), *arguments)


def _digest(arrays: Sequence[ArrayLike]) -> str:
    """The first 16 digits of the SHA-256 of all numbers as little-endian 64-bit words."""
    words = (np.ascontiguousarray(np.asarray(a, np.int64)).astype("<i8") for a in arrays)
    return hashlib.sha256(b"".join(a.tobytes() for a in words)).hexdigest()[:16]
