"""Results of tools by digest, on disk: safe with several processes, and limited in size.

An entry is a folder with `outcome.json` and the kept files; it appears whole, by one rename. What
was not asked for longest goes first.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tools.home import cache_folder

DEFAULT_GB = 4.0
_SPARED_S = 3600.0
"""An entry used within this time may still be in use, and is kept whatever its size."""
_CHECK_S = 300.0
_TOUCH_S = 60.0


def entry_of(digest: str) -> Path:
    """Where the entry of a digest is, or would be."""
    return cache_folder() / digest[:2] / digest


def read(entry: Path) -> tuple[dict[str, Any], dict[str, Path]] | None:
    """The record and the kept files by name; None when there is no such entry."""
    outcome = entry / "outcome.json"
    try:
        record = json.loads(outcome.read_text())
        if time.time() - outcome.stat().st_mtime > _TOUCH_S:
            outcome.touch()
    except FileNotFoundError:
        return None
    return record, _files(entry / "files")


def store(
    entry: Path, record: Mapping[str, Any], files: Mapping[str, Path], anew: bool = False
) -> dict[str, Path]:
    """Move the files to the entry; returns them where they are now.

    Another process may have been first: equal digests have equal files, and its entry stays. `anew`
    is for a result that must take the place of an older one.
    """
    entry.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=entry.parent))
    draft.chmod(0o755)
    for name, path in files.items():
        target = draft / "files" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    (draft / "outcome.json").write_text(json.dumps(record))
    if anew:
        _remove(entry)
    try:
        draft.replace(entry)
    except OSError:
        shutil.rmtree(draft)
    _limit()
    return _files(entry / "files")


def _files(root: Path) -> dict[str, Path]:
    return {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}


def digest_of(file: Path) -> str:
    """SHA-256 of a kept file's content; it is found out once, and noted in the file's entry."""
    entry = next(folder for folder in file.parents if folder.name == "files").parent
    noted = entry / "digests" / file.relative_to(entry / "files")
    with suppress(FileNotFoundError):
        return noted.read_text()
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    note(noted, digest.encode())
    return digest


def note(path: Path, text: bytes) -> None:
    """Write a file of an entry; it appears whole, also for other processes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(text)
    Path(draft).replace(path)


def limit_bytes() -> int:
    """The size that the cache is kept under, from `SILIWRIGHT_CACHE_GB`."""
    try:
        return int(float(os.environ.get("SILIWRIGHT_CACHE_GB") or DEFAULT_GB) * 1e9)
    except ValueError:
        return int(DEFAULT_GB * 1e9)


def _limit() -> None:
    """Evict now and then, by one of the processes."""
    checked = cache_folder() / "checked"
    with suppress(FileNotFoundError):
        if time.time() - checked.stat().st_mtime < _CHECK_S:
            return
    checked.touch()
    evict(limit_bytes())


def evict(limit: int, spared_s: float = _SPARED_S) -> int:
    """Delete the entries that were used least recently until the rest is under `limit` bytes.

    Returns how many bytes were freed.
    """
    entries = []
    for entry in cache_folder().glob("??/*"):
        with suppress(FileNotFoundError, NotADirectoryError):
            size = sum(p.stat().st_size for p in entry.rglob("*") if p.is_file())
            outcome = entry / "outcome.json"
            used = (outcome if outcome.exists() else entry).stat().st_mtime
            entries.append((used, size, entry))
    excess = sum(size for _, size, _ in entries) - limit
    freed = 0
    for used, size, entry in sorted(entries):
        if freed >= excess or time.time() - used < spared_s:
            break
        freed += size if _remove(entry) else 0
    return freed


def _remove(entry: Path) -> bool:
    """Delete an entry, at once for those who look for it."""
    gone = entry.with_name(f"draft-{os.getpid()}-{entry.name}")
    try:
        entry.replace(gone)
    except OSError:
        return False
    shutil.rmtree(gone, ignore_errors=True)
    return True
