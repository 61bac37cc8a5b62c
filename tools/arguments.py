"""What a tool is called with from outside: designs, vectors and files as JSON values, checked."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from prompts.demo import ParameterError
from prompts.design import Design
from prompts.interface import Interface
from prompts.kernels import kernel_named
from prompts.sheet import Setting
from prompts.vectors import Call, Vectors
from prompts.verilog_text import modules, roots
from tools.errors import RequestError

FromFile = Annotated[str, "from a file"]
"""A text, such as a testbench, that a command line gives as a file's name."""
FromFiles = Annotated[Mapping[str, str], "from files"]
"""Texts by file name, which a command line gives as the files' names."""
NO_FILES: Mapping[str, str] = MappingProxyType({})
_INTERFACE = TypeAdapter(Interface)
MAX_FILE = 32 << 20


class DesignInput(BaseModel):
    """Source files by name, and the top; without one, the only module that no other uses."""

    model_config = ConfigDict(extra="forbid")
    files: dict[str, str] = Field(description="source text by file name")
    top: str = Field("", description="the top module or function; found when only one can be")

    def value(self) -> Design:
        if not self.files:
            raise RequestError("the design has no file; give at least one")
        for name, text in self.files.items():
            if len(text) > MAX_FILE:
                raise RequestError(f"{name!r} has over {MAX_FILE >> 20} MB; give a smaller file")
        try:
            named = Design(self.files, self.top)
        except ValueError as error:
            raise RequestError(str(error)) from error
        return Design(self.files, self.top or _only_top(named))


class CallInput(BaseModel):
    """The values of one call by argument: numbers, or lists in the argument's shape."""

    model_config = ConfigDict(extra="forbid")
    inputs: dict[str, Any]
    outputs: dict[str, Any]


class VectorsInput(BaseModel):
    """Calls to make: those of a kernel of the library, or an interface and calls of your own."""

    model_config = ConfigDict(extra="forbid")
    kernel: str = Field("", description="a kernel of the library, whose golden model answers")
    parameters: dict[str, Setting] = Field(default_factory=dict)
    count: int = Field(4, ge=0, le=10_000, description="random calls besides the corner cases")
    seed: int = 1
    interface: dict[str, Any] | None = Field(None, description="an interface, for own calls")
    calls: list[CallInput] = Field(default_factory=list)

    def value(self) -> Vectors:
        if bool(self.kernel) == bool(self.interface):
            raise RequestError("give either a kernel of the library, or an interface with calls")
        if self.kernel:
            return self._of_kernel()
        try:
            interface = _INTERFACE.validate_python(self.interface)
            return Vectors(interface, tuple(_call(call) for call in self.calls))
        except ValueError as error:
            raise RequestError(f"the vectors are not usable: {error}") from error

    def _of_kernel(self) -> Vectors:
        try:
            kernel = kernel_named(self.kernel)
            return kernel.vectors(kernel.settle(self.parameters), self.seed, self.count)
        except ParameterError as error:
            raise RequestError(str(error)) from error


def _call(call: CallInput) -> Call:
    def arrays(values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: np.array(value, np.int64) for name, value in values.items()}

    return Call(arrays(call.inputs), arrays(call.outputs))


def _only_top(design: Design) -> str:
    if not design.verilog:
        raise RequestError("name the top: which function of the C++ is the accelerator?")
    found = roots([module for text in design.verilog.values() for module in modules(text)])
    if len(found) != 1:
        there = ", ".join(found) or "no module"
        raise RequestError(f"name the top: no one module is it ({there})")
    return found[0]
