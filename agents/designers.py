"""The designers by name, each imported when it is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from agents.designer import Designer


@dataclass(frozen=True)
class Settings:
    """What a designer is made with."""

    model: str = ""
    base_url: str | None = None
    demo_count: int = 2


DesignerName = Literal["library", "llm", "scripted"]
_PLACES: Mapping[DesignerName, str] = {
    "library": "agents.library:LibraryDesigner",
    "llm": "agents.llm:LlmDesigner",
    "scripted": "agents.scripted:ScriptedDesigner",
}


def designer_named(name: DesignerName, settings: Settings | None = None) -> Designer:
    """Make a designer; raises `ModelError` when its model cannot be had."""
    module, _, attribute = _PLACES[name].partition(":")
    make: Callable[[Settings], Designer] = getattr(import_module(module), attribute).create
    return make(settings or Settings())


def designer_for(model: str) -> DesignerName:
    """The designer that a model name asks for: none is the library, `scripted:…` is scripted."""
    if not model:
        return "library"
    return "scripted" if model.startswith("scripted:") else "llm"
