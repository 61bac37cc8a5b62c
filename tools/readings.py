"""What was read out of outcomes, kept beside them in the cache.

Reading a large netlist takes longer than all else that a cached answer needs. A reading is used
again by the same code alone: the key holds when the files of this package were changed.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path

from tools.cache import note
from tools.plan import Outcome
from tools.report import Diagnostic, Report


def remembered(
    outcomes: Sequence[Outcome], options: Sequence[object], read: Callable[[], Report]
) -> Report:
    """The report that `read` makes of the outcomes, from the cache when it was made before.

    `options` are all that `read` goes by besides the outcomes, as JSON values. The report comes
    without log and artifacts, which the outcomes have.
    """
    names = [outcome.entry.name for outcome in outcomes]
    key = hashlib.sha256(json.dumps([names, options, _code()]).encode()).hexdigest()
    kept = outcomes[0].entry / "readings" / f"{key}.json"
    with suppress(FileNotFoundError):
        found = json.loads(kept.read_bytes())
        said = tuple(Diagnostic(**d) for d in found.pop("diagnostics"))
        return Report(**found, diagnostics=said)
    report = read()
    if outcomes[0].entry.is_dir():  # else it was evicted meanwhile
        note(kept, json.dumps(asdict(report)).encode())
    return report


@cache
def _code() -> str:
    """Changes when a file of this package does."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    stamps = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return hashlib.sha256(json.dumps(stamps).encode()).hexdigest()
