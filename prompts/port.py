"""A Verilog port."""

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Port:
    """A Verilog port of the accelerator."""

    name: str
    direction: Literal["input", "output"]
    bits: int

    def declaration(self) -> str:
        """The port as it stands in an ANSI module header."""
        width = f"[{self.bits - 1}:0] " if self.bits > 1 else ""
        return f"{self.direction} {width}{self.name}"

    def turned(self) -> "Port":
        """The port of the other side."""
        return replace(self, direction="output" if self.direction == "input" else "input")

    @property
    def channel(self) -> str:
        """An AXI port's part behind the bundle's name: `AWADDR`."""
        return self.name.rpartition("_")[2]
