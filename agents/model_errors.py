"""What goes wrong when a model is asked, as one sentence each that says what to do."""

import json
import os
import sys
from urllib.parse import urlsplit

from langchain_core.exceptions import ContextOverflowError
from langchain_core.exceptions import ModelError as LangchainModelError

_BASES = (
    ("httpx2", "HTTPError"),
    ("httpx", "HTTPError"),
    ("openai", "OpenAIError"),
    ("anthropic", "AnthropicError"),
    ("ollama", "ResponseError"),
)
_STATUSES = {
    401: "{who} refuses the key (401); set {key} in the environment to a valid one",
    403: "{who} does not allow this key to use the model (403); ask its provider for access",
    404: "{who} is not there (404); check the model's name and the path of the base URL",
    413: "{who} finds the prompt too long (413); use a smaller prompt budget or fewer demos",
    429: "{who} is busy or its quota is used up (429, after retries); wait, or check the account",
}
_MAX_DETAIL = 200


def failures() -> tuple[type[Exception], ...]:
    """What asking a model may raise: the error types of the packages that are loaded."""
    loaded = (getattr(sys.modules[m], name) for m, name in _BASES if m in sys.modules)
    return (
        LangchainModelError,
        ConnectionError,
        TimeoutError,
        json.JSONDecodeError,
        *loaded,
    )


def sentence(error: Exception, who: str, key: str, partial: int) -> str:
    """The error in one sentence; `partial` is how many characters had come before it.

    Keys of the environment never stand in it, even when a server repeats them.
    """
    status = getattr(error, "status_code", None)
    if partial and status is None:
        return f"the answer of {who} was cut after {partial} characters; start the run again"
    if isinstance(error, ContextOverflowError):
        return f"{who} finds the prompt too long; use a smaller prompt budget or fewer demos"
    if status in _STATUSES:
        return _STATUSES[status].format(who=who, key=key)
    detail = _redacted(" ".join(str(error).split()))[:_MAX_DETAIL]
    if isinstance(status, int):
        fault = "has a fault of its own" if status >= 500 else "refuses the request"
        return f"{who} {fault} ({status}): {detail}"
    kind = type(error).__name__.lower()
    if "timeout" in kind:
        return f"{who} does not answer in time; check that it is not overloaded, or try again"
    if isinstance(error, json.JSONDecodeError):
        return f"{who} sent something that is not JSON; check that it speaks chat completions"
    if "remoteprotocol" in kind or "readerror" in kind:
        return f"{who} closed the connection without an answer; check the server's log"
    if "connect" in kind:
        return f"nothing listens at {who}; start the server, or check the base URL and the network"
    return f"{who} failed: {detail}"


def shown(url: str) -> str:
    """A URL without user, password and query."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}".rstrip("/")


def _redacted(text: str) -> str:
    for name, value in os.environ.items():
        if name.endswith(("_KEY", "_TOKEN", "_SECRET")) and len(value) > 3:
            text = text.replace(value, "***")
    return text
