"""The demo library: every folder under `prompts/library/`, by name."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from prompts.demo import Demo

LIBRARY = Path(__file__).parent / "library"


@lru_cache(maxsize=1)
def demos() -> Mapping[str, Demo]:
    """All demos of the library, in the order of their names; raises `DemoError`."""
    folders = sorted(path.parent for path in LIBRARY.glob("*/demo.yaml"))
    return {folder.name: Demo.load(folder) for folder in folders}
