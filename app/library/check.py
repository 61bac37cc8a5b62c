"""An entry of the library checked step by step, and what was measured kept in its folder."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

from app.library.configurations import scaled, small
from app.library.steps import STEPS, Effort, Figures, Trial
from prompts.demo import Demo, ParameterError
from prompts.folder import DemoError
from tools.errors import SiliwrightError

MEASURED = "measured.json"


@dataclass(frozen=True)
class Row:
    """One entry: what is wrong with it, in the order of the steps, and its figures."""

    name: str
    problems: tuple[str, ...]
    figures: Figures
    sources: str
    """The digest of the sources that were measured."""

    @property
    def ok(self) -> bool:
        return not self.problems


def check(folder: Path, effort: Effort) -> Row:
    """All steps of one entry; a step that fails does not keep the others from running."""
    try:
        demo = Demo.load(folder)
        sources = digest(demo)
    except (DemoError, ParameterError) as error:
        return Row(folder.name, (str(error),), {}, "")
    trial = Trial(demo, effort)
    problems: list[str] = []
    for step in STEPS:
        name = step.__name__.replace("_", " ")
        try:
            problems += [f"{name}: {problem}" for problem in step(trial)]
        except (SiliwrightError, DemoError, ParameterError) as error:
            problems.append(f"{name}: {error}")
    return Row(demo.name, tuple(problems), trial.figures, sources)


def check_all(folders: Sequence[Path], effort: Effort, jobs: int) -> Iterator[Row]:
    """Entries checked `jobs` at once, each as it is done."""
    with ProcessPoolExecutor(jobs) as pool:
        for done in as_completed(pool.submit(check, folder, effort) for folder in folders):
            yield done.result()


def digest(demo: Demo) -> str:
    """Of the sources of the small and the scaled configuration."""
    files = [demo.design(settings).files for settings in (small(demo), scaled(demo))]
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]


def save(folder: Path, row: Row) -> None:
    """Keep what was measured in the entry's folder."""
    kept = {key: value for key, value in asdict(row).items() if key != "name"}
    (folder / MEASURED).write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", "utf-8")


def measured(demo: Demo) -> Row | None:
    """What was measured of an entry as it is now; None when its sources have changed since."""
    path = demo.folder / MEASURED
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    row = Row(demo.name, tuple(kept["problems"]), kept["figures"], kept["sources"])
    return row if row.sources == digest(demo) else None
