"""A widget for each argument of a tool, by its type, and what the command line calls the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

import streamlit as st
from sqlalchemy import Engine

from app.views.format import with_unit
from app.views.tool_design import design_files
from app.views.tool_files import one_file, text_file, uploaded_texts
from app.views.understood import fields
from prompts.demos import demos
from tools.arguments import DesignInput, FromFile, FromFiles, VectorsInput
from tools.catalogue import Tool
from tools.errors import RequestError
from tools.targets import TARGETS

PATHS = ("file", "liberty")
"""Texts that name a file on the server; here the file itself is given."""


@dataclass(frozen=True)
class Given:
    """An argument's value as the tool takes it, and the words that the command line has for it."""

    value: Any
    words: tuple[str, ...] = ()


def field(records: Engine, tool: Tool, name: str) -> Given:
    """Draw an argument. Raises `RequestError` for what cannot be read."""
    kind, default = tool.arguments[name]
    if kind is DesignInput:
        return _design(records, name, first=name == next(iter(tool.arguments)))
    stem, unit = with_unit(name)
    label, key = f"{stem} ({unit})" if unit else stem, f"{tool.name}-{name}"
    if kind in (VectorsInput, VectorsInput | None):
        return _vectors(label, key, needed=default is ...)
    if kind == FromFile:
        file, text = text_file(label, key, f"{name}.v")
        return Given(text, (_option(name), file))
    if kind == FromFiles:
        texts = uploaded_texts(label, key)
        return Given(texts, _repeated(name, list(texts)))
    if name in PATHS:
        file, path = one_file(label, key)
        return Given(path, (file,) if default is ... else _unless(default, path, name, file))
    return _simple(label, key, name, kind, default)


def _simple(label: str, key: str, name: str, kind: Any, default: Any) -> Given:
    """A number, a word, a choice, or a list of words."""
    if kind is bool:
        on = st.toggle(label, default, key=key)
        return Given(on, () if on == default else (_option(name if on else f"no_{name}"),))
    if get_origin(kind) is tuple:
        lines = _lines(label, key, "one in each line")
        return Given(tuple(lines), _repeated(name, lines))
    if any(get_origin(part) is Mapping for part in (kind, *get_args(kind))):
        lines = _lines(label, key, "name=value in each line")
        return Given(dict(map(_pair, lines)), _repeated(name, lines))
    value = _widget(kind, default)(label, key)
    if default is ...:
        return Given(value, (value,))
    return Given(value, _unless(default, value, name, str(value)))


def _widget(kind: Any, default: Any) -> Callable[[str, str], Any]:
    """What draws a value of the type, given a label and a key."""
    if get_origin(kind) is Literal:
        choices = list(get_args(kind))
        return lambda label, key: st.selectbox(label, choices, choices.index(default), key=key)
    if kind is str and default in TARGETS:
        targets = list(TARGETS)
        return lambda label, key: st.selectbox(label, targets, targets.index(default), key=key)
    if kind is int:
        return lambda label, key: st.number_input(label, value=default, step=1, key=key)
    if kind is float:
        return lambda label, key: st.number_input(label, value=default, format="%g", key=key)
    start = "" if default is ... else default
    return lambda label, key: (st.text_input(label, start, key=key) or "").strip()


def _design(records: Engine, name: str, first: bool) -> Given:
    files, top = design_files(records, name)
    option = "--top" if first else f"--{name}-top"
    words = tuple(files) if first else _repeated(name, list(files))
    return Given({"files": files, "top": top}, words + ((option, top) if top else ()))


def _vectors(label: str, key: str, needed: bool) -> Given:
    kernels = demos()
    kernel = st.selectbox(
        label,
        list(kernels),
        index=None,
        format_func=lambda name: kernels[name].sheet.title,
        placeholder="Choose a kernel of the library",
        help="The kernel's corner cases and random calls, with its golden model's answers.",
        key=key,
    )
    if kernel is None:
        if needed:
            return Given({"kernel": ""})
        return Given(None)
    demo = kernels[kernel]
    chosen = fields(demo, demo.settle(), f"{key}-{kernel}")
    words = ("--kernel", kernel, *_repeated("set", [f"{n}={v}" for n, v in chosen.items()]))
    return Given({"kernel": kernel, "parameters": chosen}, words)


def _lines(label: str, key: str, about: str) -> list[str]:
    text = st.text_area(label, key=key, placeholder=about, height=80) or ""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pair(line: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in line.partition("="))
    if not (name and equals):
        raise RequestError(f"{line!r} is no parameter; write it as name=value")
    return name, value


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _repeated(name: str, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for value in values for word in (_option(name), value))


def _unless(default: Any, value: Any, name: str, word: str) -> tuple[str, ...]:
    return () if value == default else (_option(name), word)
