"""The result of a run for scripts: one flat mapping, and its files on disk."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

import db
from agents.events import Ended, Returned, Understood
from db.models import MEASURED
from prompts.design import Design
from prompts.task import Task
from tools.home import home
from tools.report import Report


def result_of(engine: Engine, run_id: str, folder: Path | None = None) -> dict[str, Any]:
    """What came of a run; the files of its last candidate are written to `folder`.

    Keys: run, status, stage, summary, designer, model, kernel, parameters, language, target,
    clock_mhz, oracle, verified, met, the figures (None when not measured), tools (name to version),
    tokens, usd, folder, files (name to path), generated (names of files that high-level synthesis
    made).
    """
    run = db.run(engine, run_id)
    task, versions, verified = _happenings(engine, run_id)
    folder = (folder or home() / "designs" / run_id).absolute()
    figures = {name: _plain(getattr(run, name)) for name in MEASURED}
    found = db.candidates(engine, run_id)[-1:]
    files = _write(found[0].as_built, folder) if found else {}
    return {
        "run": run.id,
        "status": run.status,
        "stage": run.stage,
        "summary": run.summary,
        "designer": run.designer,
        "model": run.model,
        "kernel": run.kernel,
        "parameters": dict(task.parameters) if task else {},
        "language": task.language if task else None,
        "target": run.target,
        "clock_mhz": run.clock_mhz,
        "oracle": run.oracle,
        "verified": verified,
        "met": run.met,
        **figures,
        "tools": versions,
        "input_tokens": run.input_tokens,
        "output_tokens": run.output_tokens,
        "usd": run.usd,
        "folder": str(folder),
        "files": files,
        "generated": [name for one in found for name in one.generated if name in files],
    }


def _happenings(engine: Engine, run_id: str) -> tuple[Task | None, dict[str, str], bool]:
    task: Task | None = None
    versions: dict[str, str] = {}
    verified = False
    for kept in db.events_after(engine, run_id, logs=False):
        match kept.event:
            case Understood(task=understood):
                task = understood
            case Returned(report=report):
                versions.update(report.versions)
            case Ended(verified=proven):
                verified = proven
    return task, versions, verified


def _write(design: Design, folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for name, text in design.files.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        files[name] = str(path)
    return files


def report_json(report: Report) -> dict[str, Any]:
    """A report as JSON values, without its log; findings without the fields that are empty.

    What the detail `result` holds, the answer in short, stands at the top.
    """
    return {
        **report.details.get("result", {}),
        "tool": report.tool,
        "status": report.status,
        "summary": report.summary,
        "diagnostics": [
            {name: value for name, value in asdict(found).items() if value}
            for found in report.diagnostics
        ],
        "metrics": {name: _plain(value) for name, value in report.metrics.items()},
        "details": dict(report.details),
        "artifacts": {name: str(path) for name, path in report.artifacts.items()},
        "versions": dict(report.versions),
        "command": report.command,
        "wall_s": round(report.wall_s, 3),
        "cached": report.cached,
    }


def _plain(value: float | None) -> float | int | None:
    """A count as an integer."""
    return int(value) if value is not None and value == int(value) else value
