"""The technology and the delays of what a design is built for: a target, or a Liberty file."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from tools.hls.schedule.cells import Cells
from tools.hls.schedule.characterise import measured
from tools.hls.schedule.delays import Delays, shipped
from tools.hls.schedule.ecp5 import Ecp5
from tools.hls.schedule.oracle import Technology
from tools.synthesize import SETTING
from tools.targets import target_named
from tools.targets.liberty import library

_MEASURED = "ecp5"


@dataclass(frozen=True)
class Built:
    """What delays are taken for a target. `technology` gives feedback; `said` is for the reader."""

    delays: Delays
    technology: Technology
    said: str = ""


def built_for(target: str, liberty: str = "", stop: threading.Event | None = None) -> Built:
    """The delays for a target of `tools.targets`; with a Liberty file, those of its cells.

    Tables for ECP5 and the generic cells are shipped; another library's operators are measured at
    first use, and kept. Devices of other families are scheduled with ECP5's figures, and it is
    said so. Raises `RequestError` for an unknown target or a file that is no library.
    """
    device = target_named("cells" if liberty else target)
    if device.library is not None:
        chosen = liberty or os.environ.get(SETTING, "")
        path = Path(chosen).expanduser() if chosen else device.library
        cells = Cells(library(path), path.name.removesuffix(".gz").removesuffix(".lib"))
        if path == device.library:
            return Built(shipped(cells.name), cells)
        return Built(measured(cells, stop, quick=True), cells)
    technology = Ecp5(target)
    if target.startswith(_MEASURED):
        return Built(shipped(_MEASURED), technology)
    said = (
        f"no delays were measured for {device.title}: the schedule takes those of ECP5, speed "
        "grade 6; look at the clock after place and route"
    )
    return Built(shipped(_MEASURED), technology, said)
