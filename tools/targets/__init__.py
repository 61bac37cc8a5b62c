"""The targets: one small file for each family, and all of them by name."""

from collections.abc import Mapping

from tools.errors import RequestError
from tools.targets.cells import CELLS
from tools.targets.ecp5 import ECP5
from tools.targets.gowin import GOWIN
from tools.targets.ice40 import ICE40
from tools.targets.target import Placement, Target, several
from tools.targets.xilinx7 import XILINX7

TARGETS: Mapping[str, Target] = several((*ECP5, *ICE40, *GOWIN, *XILINX7, *CELLS))

__all__ = ["TARGETS", "Placement", "Target", "target_named"]


def target_named(name: str) -> Target:
    """The target of that name; raises `RequestError` that lists the names there are."""
    if name not in TARGETS:
        raise RequestError(f"there is no target {name!r}; choose one of {', '.join(TARGETS)}")
    return TARGETS[name]
