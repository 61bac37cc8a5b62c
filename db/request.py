"""What is asked of a run, as it waits in the queue and as it can be repeated later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from agents.designers import DesignerName
from db.files import keep, text_of
from db.models import RunRow
from prompts.design import Language
from prompts.sheet import Setting
from tools.errors import RequestError


@dataclass(frozen=True)
class RunRequest:
    """A request with its settings; it never holds a key.

    What is None or empty is left to the designer. `kernel` and `parameters` are a person's edits
    of the task as it was understood. `sample` tells the repetitions of one task of a batch apart.
    """

    text: str
    designer: DesignerName = "library"
    model: str = ""
    base_url: str | None = None
    target: str = ""
    clock_mhz: float | None = None
    language: Language | None = None
    kernel: str = ""
    parameters: Mapping[str, Setting] = field(default_factory=dict)
    testbench: str = ""
    repairs: int = 3
    sample: int = 0
    max_usd: float | None = None
    time_limit_s: float = 1800.0
    session: str | None = None
    batch: str | None = None
    batch_index: int | None = None
    parent_run: str | None = None

    def __post_init__(self) -> None:
        if self.base_url and "@" in urlsplit(self.base_url).netloc:
            raise RequestError(
                "the model's address holds a user or password, which would be kept in the "
                "records; give the key in the environment instead"
            )

    def to_json(self) -> str:
        return _ADAPTER.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> "RunRequest":
        """The request in a JSON text. Raises `RequestError` when it is not one."""
        try:
            return _ADAPTER.validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"]) or "the text"
            raise RequestError(f"this is not a run request: {place}: {first['msg']}") from error


_ADAPTER = TypeAdapter(RunRequest)


def options_of(request: RunRequest) -> dict[str, Any]:
    """The request for the `options` column: the text has a column, the testbench a file."""
    options: dict[str, Any] = _ADAPTER.dump_python(request, mode="json")
    del options["text"]
    options["testbench"] = keep(request.testbench) if request.testbench else ""
    return options


def request_of(row: RunRow) -> RunRequest:
    """The request that `options_of` has taken apart."""
    testbench = row.options["testbench"]
    whole = {**row.options, "text": row.text, "testbench": testbench and text_of(testbench)}
    return _ADAPTER.validate_python(whole)
