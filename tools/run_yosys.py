"""Run a Yosys script in the native library of the pyosys wheel: `python run_yosys.py SCRIPT`."""

import sys
from pathlib import Path


def main() -> None:
    from pyosys import libyosys

    design = libyosys.Design()
    for line in Path(sys.argv[1]).read_text().splitlines():
        if line.strip():
            libyosys.run_pass(line, design)


if __name__ == "__main__":
    main()
