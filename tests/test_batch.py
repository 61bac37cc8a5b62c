"""Batches: reading files, pass@k, and resuming after a hard kill."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from math import isnan
from pathlib import Path

import pytest
from sqlalchemy import Engine

import db
from app.batch import pass_at_k, read_requests, run_batch
from db import RunRequest
from tools.errors import RequestError

ROOT = Path(__file__).parents[1]
BASE = RunRequest(text="", target="ecp5-45k")


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_three_kinds_of_files_say_the_same(tmp_path: Path) -> None:
    lines = written(tmp_path, "a.jsonl", '{"text": "one"}\n\n{"text": "two", "clock_mhz": 80}\n')
    table = written(tmp_path, "a.csv", 'text,clock_mhz\none,\n"two",80\n')
    plain = written(tmp_path, "a.txt", "# a comment\none\n\n  two\n")
    assert read_requests(lines, BASE) == read_requests(table, BASE)
    assert [r.text for r in read_requests(plain, BASE)] == ["one", "two"]
    assert {r.target for r in read_requests(table, BASE)} == {"ecp5-45k"}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.jsonl", '{"text": "one"}\n{"text": \n', "line 2: not JSON"),
        ("a.jsonl", '{"text": "one"}\n{"txt": "two"}\n', "line 2: unknown field 'txt'"),
        ("a.jsonl", '{"text": "one"}\n["two"]\n', "line 2: not an object"),
        ("a.jsonl", '{"text": "one", "clock_mhz": "fast"}', "line 1: clock_mhz"),
        ("a.jsonl", '{"text": "  "}', "line 1: no text"),
        ("a.csv", "text,clock_mhz\none,50,extra\n", "line 2: not as many cells"),
        ("a.csv", "words\none\n", "line 2: unknown field 'words'"),
        ("a.txt", "\n# nothing\n", "holds no request"),
        ("a.yaml", "text: one", "use .jsonl, .csv or .txt"),
    ],
)
def test_a_broken_line_is_named(name: str, text: str, found: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=found):
        read_requests(written(tmp_path, name, text), BASE)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RequestError, match="cannot be read"):
        read_requests(path, BASE)


def test_pass_at_k() -> None:
    assert pass_at_k(10, 0, 1) == 0.0
    assert pass_at_k(10, 3, 1) == pytest.approx(0.3)
    assert pass_at_k(5, 2, 2) == pytest.approx(1 - 3 / 10)
    assert pass_at_k(3, 3, 3) == 1.0
    assert isnan(pass_at_k(2, 1, 3))


def test_samples_and_stages_are_summed_up(own_home: Path) -> None:
    engine = db.connect()
    requests = [
        RunRequest(text="a dot product of 16 elements with 4 lanes at 50 MHz"),
        RunRequest(text="a poem"),
    ]
    seen: list[str] = []
    summary = run_batch(engine, requests, samples=2, watch=lambda run: seen.append(run.status))
    assert Counter(seen) == {"passed": 2, "refused": 2}
    assert (summary.runs, summary.passed) == (4, 2)
    assert summary.failed_by_stage == {"understand": 2}
    assert summary.pass_at == {1: 0.5, 2: 0.5}


def test_a_killed_batch_is_resumed_without_loss_or_repetition(
    own_home: Path, tmp_path: Path
) -> None:
    prompts = [f"a dot product of {8 + n} elements with 2 lanes at 50 MHz" for n in range(12)]
    path = written(tmp_path, "twelve.txt", "\n".join(prompts))
    command = [sys.executable, "-m", "app.cli", "batch", str(path), "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    engine = db.connect()
    while _passed(engine) < 3:
        assert process.poll() is None, "the batch ended before it could be killed"
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = {run.id: run.ended for run in db.runs(engine, limit=100) if run.status == "passed"}
    assert 3 <= len(before) < 12
    done = subprocess.run(
        [*command, "--resume", "--json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["runs"], summary["passed"]) == (12, 12)
    runs = db.runs(engine, limit=100)
    assert len(runs) == 12
    assert sorted(run.text for run in runs) == sorted(prompts)
    after = {run.id: run.ended for run in runs}
    assert {run_id: after[run_id] for run_id in before} == before


def _passed(engine: Engine) -> int:
    return db.count_runs(engine, db.RunFilter(status="passed"))
