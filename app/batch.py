"""Batches: many requests, each worked on one or several times, resumable after any end."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, fields, replace
from math import comb, nan
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine

import db
from app.worker import pool, work_on
from db import Run, RunRequest
from tools.errors import RequestError

FINAL = ("passed", "failed", "stopped", "refused", "crashed")
ALLOWED = (
    *("text", "target", "clock_mhz", "language"),
    *("kernel", "parameters", "model", "testbench"),
)
"""What a line of a batch file may say; the rest comes from the command."""
_REQUEST = TypeAdapter(RunRequest)


@dataclass(frozen=True)
class Summary:
    """How a batch ended: counts, pass@k over its tasks, and its cost."""

    batch: str
    runs: int
    passed: int
    failed_by_stage: Mapping[str, int]
    pass_at: Mapping[int, float]
    input_tokens: int
    output_tokens: int
    usd: float


def read_requests(path: Path, base: RunRequest) -> list[RunRequest]:
    """The requests of a `.jsonl`, `.csv` or `.txt` file, with `base` for what a line leaves out.

    Raises `RequestError` with the line number of the first line that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"the batch file {str(path)!r} cannot be read: {error}") from error
    readers = {".jsonl": _jsonl, ".csv": _csv, ".txt": _txt}
    if path.suffix not in readers:
        raise RequestError(f"{path.name} is not a batch file: use .jsonl, .csv or .txt")
    requests = []
    for line, fields_of in readers[path.suffix](text):
        requests.append(_request(path.name, line, fields_of, base))
    if not requests:
        raise RequestError(f"{path.name} holds no request")
    return requests


def pass_at_k(samples: int, passed: int, k: int) -> float:
    """The chance that at least one of k samples passes, unbiased; NaN with fewer than k samples.

    Source: Chen et al., Evaluating Large Language Models Trained on Code, 2021.
    """
    if samples < k:
        return nan
    return 1.0 - comb(samples - passed, k) / comb(samples, k)


def run_batch(
    engine: Engine,
    requests: Iterable[RunRequest],
    *,
    name: str = "batch",
    samples: int = 1,
    jobs: int = 2,
    resume: bool = False,
    watch: Callable[[Run], None] | None = None,
) -> Summary:
    """Work on every request `samples` times, `jobs` at once; `watch` sees each run as it ends.

    With `resume`, the last batch of the same requests goes on: what has ended is not done again.
    """
    asked = [replace(request, sample=0, batch=None) for request in requests]
    batch_id = _batch(engine, asked, name, samples, resume)
    run_ids = db.enqueue_all(
        engine,
        [
            replace(request, batch=batch_id, batch_index=index, sample=sample)
            for index, request in enumerate(asked)
            for sample in range(samples)
        ],
    )
    db.reclaim(engine)
    todo = [run_id for run_id in run_ids if db.run(engine, run_id).status not in FINAL]
    for run_id in set(run_ids) - set(todo):
        _tell(watch, engine, run_id)
    while todo:
        todo = _work_off(engine, todo, jobs, watch)
    return summary_of(engine, batch_id)


def _batch(engine: Engine, asked: list[RunRequest], name: str, samples: int, resume: bool) -> str:
    """The batch to go on with, or a new one."""
    text = "\n".join(request.to_json() for request in asked)
    digest = hashlib.sha256(f"{samples}\n{text}".encode()).hexdigest()
    if resume:
        for found in db.batches(engine, limit=1000):
            if found.options.get("digest") == digest:
                return found.id
    return db.new_batch(engine, name, {"digest": digest, "samples": samples})


def _work_off(
    engine: Engine, todo: list[str], jobs: int, watch: Callable[[Run], None] | None
) -> list[str]:
    """Work on the runs; returns those that are still to do because a worker process died."""
    with pool(jobs) as executor:
        futures = {executor.submit(work_on, run_id): run_id for run_id in todo}
        for future in as_completed(futures):
            if isinstance(future.exception(), BrokenProcessPool):
                continue
            _tell(watch, engine, futures[future])
    db.reclaim(engine)
    return [run_id for run_id in todo if db.run(engine, run_id).status not in FINAL]


def _tell(watch: Callable[[Run], None] | None, engine: Engine, run_id: str) -> None:
    if watch is not None:
        watch(db.run(engine, run_id))


def summary_of(engine: Engine, batch_id: str) -> Summary:
    """How a batch stands."""
    where = db.RunFilter(batch=batch_id)
    runs = db.runs(engine, where, limit=db.count_runs(engine, where) or 1)
    tallies: dict[int, list[bool]] = {}
    for run in runs:
        tallies.setdefault(run.batch_index or 0, []).append(run.status == "passed")
    most = max((len(results) for results in tallies.values()), default=0)
    pass_at = {
        k: sum(pass_at_k(len(r), sum(r), k) for r in tallies.values()) / len(tallies)
        for k in sorted({1, most} & set(range(1, most + 1)))
    }
    failed = Counter(run.stage or run.status for run in runs if run.status != "passed")
    return Summary(
        batch=batch_id,
        runs=len(runs),
        passed=sum(run.status == "passed" for run in runs),
        failed_by_stage=dict(failed),
        pass_at=pass_at,
        input_tokens=sum(run.input_tokens for run in runs),
        output_tokens=sum(run.output_tokens for run in runs),
        usd=sum(run.usd for run in runs),
    )


def _jsonl(text: str) -> Iterable[tuple[int, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                yield number, f"not JSON: {error.msg}"


def _csv(text: str) -> Iterable[tuple[int, Any]]:
    reader = csv.DictReader(io.StringIO(text))
    for row in reader:
        extra = row.pop(None, None)
        if extra or None in row.values():
            yield reader.line_num, "not as many cells as the heading has"
        else:
            yield reader.line_num, {name: cell for name, cell in row.items() if cell}


def _txt(text: str) -> Iterable[tuple[int, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, {"text": line.strip()}


def _request(file: str, line: int, given: Any, base: RunRequest) -> RunRequest:
    problem = given if isinstance(given, str) else ""
    if not isinstance(given, dict):
        problem = problem or "not an object with a text"
    elif unknown := sorted(set(given) - set(ALLOWED)):
        problem = f"unknown field {unknown[0]!r}; a line may have {', '.join(ALLOWED)}"
    elif not str(given.get("text", "")).strip():
        problem = "no text"
    if problem:
        raise RequestError(f"{file}, line {line}: {problem}")
    values = {f.name: getattr(base, f.name) for f in fields(RunRequest)}
    try:
        return _REQUEST.validate_python({**values, **given})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RequestError(f"{file}, line {line}: {where}: {first['msg']}") from error
