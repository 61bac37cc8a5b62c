"""Forms of options that several commands take."""

from prompts.sheet import Setting
from tools.errors import RequestError


def setting(pair: str) -> tuple[str, Setting]:
    """A parameter of a kernel as `name=value`."""
    name, equals, value = pair.partition("=")
    if not equals or not name:
        raise RequestError(f"--set takes name=value, not {pair!r}")
    return name.strip(), int(value) if value.strip().lstrip("-").isdigit() else value.strip()
