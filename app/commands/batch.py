"""`./siliwright batch`: many requests from a file."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import db
from agents.designers import designer_for
from app.batch import Summary, read_requests, run_batch
from app.commands.design import Budget, Clock, InLanguage, Model, Repairs, Target, Url
from db import Run, RunRequest


def batch(
    file: Annotated[Path, typer.Argument(help="Requests: .jsonl, .csv (column text) or .txt.")],
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Runs worked on at once.")] = 2,
    samples: Annotated[int, typer.Option(min=1, max=1000, help="Runs of each request.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the last batch of the same file.")
    ] = False,
    model: Model = "",
    base_url: Url = None,
    target: Target = "",
    clock_mhz: Clock = None,
    language: InLanguage = None,
    repairs: Repairs = 3,
    max_usd: Budget = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Work on every request of a file, and sum up: passed, failed by stage, pass@k, cost."""
    base = RunRequest(
        text="",
        designer=designer_for(model),
        model=model,
        base_url=base_url,
        target=target,
        clock_mhz=clock_mhz,
        language=language,
        repairs=repairs,
        max_usd=max_usd,
    )
    requests = read_requests(file, base)
    console = Console(stderr=as_json, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        bar = progress.add_task(file.name, total=len(requests) * samples)

        def watch(run: Run) -> None:
            progress.advance(bar)
            line = f"{run.id}  {run.status:8} {run.kernel or '-':14} {run.summary}"
            progress.console.print(line, markup=False, soft_wrap=True)

        summary = run_batch(
            db.connect(),
            requests,
            name=file.name,
            samples=samples,
            jobs=jobs,
            resume=resume,
            watch=watch,
        )
    if as_json:
        json.dump(asdict(summary), sys.stdout, indent=2)
        print()
    else:
        _show(console, summary)
    raise typer.Exit(0 if summary.passed == summary.runs else 1)


def _show(console: Console, summary: Summary) -> None:
    console.print(f"batch {summary.batch}: {summary.passed} of {summary.runs} runs passed")
    for stage, count in sorted(summary.failed_by_stage.items()):
        console.print(f"  failed at {stage}: {count}")
    for k, value in summary.pass_at.items():
        console.print(f"  pass@{k}: {value:.3f}")
    if summary.input_tokens:
        spent = f"{summary.input_tokens} tokens read, {summary.output_tokens} written"
        console.print(f"  cost: {spent}, {summary.usd:.4f} USD")
