"""The designers by name, each imported when it is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from agents.designer import Designer
from tools.errors import RequestError


@dataclass(frozen=True)
class Settings:
    """What a designer is made with."""

    model: str = ""
    base_url: str | None = None
    demo_count: int = 2


_PLACES: Mapping[str, str] = {
    "library": "agents.library:LibraryDesigner",
    "llm": "agents.llm:LlmDesigner",
    "scripted": "agents.scripted:ScriptedDesigner",
}
DESIGNERS = tuple(_PLACES)


def designer_named(name: str, settings: Settings | None = None) -> Designer:
    """Make a designer; raises `RequestError` for an unknown name."""
    if name not in _PLACES:
        raise RequestError(f"there is no designer {name!r}; choose one of {', '.join(_PLACES)}")
    module, _, attribute = _PLACES[name].partition(":")
    make: Callable[[Settings], Designer] = getattr(import_module(module), attribute).create
    return make(settings or Settings())


def designer_for(model: str) -> str:
    """The designer that a model name asks for: none is the library, `scripted:…` is scripted."""
    if not model:
        return "library"
    return "scripted" if model.startswith("scripted:") else "llm"
