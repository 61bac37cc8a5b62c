"""The folder that a plan is carried out in, and its removal, whatever a program left in it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path


@contextmanager
def work_folder() -> Iterator[Path]:
    """A new empty folder, which is gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix="siliwright-")).resolve()
    try:
        yield folder
    finally:
        with suppress(OSError):  # what is left of it does no harm
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a tree of any depth, without following its links or trusting its permissions.

    Every folder within is moved to one place before it is looked into, so paths stay short; the
    standard library's `rmtree` would recurse, and follow links when it mends permissions.
    """
    heap = Path(tempfile.mkdtemp(prefix="siliwright-"))
    numbers = count()
    left = [_moved(folder, heap / str(next(numbers)))]
    while left:
        path = left.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(_moved(Path(entry.path), heap / str(next(numbers))))
                else:
                    Path(entry.path).unlink()
        path.rmdir()
    heap.rmdir()


def _moved(folder: Path, target: Path) -> Path:
    folder.chmod(0o700)
    return folder.rename(target)
