"""Target devices: their names, what they hold, and how the tools are told of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.errors import RequestError


@dataclass(frozen=True)
class Target:
    """A device: its capacity, and the options that place and route takes for it."""

    name: str
    title: str
    luts: int
    ffs: int
    dsps: int
    brams: int
    nextpnr: tuple[str, ...]

    def capacity(self) -> dict[str, int]:
        return {"luts": self.luts, "ffs": self.ffs, "dsps": self.dsps, "brams": self.brams}


def _ecp5(size: str, luts: int, dsps: int, brams: int) -> Target:
    options = (f"--{size}", "--package", "CABGA381", "--speed", "6")
    return Target(f"ecp5-{size}", f"Lattice ECP5 LFE5U-{size}", luts, luts, dsps, brams, options)


TARGETS: Mapping[str, Target] = {
    target.name: target
    for target in (
        _ecp5("25k", 24_288, 28, 56),
        _ecp5("45k", 43_848, 72, 108),
        _ecp5("85k", 83_640, 156, 208),
    )
}


def target_named(name: str) -> Target:
    """The target of that name; raises `RequestError` that lists the names there are."""
    if name not in TARGETS:
        raise RequestError(f"there is no target {name!r}; choose one of {', '.join(TARGETS)}")
    return TARGETS[name]
