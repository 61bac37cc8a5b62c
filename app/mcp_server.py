"""The tools for other agents, by the Model Context Protocol: short results, files as resources."""

import inspect
import json
import re
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from anyio import get_cancelled_exc_class, to_thread
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from db.files import keep, keep_file, path_of
from prompts.demo import ParameterError
from tools.catalogue import TOOLS, Tool
from tools.errors import SiliwrightError
from tools.report import Report

FINDINGS = 4000
"""Characters of a report's findings in an answer; the whole log is a resource."""
DETAILS = 8000
"""Characters of a report's details in an answer; longer ones are a resource."""
_INSTRUCTIONS = (
    "Open EDA tools for hardware designs: lint, simulation, synthesis, place and route, proofs. "
    "A design is given as source text by file name, and its top. A result with status `failed` is "
    "about the design, with findings by file and line; `log` and `artifacts` are resources to read."
)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"siliwright://file/([0-9a-f]{64})/[^/]+")


class Answer(BaseModel):
    """What a tool said of a design."""

    status: str = Field(description="passed, failed (the design), error (the tool), not run")
    summary: str
    findings: str = Field(description="diagnostics by file and line, errors first")
    metrics: dict[str, float]
    details: dict[str, Any]
    artifacts: dict[str, str] = Field(description="resource address by name")
    versions: dict[str, str]
    log: str = Field(description="resource address of the whole log; empty when there is none")
    cached: bool


def server() -> MCPServer:
    """The server with every tool of the catalogue."""
    made = MCPServer("siliwright", instructions=_INSTRUCTIONS)
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for tool in TOOLS.values():
        made.add_tool(_function(tool), tool.name, None, tool.description, reads)

    @made.resource("siliwright://file/{digest}/{name}", name="file", mime_type="text/plain")
    def file(digest: str, name: str) -> str | bytes:
        """A file that a tool left, or a log."""
        return _content(digest, name)

    return made


def _function(tool: Tool) -> Callable[..., Coroutine[Any, Any, Answer]]:
    """The tool as a coroutine function with the tool's own arguments."""

    async def call(**given: Any) -> Answer:
        stop = threading.Event()
        arguments = {name: _argument(value) for name, value in given.items()}
        try:
            return await to_thread.run_sync(
                lambda: _answer(tool.call(arguments, stop)), abandon_on_cancel=True
            )
        except (SiliwrightError, ParameterError) as error:
            raise ToolError(str(error)) from error
        except get_cancelled_exc_class():
            stop.set()
            raise

    parameters = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if default is ... else default,
            annotation=kind,
        )
        for name, (kind, default) in tool.arguments.items()
    ]
    call.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        parameters, return_annotation=Answer
    )
    call.__annotations__ = {"return": Answer}
    call.__name__ = tool.name
    return call


def _argument(value: Any) -> Any:
    """A value as the tool takes it; a resource's address is the file that it stands for."""
    if isinstance(value, str) and (found := _ADDRESS.fullmatch(value)):
        return str(path_of(found[1]))
    return value.model_dump() if isinstance(value, BaseModel) else value


def _answer(report: Report) -> Answer:
    artifacts = {
        name: _address(keep_file(path)[0], name) for name, path in report.artifacts.items()
    }
    details = dict(report.details)
    if len(text := json.dumps(details, indent=2)) > DETAILS:
        artifacts["details.json"] = _address(keep(text), "details.json")
        details = {}
    return Answer(
        status=report.status,
        summary=report.summary,
        findings=report.text(FINDINGS) if report.diagnostics else "",
        metrics=dict(report.metrics),
        details=details,
        artifacts=artifacts,
        versions=dict(report.versions),
        log=_address(keep(report.log), "log.txt") if report.log else "",
        cached=report.cached,
    )


def _address(digest: str, name: str) -> str:
    return f"siliwright://file/{digest}/{Path(name).name}"


def _content(digest: str, name: str) -> str | bytes:
    """A kept file: text where it is text."""
    path = path_of(digest) if _DIGEST.fullmatch(digest) else None
    if path is None or not path.is_file():
        raise ResourceNotFoundError(f"there is no file {name!r} of that address")
    content = path.read_bytes()
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content
