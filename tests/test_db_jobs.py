"""The queue and the recorder, used by many threads and processes at once."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text, update

import db
from agents.events import Ended, Proposed, Said
from db import workers
from db.base import now
from db.engine import writing
from db.jobs import MAX_CLAIMS, SILENCE_S
from db.models import RunRow
from prompts.design import Design

ROOT = Path(__file__).parents[1]
CLAIM_ALL = """
import db
engine = db.connect()
worker = db.this_worker()
while run_id := db.claim(engine, worker):
    print(run_id, flush=True)
"""
WRITE = """
import sys
import db
from agents.events import Said
recorder = db.Recorder(db.connect(), sys.argv[1])
for number in range(25):
    recorder.record(Said("designer", f"{sys.argv[2]}/{number}"))
"""
CLAIM_AND_HANG = """
import sys
import db
print(db.claim(db.connect(), db.this_worker()), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv("SILIWRIGHT_HOME", str(tmp_path))
    monkeypatch.delenv("SILIWRIGHT_DATABASE", raising=False)
    engine = db.connect()
    yield engine
    engine.dispose()


def child(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process, with the same home."""
    argv = [sys.executable, "-c", script, *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(argv, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


def queue(engine: Engine, count: int = 1) -> list[str]:
    return db.enqueue_all(engine, [db.RunRequest(f"request {n}") for n in range(count)])


def silence(engine: Engine, run_id: str) -> None:
    """Make the last heartbeat older than a worker may be silent."""
    old = now() - timedelta(seconds=SILENCE_S + 1)
    with writing(engine) as session:
        session.execute(update(RunRow).where(RunRow.id == run_id).values(heartbeat=old))


def test_runs_are_claimed_in_order_and_only_when_queued(engine: Engine) -> None:
    first, second, third = queue(engine, 3)
    assert db.claim(engine, "w", third) == third
    assert [db.claim(engine, "w") for _ in range(3)] == [first, second, None]
    assert db.claim(engine, "w", first) is None
    assert db.run(engine, first).status == "running"


def test_several_processes_claim_each_run_once(engine: Engine) -> None:
    ids = queue(engine, 60)
    children = [child(CLAIM_ALL) for _ in range(4)]
    claimed = [process.communicate(timeout=60)[0].split() for process in children]
    assert [process.returncode for process in children] == [0] * 4
    assert Counter(run_id for ids in claimed for run_id in ids) == Counter(ids)
    pids = Counter(run.worker.split(":")[1] for run in db.runs(engine, limit=60) if run.worker)
    assert pids == Counter({str(p.pid): len(c) for p, c in zip(children, claimed, strict=True)})


def test_many_writers_lose_no_event_and_number_them_without_gaps(engine: Engine) -> None:
    (run_id,) = queue(engine)
    children = [child(WRITE, run_id, f"process {n}") for n in range(4)]

    def write(thread: int) -> None:
        recorder = db.Recorder(engine, run_id)
        for number in range(10):
            recorder.record(Said("designer", f"thread {thread}/{number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert [process.communicate(timeout=60) for process in children] == [("", None)] * 4
    assert [process.returncode for process in children] == [0] * 4
    found = db.events_after(engine, run_id)
    texts = {f"thread {t}/{n}" for t in range(8) for n in range(10)}
    texts |= {f"process {p}/{n}" for p in range(4) for n in range(25)}
    assert [recorded.number for recorded in found] == list(range(1, 181))
    assert {r.event.text for r in found if isinstance(r.event, Said)} == texts


def test_the_same_design_from_many_threads_is_one_design(engine: Engine) -> None:
    design = Design({"top.v": "module top; endmodule"}, "top")

    def propose(run_id: str) -> str:
        db.Recorder(engine, run_id).record(Proposed(design, 1))
        return db.candidates(engine, run_id)[0].design_id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(propose, queue(engine, 16)))) == 1
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sources")) == 1


def test_several_processes_may_make_the_database_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SILIWRIGHT_HOME", str(tmp_path / "new"))
    children = [child("import db; print(db.count_runs(db.connect()))") for _ in range(4)]
    assert [process.communicate(timeout=60)[0] for process in children] == ["0\n"] * 4


def test_the_run_of_a_killed_worker_goes_on_with_another(engine: Engine) -> None:
    (run_id,) = queue(engine)
    with child(CLAIM_AND_HANG) as process:
        assert process.stdout and process.stdout.readline() == f"{run_id}\n"
        lost = db.run(engine, run_id).worker
        assert db.reclaim(engine) == [], "it is alive"
        process.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert db.reclaim(engine) == [run_id], "it is dead, though its parent has not asked yet"
    assert db.run(engine, run_id).status == "queued"
    assert db.claim(engine, db.this_worker()) == run_id
    with pytest.raises(db.RunTaken, match="no longer this worker's"):
        db.Recorder(engine, run_id, lost).record(Said("designer", "too late"))
    assert db.Recorder(engine, run_id, db.this_worker()).record(Said("designer", "mine")) == 1


def test_a_silent_worker_loses_its_run_and_a_recorded_event_is_a_sign_of_life(
    engine: Engine,
) -> None:
    worker = db.this_worker()
    (run_id,) = queue(engine)
    db.claim(engine, worker)
    silence(engine, run_id)
    db.Recorder(engine, run_id, worker).record(Said("designer", "still here"))
    assert db.reclaim(engine) == []
    silence(engine, run_id)
    assert db.heartbeat(engine, run_id, worker)
    assert db.reclaim(engine) == []
    silence(engine, run_id)
    assert db.reclaim(engine) == [run_id]
    assert not db.heartbeat(engine, run_id, worker)


def test_a_run_that_kills_its_workers_is_given_up(engine: Engine) -> None:
    (run_id,) = queue(engine)
    for _ in range(MAX_CLAIMS):
        assert db.claim(engine, "elsewhere:1:1") == run_id
        silence(engine, run_id)
        db.reclaim(engine)
    run = db.run(engine, run_id)
    assert (run.status, run.summary) == (
        "crashed",
        "its worker died 3 times; it is not tried again",
    )


def test_a_process_with_the_same_number_is_another_one() -> None:
    host, pid, start = db.this_worker().rsplit(":", 2)
    assert not workers.is_dead(f"{host}:{pid}:{start}")
    assert workers.is_dead(f"{host}:{pid}:{int(start) + 1}")
    assert not workers.is_dead(f"another-host:{pid}:{int(start) + 1}"), "nobody can know here"


def test_cancelling(engine: Engine) -> None:
    queued, running, ended = queue(engine, 3)
    db.claim(engine, "w", running)
    db.claim(engine, "w", ended)
    db.Recorder(engine, ended, "w").record(Ended("passed", "done", "fine"))
    for run_id in (queued, running, ended):
        db.cancel(engine, run_id)
    assert db.run(engine, queued).status == "stopped"
    assert db.run(engine, ended).status == "passed"
    assert [db.is_cancelled(engine, r) for r in (queued, running, ended)] == [True, True, False]
    assert not db.heartbeat(engine, running, "w")
    silence(engine, running)
    assert db.reclaim(engine) == []
    assert db.run(engine, running).status == "stopped"
    assert db.claim(engine, "w") is None


def test_a_finished_run_stays_as_it_is(engine: Engine) -> None:
    (run_id,) = queue(engine)
    db.claim(engine, "w")
    db.finish(engine, run_id, "crashed", "ZeroDivisionError")
    db.finish(engine, run_id, "passed", "no")
    run = db.run(engine, run_id)
    assert (run.status, run.summary) == ("crashed", "ZeroDivisionError")
    with pytest.raises(db.RunTaken, match="it is crashed"):
        db.Recorder(engine, run_id, "w").record(Said("designer", "too late"))


def test_a_batch_can_be_asked_for_again_and_tells_how_it_stands(engine: Engine) -> None:
    batch = db.new_batch(engine, "suite", {"k": 2})
    requests = [
        db.RunRequest(f"task {index}", batch=batch, batch_index=index, sample=sample)
        for index in range(2)
        for sample in range(2)
    ]
    ids = db.enqueue_all(engine, requests)
    assert db.enqueue_all(engine, requests) == ids
    db.Recorder(engine, ids[0]).record(Ended("passed", "done", ""))
    db.Recorder(engine, ids[1]).record(Ended("failed", "lint", ""))
    summary = db.batch(engine, batch)
    assert summary.statuses == {"passed": 1, "failed": 1, "queued": 2}
    assert summary.tasks == (db.Tally(0, 2, 2, 1), db.Tally(1, 2, 0, 0))
    assert summary.options == {"k": 2}
    assert db.batches(engine) == [summary]
    with pytest.raises(db.NoSuchRecord, match="no batch 'nope'"):
        db.batch(engine, "nope")
