"""Where Siliwright keeps its data: one folder, `SILIWRIGHT_HOME` or `~/.siliwright`."""

import os
from pathlib import Path


def home() -> Path:
    """The data folder, made when it is missing."""
    folder = Path(os.environ.get("SILIWRIGHT_HOME") or Path.home() / ".siliwright").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def cache_folder() -> Path:
    """Results of tools by digest; it can be deleted at any time."""
    folder = home() / "cache"
    folder.mkdir(exist_ok=True)
    return folder
