"""The command: tries programs of a kind, one after the other, and tells of those that fail."""

import argparse
import signal
import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from fuzz.kinds import KINDS  # noqa: E402
from fuzz.reduce import reduced  # noqa: E402
from fuzz.trial import tried  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=1, help="how many seeds")
    parser.add_argument("--show", action="store_true", help="print the programs alone")
    parser.add_argument("--reduce", action="store_true", help="print smaller programs that fail")
    parser.add_argument("--seconds", type=float, default=120.0, help="the time that each may take")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that a trial ends its processes
    outcomes: Counter[str] = Counter()
    for seed in range(given.first, given.first + given.count):
        program = KINDS[given.kind](seed)
        if given.show:
            print(program.whole)
            continue
        result = tried(program, given.seconds)
        outcomes[result.outcome] += 1
        if result.outcome != "right":
            print(f"{given.kind} {seed}: {result.outcome}: {result.said}", flush=True)
        if result.is_fault and given.reduce:
            print(reduced(program, result.outcome, tried).whole)
    print(given.kind, given.first, dict(outcomes), flush=True)
    return int(bool(outcomes.keys() - {"right", "refused"}))


if __name__ == "__main__":
    sys.exit(main())
