"""`./siliwright design`: one request, worked on here and now."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

import db
from agents.designers import designer_for
from agents.events import Called, Ended, Event, Proposed, Returned, Said, Spent, Understood
from app.commands.options import setting
from app.results import result_of
from app.work import execute, parent_task, understand
from db import RunRequest
from prompts.design import LANGUAGES, Language
from prompts.task import Task
from tools.errors import RequestError

Text = Annotated[str, typer.Argument(help="What you want, in plain words; - reads standard input.")]
Model = Annotated[
    str,
    typer.Option(
        help="A model, such as openai:gpt-5, ollama:qwen3 or scripted:tour; without one the "
        "library designs."
    ),
]
Url = Annotated[str | None, typer.Option("--base-url", help="An OpenAI-compatible endpoint.")]
Target = Annotated[str, typer.Option(help="The device, such as ecp5-45k.")]
Clock = Annotated[float | None, typer.Option("--clock-mhz", help="The clock to reach.")]
InLanguage = Annotated[
    Language | None,
    typer.Option(
        help="hls: C++, from which high-level synthesis makes the Verilog; verilog; or both. "
        "Without it, what the request says, or both."
    ),
]
Repairs = Annotated[int, typer.Option(min=0, max=20, help="Attempts after the first, at most.")]
Budget = Annotated[float | None, typer.Option("--max-usd", help="Stop a run at this cost.")]
Choices = Annotated[
    list[str] | None, typer.Option("--set", help="A parameter as name=value; can be repeated.")
]


def design(
    text: Text,
    model: Model = "",
    base_url: Url = None,
    target: Target = "",
    clock_mhz: Clock = None,
    language: InLanguage = None,
    kernel: Annotated[str, typer.Option(help="A kernel of the library.")] = "",
    chosen: Choices = None,
    testbench: Annotated[
        Path | None, typer.Option(help="A Verilog testbench that prints PASS or FAIL.")
    ] = None,
    repairs: Repairs = 3,
    max_usd: Budget = None,
    time_limit_s: Annotated[float, typer.Option(help="Stop the run after this time.")] = 1800.0,
    parent: Annotated[
        str | None, typer.Option("--from", help="A run whose task this request changes.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder for the files.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what was understood.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Design an accelerator from a sentence, and verify, synthesise and place it."""
    request = RunRequest(
        text=sys.stdin.read() if text == "-" else text,
        designer=designer_for(model),
        model=model,
        base_url=base_url,
        target=target,
        clock_mhz=clock_mhz,
        language=language,
        kernel=kernel,
        parameters=dict(setting(pair) for pair in chosen or ()),
        testbench=_read(testbench),
        repairs=repairs,
        max_usd=max_usd,
        time_limit_s=time_limit_s,
        parent_run=parent,
    )
    engine = db.connect()
    if dry_run:
        reading = understand(request, parent_task(engine, request))
        if as_json:
            print(json.dumps(_understanding(reading.task), indent=2))
        else:
            _show_task(Console(), reading.task)
        if reading.problem:
            raise RequestError(reading.problem)
        return
    run_id, me = db.enqueue(engine, request), db.this_worker()
    db.claim(engine, me, run_id)
    console = Console(stderr=as_json, highlight=False, soft_wrap=True)
    with console.status("reading the request") as status:
        execute(engine, run_id, me, lambda event: _show(console, status.update, event))
    result = result_of(engine, run_id, out)
    if as_json:
        print(json.dumps(result, indent=2))
    else:
        console.print(f"run {run_id}; files in {result['folder']}", markup=False)
    raise typer.Exit(0 if result["status"] == "passed" else 1)


def _read(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"the testbench {str(path)!r} cannot be read: {error}") from error


def _understanding(task: Task) -> dict[str, Any]:
    return {
        "kernel": task.kernel,
        "parameters": dict(task.parameters),
        "target": task.target,
        "clock_mhz": task.clock_mhz,
        "language": task.language,
        "constraints": [asdict(constraint) for constraint in task.constraints],
        "notes": list(task.notes),
    }


def _show_task(console: Console, task: Task) -> None:
    settings = ", ".join(f"{name} {value}" for name, value in task.parameters.items())
    console.print(f"kernel      {task.kernel or 'none of the library'}", markup=False)
    console.print(f"parameters  {settings or 'none'}", markup=False)
    console.print(f"language    {LANGUAGES[task.language]}", markup=False)
    console.print(f"target      {task.target} at {task.clock_mhz:g} MHz", markup=False)
    for constraint in task.constraints:
        console.print(f"constraint  {constraint.text()}", markup=False)
    for note in task.notes:
        console.print(f"note        {note}", markup=False)


def _show(console: Console, progress: Any, event: Event) -> None:
    """One event on the terminal; `progress` takes the line that says what is going on."""
    match event:
        case Understood(task=task):
            _show_task(console, task)
        case Said(who="designer", text=text):
            console.print(text, markup=False)
        case Said():
            progress("the model is writing")
        case Proposed(attempt=attempt, design=design):
            console.print(f"attempt {attempt}: {', '.join(design.files)}", markup=False)
        case Called(tool=tool):
            progress(tool)
        case Returned(report=report):
            mark = "ok  " if report.passed else "FAIL"
            seconds = "cached" if report.cached else f"{report.wall_s:.1f} s"
            line = f"  {mark} {report.tool:12} {report.summary} ({seconds})"
            console.print(line, markup=False)
        case Spent(input_tokens=read, output_tokens=written, usd=usd):
            price = "price unknown" if usd is None else f"{usd:.4f} USD"
            console.print(f"  {read} tokens read, {written} written, {price}", markup=False)
        case Ended(outcome=outcome, summary=summary):
            console.print(f"{outcome}: {summary}", markup=False)
