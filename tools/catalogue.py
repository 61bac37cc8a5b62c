"""All tools in one list: the command line, MCP and the pages call them by it.

A tool's name, arguments and description come from its function's signature and docstring.
"""

import inspect
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from prompts.design import Design
from prompts.vectors import Vectors
from tools.arguments import DesignInput, VectorsInput
from tools.cosim import cosim
from tools.csim import csim
from tools.equivalence import equivalent
from tools.errors import RequestError
from tools.hls.engine import hls
from tools.lint import lint
from tools.parse import dataflow, parse
from tools.place_route import place_route
from tools.prove import prove
from tools.report import Report
from tools.schematic import schematic
from tools.simulate import simulate
from tools.strength import strength, testbench_strength
from tools.structure import cone, state_machines
from tools.synthesize import synthesize
from tools.waves import waves

OURS = ("stop", "cache")
"""Arguments that a caller sets for every tool alike."""
_RIM: Mapping[Any, Any] = {
    Design: DesignInput,
    Vectors: VectorsInput,
    Vectors | None: VectorsInput | None,
}


@dataclass(frozen=True)
class Tool:
    """A tool by its name, and the function that it is."""

    function: Callable[..., Report]

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def description(self) -> str:
        """What it does, for a person or a model to read."""
        return inspect.getdoc(self.function) or ""

    @cached_property
    def arguments(self) -> Mapping[str, tuple[Any, Any]]:
        """The type and default (`...` for none) of each argument, as they come from outside."""
        hints = get_type_hints(self.function, include_extras=True)
        parameters = inspect.signature(self.function).parameters.values()
        return {
            p.name: (
                _RIM.get(hints[p.name], hints[p.name]),
                _default(p.default),
            )
            for p in parameters
            if p.name not in OURS
        }

    @cached_property
    def model(self) -> type[BaseModel]:
        """The arguments as a pydantic model, and so as a JSON schema."""
        fields: dict[str, Any] = dict(self.arguments)
        return create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)

    def call(
        self,
        arguments: Mapping[str, Any],
        stop: threading.Event | None = None,
        cache: bool = True,
    ) -> Report:
        """Check the arguments, and run the tool. Raises `RequestError` that names a wrong one."""
        try:
            checked = self.model.model_validate(dict(arguments))
        except ValidationError as error:
            raise RequestError(f"{self.name}: {_sentence(error)}") from error
        values = {name: _value(getattr(checked, name)) for name in self.arguments}
        return self.function(**values, stop=stop, cache=cache)


def _default(given: Any) -> Any:
    """As a JSON schema can tell it; `...` for none."""
    if given is inspect.Parameter.empty:
        return ...
    return dict(given) if isinstance(given, Mapping) else given


def _value(given: Any) -> Any:
    return given.value() if isinstance(given, DesignInput | VectorsInput) else given


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"argument {place}: {first['msg']}"


_FUNCTIONS: tuple[Callable[..., Report], ...] = (
    parse,
    lint,
    dataflow,
    csim,
    hls,
    simulate,
    cosim,
    synthesize,
    place_route,
    equivalent,
    prove,
    strength,
    testbench_strength,
    waves,
    schematic,
    state_machines,
    cone,
)
TOOLS: Mapping[str, Tool] = {tool.name: tool for tool in (Tool(f) for f in _FUNCTIONS)}
