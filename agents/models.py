"""Chat models by name, and asking one: a stream of text that ends in an `Answer`."""

import os
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from openai import Timeout

from agents.designer import ModelError
from agents.model_errors import failures, sentence, shown
from agents.prices import price

_PROVIDERS = ("openai", "azure_openai", "anthropic", "ollama", "google_genai", "mistralai", "groq")
_PACKAGES = {"azure_openai": "langchain-openai", "google_genai": "langchain-google-genai"}
_OPENAI_LIKE = ("openai", "azure_openai")
_FINISHES = ("finish_reason", "stop_reason", "done_reason")
_CUT = ("length", "max_tokens")
_NO_CHUNKS = "No generation chunks"
"""What LangChain's `ValueError` says of a stream without any message."""
NO_KEY = "none"
"""Sent where a server needs no key, since the client library insists on one."""


@dataclass(frozen=True)
class Model:
    """A chat model, and what is told of it: its full name, and its URL when it is not its usual."""

    chat: BaseChatModel
    provider: str
    name: str
    base_url: str = ""

    @property
    def label(self) -> str:
        """The name for records: `provider:name`."""
        return f"{self.provider}:{self.name}"


@dataclass(frozen=True)
class Answer:
    """A whole answer: its text, tool calls, tokens, price if one is known, and seconds."""

    text: str
    calls: tuple[Mapping[str, Any], ...] = ()
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float | None = None
    wall_s: float = 0.0
    cut: bool = False
    """Whether the model stopped at its limit of output tokens."""


def chat_model(
    name: str,
    base_url: str | None = None,
    *,
    temperature: float | None = None,
    connect_s: float = 10.0,
    read_s: float = 300.0,
    max_retries: int = 2,
) -> Model:
    """A model by name: `openai:gpt-5`, `anthropic:…`, `ollama:…`, or any name with a `base_url`.

    A bare name with a `base_url` is asked for over the OpenAI protocol. Keys come from the
    environment alone. `read_s` is the longest silence before and within an answer. Throttled
    and failing servers are asked again `max_retries` times, with back-off. Raises `ModelError`.
    """
    provider, bare = _split(name, base_url)
    if base_url is None and provider == "openai":
        base_url = os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_BASE")
    options: dict[str, Any] = {"model_provider": provider}
    if temperature is not None:
        options["temperature"] = temperature
    if base_url:
        options["base_url"] = base_url
    if provider in _OPENAI_LIKE:
        options |= {
            "stream_usage": True,  # without it a base URL means no usage while streaming
            "timeout": Timeout(read_s, connect=connect_s),
            "max_retries": max_retries,
        }
    elif provider == "ollama":
        options["client_kwargs"] = {"timeout": read_s}
    else:
        options |= {"timeout": read_s, "max_retries": max_retries}
    if provider == "openai":
        options |= _openai_options(base_url)
    unusable: tuple[type[Exception], ...] = (ValueError, *failures())
    try:
        chat = init_chat_model(bare, **options)
    except ImportError as error:
        package = _PACKAGES.get(provider, f"langchain-{provider}")
        raise ModelError(
            f"models of {provider!r} need a package that is not installed: pip install {package}"
        ) from error
    except unusable as error:
        raise ModelError(
            f"the model {name!r} cannot be set up; check that {_key_name(provider)} and the "
            f"provider's other settings are in the environment ({type(error).__name__})"
        ) from error
    return Model(chat, provider, bare, base_url or "")


def answer(model: Model, messages: Sequence[Mapping[str, str]]) -> Generator[str, None, Answer]:
    """Ask a model: yields its text as it comes and returns the whole; raises `ModelError`."""
    who = f"model {model.name!r}" + (f" at {shown(model.base_url)}" if model.base_url else "")
    started = time.monotonic()
    whole: AIMessageChunk | None = None
    characters = 0
    try:
        for chunk in model.chat.stream([dict(message) for message in messages]):
            if not isinstance(chunk, AIMessageChunk):
                continue
            whole = chunk if whole is None else whole + chunk
            if text := str(chunk.text):
                characters += len(text)
                yield text
    except failures() as error:
        key = _key_name(model.provider)
        raise ModelError(sentence(error, who, key, characters)) from error
    except ValueError as error:
        if _NO_CHUNKS not in str(error):
            raise
    finish = "" if whole is None else _finish(whole)
    if whole is None or (model.provider in _OPENAI_LIKE and not finish):
        if not characters:
            raise ModelError(
                f"{who} answered without a message; check that it speaks chat completions"
            )
        raise ModelError(
            f"the answer of {who} was cut after {characters} characters; start the run again"
        )
    return _answer(model, whole, finish, time.monotonic() - started)


def _split(name: str, base_url: str | None) -> tuple[str, str]:
    """The provider and the model's own name, which may have colons: `ollama:qwen3:8b`."""
    provider, colon, bare = name.partition(":")
    if colon and bare and provider in _PROVIDERS:
        return provider, bare
    if base_url and name:
        return "openai", name
    raise ModelError(
        f"the model name {name!r} names no provider; write it as PROVIDER:NAME with one of "
        f"{', '.join(_PROVIDERS)}, or give a base URL"
    )


def _openai_options(base_url: str | None) -> dict[str, Any]:
    key = os.environ.get("OPENAI_API_KEY", "")
    if base_url:
        # Other servers speak chat completions; the newer Responses protocol is OpenAI's own.
        return {"api_key": key or NO_KEY, "use_responses_api": False}
    if not key:
        raise ModelError(
            "there is no key for OpenAI: set OPENAI_API_KEY in the environment, or give the base "
            "URL of a server of your own"
        )
    return {"api_key": key}


def _key_name(provider: str) -> str:
    return f"{provider.upper()}_API_KEY"


def _finish(whole: AIMessageChunk) -> str:
    """Why the model stopped; empty when it did not say."""
    said = (whole.response_metadata.get(key) for key in (*_FINISHES, "status"))
    return next((str(reason) for reason in said if reason), "")


def _answer(model: Model, whole: AIMessageChunk, finish: str, wall_s: float) -> Answer:
    usage = whole.usage_metadata
    return Answer(
        str(whole.text),
        tuple({"name": call["name"], "args": call["args"]} for call in whole.tool_calls),
        usage["input_tokens"] if usage else 0,
        usage["output_tokens"] if usage else 0,
        None if usage is None else price(model.provider, model.name, model.base_url, usage),
        wall_s,
        finish in _CUT,
    )
