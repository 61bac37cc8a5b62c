"""Text from templates, and numbers from expressions: Jinja, strict about unknown names."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

PARTS = Path(__file__).parent / "library" / "parts"
"""What several entries of the library share; a template includes it by its name there."""
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    loader=FileSystemLoader(PARTS),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def _bit_length(value: int) -> int:
    return int(value).bit_length()


def _address_bits(words: int) -> int:
    return max(1, (int(words) - 1).bit_length())


_ENVIRONMENT.filters["bit_length"] = _bit_length
_ENVIRONMENT.filters["address_bits"] = _address_bits
_ENVIRONMENT.globals.update(min=min, max=max)


@lru_cache(maxsize=256)
def _template(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)


def render(source: str, names: Mapping[str, Any]) -> str:
    """Fill a template; an unknown name raises `jinja2.UndefinedError`."""
    return _template(source).render(**names)


def evaluate(expression: int | str, names: Mapping[str, Any]) -> Any:
    """The value of an expression such as `"m // rows"` or `"taps % lanes == 0"`."""
    if isinstance(expression, int):
        return expression
    return _ENVIRONMENT.compile_expression(expression, undefined_to_none=False)(**names)
