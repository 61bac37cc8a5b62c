"""`./siliwright tool NAME FILES…`: one tool on files, with options made from its signature."""

import inspect
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import typer
from rich.console import Console

from app.commands.options import setting
from app.commands.sources import read, sources
from app.results import report_json
from tools.arguments import DesignInput, FromFile, FromFiles, VectorsInput
from tools.catalogue import TOOLS, Tool
from tools.errors import RequestError
from tools.plan import watching

app = typer.Typer(name="tool", help="Run one tool on files.", no_args_is_help=True)
_LOG_LINES = 40


def _command(tool: Tool) -> Callable[..., None]:
    """The command of a tool: its arguments become options, and its docstring the help."""

    def run(**given: Any) -> None:
        as_json, cache = given.pop("as_json"), not given.pop("no_cache")
        archive: Path | None = given.pop("archive")
        log: Path | None = given.pop("log")
        out: Path | None = given.pop("out")
        with watching() as plans:
            report = tool.call(_arguments(tool, given), cache=cache)
        if archive:
            _write(archive, plans[-1].archive())
        if log:
            _write(log, report.log.encode())
        if out:
            for name, path in report.artifacts.items():
                _write(out / Path(name).name, path.read_bytes())
        if as_json:
            print(json.dumps(report_json(report), indent=2))
        else:
            console = Console(highlight=False, soft_wrap=True)
            console.print(report.text(20_000), markup=False)
            for name, value in report.metrics.items():
                console.print(f"  {name:16} {value:g}", markup=False)
            for name, path in report.artifacts.items():
                console.print(f"  {name:16} {path}", markup=False)
            if not report.passed and not report.diagnostics:
                console.print("\n".join(report.log.splitlines()[-_LOG_LINES:]), markup=False)
        raise typer.Exit(0 if report.passed else 1)

    parameters = [p for name in tool.arguments for p in _options(tool, name)]
    own: dict[str, tuple[Any, Any]] = {
        "as_json": (Annotated[bool, typer.Option("--json", help="Print JSON.")], False),
        "no_cache": (
            Annotated[bool, typer.Option("--no-cache", help="Run it, whatever is cached.")],
            False,
        ),
        "archive": (
            Annotated[
                Path | None,
                typer.Option(help="Write a zip with a Makefile that reruns the step by itself."),
            ],
            None,
        ),
        "log": (Annotated[Path | None, typer.Option(help="Write the whole log to a file.")], None),
        "out": (
            Annotated[Path | None, typer.Option(help="Write the files that it makes to a folder.")],
            None,
        ),
    }
    parameters += [_parameter(name, kind, default) for name, (kind, default) in own.items()]
    # Files first: a parameter without a default must not follow one that has one.
    parameters.sort(key=lambda p: p.default is not p.empty)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {}
    run.__doc__ = tool.description
    return run


def _parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
    empty = inspect.Parameter.empty
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=empty if default is ... else default,
        annotation=kind,
    )


def _options(tool: Tool, name: str) -> list[inspect.Parameter]:
    kind, default = tool.arguments[name]
    if kind is DesignInput:
        return _design_options(name, first=name == next(iter(tool.arguments)))
    if kind in (VectorsInput, VectorsInput | None):
        about = "A JSON file with interface and calls."
        return [
            _parameter(name, Annotated[Path | None, typer.Option(help=about)], None),
            _parameter("kernel", Annotated[str, typer.Option(help="A kernel's own calls.")], ""),
            _parameter(
                "set", Annotated[list[str] | None, typer.Option(help="Its name=value.")], None
            ),
        ]
    if kind == FromFiles:
        about = "A file of it; may be given again."
        option = typer.Option(f"--{name}", help=about)
        return [_parameter(name, Annotated[list[Path] | None, option], None)]
    if kind == FromFile:
        return [_parameter(name, Annotated[Path, typer.Option()], default)]
    if default is ... and kind is str:  # as a design's files are: a place, not an option
        return [_parameter(name, Annotated[str, typer.Argument()], default)]
    if _is_mapping(kind):
        kind, default = list[str] | None, None
    if get_origin(kind) is tuple:
        kind, default = list[str], list(default)
    option = typer.Option(_flag(name, default), show_default=default is not ...)
    return [_parameter(name, Annotated[kind, option], default)]


def _flag(name: str, default: Any) -> str:
    """How an argument is given; what is on unless said otherwise has a `--no-` form too."""
    plain = f"--{name.replace('_', '-')}"
    return f"{plain}/--no-{plain[2:]}" if default is True else plain


def _is_mapping(kind: Any) -> bool:
    return any(get_origin(part) is Mapping for part in (kind, *get_args(kind)))


def _design_options(name: str, first: bool) -> list[inspect.Parameter]:
    if first:
        files: Any = Annotated[list[Path], typer.Argument(help="The design's source files.")]
        top = "--top"
    else:
        files = Annotated[list[Path], typer.Option(f"--{name}", help="Its source files.")]
        top = f"--{name}-top"
    about = "The top; found when only one can be."
    return [
        _parameter(name, files, ...),
        _parameter(f"{name}_top", Annotated[str, typer.Option(top, help=about)], ""),
    ]


def _arguments(tool: Tool, given: Mapping[str, Any]) -> dict[str, Any]:
    """The tool's arguments from the command line's values: files with what they include."""
    arguments: dict[str, Any] = {}
    known: set[Path] = set()
    for name, (kind, _) in tool.arguments.items():
        value = given[name]
        if kind is DesignInput:
            found = sources(value)
            known |= found.keys()
            files = {path.name: text for path, text in found.items()}
            arguments[name] = {"files": files, "top": given[f"{name}_top"]}
        elif kind in (VectorsInput, VectorsInput | None):
            arguments[name] = _vectors(value, given)
            if kind is not VectorsInput and value is None and not given["kernel"]:
                arguments[name] = None
        elif kind == FromFiles:
            found = sources(value or (), known)
            arguments[name] = {path.name: text for path, text in found.items()}
        elif kind == FromFile and isinstance(value, Path):
            arguments[name] = read(value)
        elif _is_mapping(kind):
            arguments[name] = {key: str(v) for key, v in map(setting, value or ())}
        else:
            arguments[name] = value
    return arguments


def _vectors(path: Path | None, given: Mapping[str, Any]) -> dict[str, Any]:
    if path is None:
        chosen = dict(setting(pair) for pair in given["set"] or ())
        return {"kernel": given["kernel"], "parameters": chosen}
    try:
        loaded = json.loads(read(path))
    except json.JSONDecodeError as error:
        raise RequestError(f"'{path}' is no JSON: {error}") from error
    if not isinstance(loaded, dict):
        raise RequestError(f"'{path}' is no JSON object with interface and calls")
    return loaded


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise RequestError(f"'{path}' cannot be written: {error}") from error


for _tool in TOOLS.values():
    app.command(_tool.name.replace("_", "-"))(_command(_tool))
