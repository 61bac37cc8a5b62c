"""Write one C++ file that includes all of a folder's: `python run_unity.py FOLDER MAIN OUT`."""

import sys
from pathlib import Path


def main() -> None:
    folder, start, out = map(Path, sys.argv[1:])
    included = [*sorted(folder.glob("*.cpp")), start]
    out.write_text("".join(f'#include "{path.absolute()}"\n' for path in included))


if __name__ == "__main__":
    main()
