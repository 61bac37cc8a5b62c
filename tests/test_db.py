"""The records: what is written comes back as it was, and is found quickly."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

import db
from agents.events import (
    EVENTS,
    Called,
    Ended,
    Event,
    Prompted,
    Proposed,
    Returned,
    Said,
    Spent,
    Understood,
)
from db import upgrade
from db.models import DesignRow, EventRow, ReportRow
from db.queries import listing
from prompts.design import Design
from prompts.interface import Argument, Interface
from prompts.task import Constraint, Task
from tools.errors import RequestError
from tools.report import Diagnostic, Report


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SILIWRIGHT_HOME", str(tmp_path))
    monkeypatch.delenv("SILIWRIGHT_DATABASE", raising=False)
    return tmp_path


@pytest.fixture
def engine(place: Path) -> Iterator[Engine]:
    engine = db.connect()
    yield engine
    engine.dispose()


def design() -> Design:
    arguments = (
        Argument("a", "memory", "in", 8, shape=(4, 8), split="partition", factor=2, dim=2),
        Argument("y", "scalar", "out", 16, signed=False),
    )
    sources = {"top.v": "module dot; endmodule\n", "dot.cpp": "// Δ \ud800\n"}
    return Design(sources, "dot", Interface("dot", arguments))


def report(folder: Path) -> Report:
    (folder / "wave.vcd").write_text("$date $end")
    return Report(
        tool="simulate",
        status="failed",
        summary="1 mismatch",
        diagnostics=(Diagnostic("error", "y is 3", "top.v", 7, "E1", "y <= 3;", "use 4", 5),),
        metrics={"cycles": 12.0, "area": 0.5},
        details={"stalls": [1, 2]},
        artifacts={"waves": folder / "wave.vcd"},
        versions={"iverilog": "12.0"},
        command="iverilog top.v",
        log="VCD info\n" * 3,
        wall_s=0.25,
        cached=True,
    )


def task() -> Task:
    return Task(
        text="a dot product of 8",
        kernel="dot",
        parameters={"n": 8, "kind": "tree"},
        target="ice40-hx8k",
        clock_mhz=25.0,
        language="verilog",
        constraints=(Constraint("luts", "at most", 100.0),),
        testbench="module tb; endmodule",
        notes=("8 bits assumed",),
    )


def story(folder: Path) -> list[Event]:
    """One event of each kind, with no field left at its default."""
    return [
        Said("model", "I shall make it."),
        Understood(task()),
        Prompted(({"role": "user", "content": "Δ"},), {"gemm": 0.75}, "ab12"),
        Proposed(design(), 2, "module its_own_test; endmodule"),
        Called("simulate", {"stalls": True, "seed": 3}, beside=True),
        Returned(report(folder), beside=True),
        Spent("gpt", 1000, 200, 0.01, 2.5),
        Ended(
            outcome="passed",
            stage="done",
            summary="as asked",
            oracle="golden model",
            metrics={"cycles": 12.0, "luts": 90.0},
            verified=True,
            met=False,
        ),
    ]


def record(engine: Engine, events: list[Event]) -> str:
    run_id = db.enqueue(engine, db.RunRequest("a dot product of 8"))
    recorder = db.Recorder(engine, run_id)
    assert [recorder.record(event) for event in events] == list(range(1, len(events) + 1))
    return run_id


def test_the_public_names_are_sorted_and_there() -> None:
    assert db.__all__ == sorted(db.__all__)
    assert all(hasattr(db, name) for name in db.__all__)


def test_the_migrations_make_what_the_models_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, EventRow.metadata) == []
        assert context.get_current_revision() == upgrade.newest()


def test_an_old_database_keeps_its_runs_and_gains_their_figures(
    engine: Engine, place: Path
) -> None:
    figures = {"cycles": 12.0, "area_um2": 4321.5, "delay_ps": 987.0}
    on_cells = record(engine, [Ended("passed", "done", "", metrics=figures)])
    on_a_device = record(engine, [Ended("passed", "done", "", metrics={"luts": 90.0})])
    with engine.execution_options(write=True).begin() as connection:
        for name in ("area_um2", "delay_ps"):  # as the first version had it
            connection.execute(text(f"DROP INDEX ix_runs_{name}"))
            connection.execute(text(f"ALTER TABLE runs DROP COLUMN {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    again = db.connect()
    run = db.run(again, on_cells)
    assert (run.cycles, run.area_um2, run.delay_ps, run.luts) == (12.0, 4321.5, 987.0, None)
    run = db.run(again, on_a_device)
    assert (run.luts, run.area_um2, run.delay_ps) == (90.0, None, None)
    again.dispose()


def test_opening_again_changes_nothing(engine: Engine, place: Path) -> None:
    run_id = record(engine, [Said("designer", "hello")])
    again = db.connect()
    assert len(db.events_after(again, run_id)) == 1
    with again.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def unset(value: Any) -> list[str]:
    """The fields of a dataclass that are at their default, which a test of copying must not use."""
    found = []
    for field in fields(value):
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if getattr(value, field.name) == default:
            found.append(field.name)
    return found


def test_every_kind_of_event_comes_back_as_it_was(engine: Engine, place: Path) -> None:
    events = story(place)
    assert {type(event).__name__ for event in events} == set(EVENTS)
    assert [unset(value) for value in (*events, task(), report(place), design())] == [[]] * 11
    run_id = record(engine, events)
    found = [recorded.event for recorded in db.events_after(engine, run_id)]
    returned = found[5]
    assert isinstance(returned, Returned)
    kept = returned.report.artifacts["waves"]
    assert kept.read_text() == "$date $end"
    assert kept.is_relative_to(place / "files")
    expected = Report(**{**vars(report(place)), "artifacts": {"waves": kept}})
    assert found == [*events[:5], Returned(expected, beside=True), *events[6:]]


def test_later_events_alone_and_some_kinds_alone(engine: Engine, place: Path) -> None:
    run_id = record(engine, story(place))
    assert [r.number for r in db.events_after(engine, run_id, 6)] == [7, 8]
    (returned,) = db.events_after(engine, run_id, kinds=(Returned,), logs=False)
    assert isinstance(returned.event, Returned)
    assert (returned.number, returned.event.report.log) == (6, "")
    assert db.log(engine, run_id, 6) == "VCD info\n" * 3
    assert db.events_after(engine, run_id, 8) == []


def test_the_run_itself_tells_the_outcome_and_the_cost(engine: Engine, place: Path) -> None:
    unpriced = Spent("gpt", 1, 2, None, 0.1)
    run = db.run(engine, record(engine, [unpriced, *story(place)]))
    assert (run.status, run.stage, run.summary) == ("passed", "done", "as asked")
    assert (run.oracle, run.verified, run.met) == ("golden model", True, False)
    assert (run.kernel, run.target, run.clock_mhz) == ("dot", "ice40-hx8k", 25.0)
    assert (run.cycles, run.luts, run.fmax_mhz) == (12.0, 90.0, None)
    assert (run.input_tokens, run.output_tokens) == (1001, 202)
    assert (run.usd, run.unpriced_calls) == (0.01, 1)
    assert run.ended is not None and run.ended >= run.created


def test_candidates_carry_their_own_reports(engine: Engine, place: Path) -> None:
    other = Design({"top.v": "module other; endmodule"}, "other")
    events: list[Event] = [
        Returned(Report("lint", "error", "nothing to look at")),
        Proposed(design(), 1),
        Returned(Report("lint", "passed", "clean")),
        Called("simulate"),
        Returned(Report("simulate", "failed", "1 mismatch")),
        Proposed(other, 2),
        Returned(Report("lint", "failed", "1 error")),
    ]
    found = db.candidates(engine, record(engine, events))
    assert [(c.number, c.attempt, c.design) for c in found] == [(2, 1, design()), (6, 2, other)]
    assert [[r.summary for r in c.reports] for c in found] == [["clean", "1 mismatch"], ["1 error"]]
    assert db.design(engine, found[1].design_id) == other


def test_the_same_design_and_log_are_kept_once(engine: Engine, place: Path) -> None:
    one, two = record(engine, story(place)), record(engine, story(place))
    ids = [db.candidates(engine, run_id)[0].design_id for run_id in (one, two)]
    with engine.connect() as connection:
        assert connection.scalar(text(f"SELECT count(*) FROM {DesignRow.__tablename__}")) == 1
        logs = connection.scalars(text(f"SELECT log FROM {ReportRow.__tablename__}")).all()
    assert ids[0] == ids[1]
    assert logs[0] == logs[1]
    assert len([path for path in (place / "files").rglob("*") if path.is_file()]) == 6


def test_artifacts_have_a_media_type_and_a_size(engine: Engine, place: Path) -> None:
    (artifact,) = db.artifacts(engine, record(engine, story(place)))
    assert (artifact.number, artifact.name, artifact.file_name) == (6, "waves", "wave.vcd")
    assert (artifact.media_type, artifact.bytes) == ("text/x-vcd", 10)
    assert artifact.path.read_text() == "$date $end"


def test_a_figure_that_is_no_number_is_left_out(engine: Engine) -> None:
    figures = {"cycles": float("nan"), "luts": float("inf"), "ffs": 3.0}
    run_id = record(engine, [Ended("passed", "done", "", metrics=figures)])
    assert (db.run(engine, run_id).cycles, db.run(engine, run_id).luts) == (None, None)
    (ended,) = db.events_after(engine, run_id)
    assert isinstance(ended.event, Ended) and ended.event.metrics == {"ffs": 3.0}
    assert db.figures(engine, "ffs") == [db.Figure(run_id, "", 3.0)]


def test_runs_are_filtered_ordered_and_counted(engine: Engine) -> None:
    session = db.new_session(engine, "filters")
    requests = [
        db.RunRequest("100% of a GEMM", kernel="gemm", session=session),
        db.RunRequest("a FIR filter", kernel="fir", designer="llm", session=session),
        db.RunRequest("another gemm", kernel="gemm"),
    ]
    ids = db.enqueue_all(engine, requests)
    for run_id, cycles in zip(ids, (30.0, 10.0, 20.0), strict=True):
        db.Recorder(engine, run_id).record(Ended("passed", "done", "", metrics={"cycles": cycles}))

    def found(**wanted: Any) -> set[int]:
        where = db.RunFilter(**wanted)
        listed = db.runs(engine, where)
        assert len(listed) == db.count_runs(engine, where)
        return {ids.index(run.id) for run in listed}

    assert found() == {0, 1, 2}
    assert found(kernel="gemm") == {0, 2}
    assert found(designer="llm") == {1}
    assert found(session=session) == {0, 1}
    assert found(text="gemm", status="passed") == {0, 2}
    assert found(text="0%") == {0}
    assert found(status="failed") == set()
    by_cycles = db.runs(engine, order="cycles", descending=False, limit=2, offset=1)
    assert [run.cycles for run in by_cycles] == [20.0, 30.0]
    (summary,) = db.sessions(engine)
    assert (summary.title, summary.runs) == ("filters", 2)


@pytest.mark.parametrize(
    ("where", "order"),
    [
        (db.RunFilter(), "created"),
        (db.RunFilter(status="passed"), "created"),
        (db.RunFilter(kernel="k3"), "created"),
        (db.RunFilter(designer="llm"), "created"),
        (db.RunFilter(), "cycles"),
        (db.RunFilter(), "fmax_mhz"),
        (db.RunFilter(), "area_um2"),
    ],
)
def test_a_page_of_many_runs_comes_from_an_index(
    engine: Engine, where: db.RunFilter, order: Any
) -> None:
    row = (
        "INSERT INTO runs SELECT 'r'||value, NULL, NULL, NULL, 0, NULL, 'text', 'library', '', "
        "'k'||(value % 40), 't', 50, '{}', 'passed', 'done', '', '', NULL, NULL, "
        "'2026-01-01 00:00:00.'||value, NULL, NULL, NULL, NULL, 1, 0, 0, 0, 0, 0, "
        "value, 1, 1, 1, 1, 1, 1, 1, 1 FROM generate"
    )
    numbers = "WITH RECURSIVE generate(value) AS (SELECT 100000 UNION ALL SELECT value + 1 "
    with engine.execution_options(write=True).begin() as connection:
        connection.execute(text(f"{numbers} FROM generate LIMIT 20000) {row}"))
        connection.execute(text("ANALYZE"))
    statement = listing(where, order).compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    assert db.count_runs(engine) == 20000
    assert ["USING INDEX ix_runs_" in step[3] for step in plan] == [True]


def test_an_unknown_run_is_named(engine: Engine) -> None:
    for ask in (db.run, db.events_after, db.candidates, db.artifacts, db.requested, db.cancel):
        with pytest.raises(db.NoSuchRecord, match="no run 'nope'"):
            ask(engine, "nope")
    with pytest.raises(db.NoSuchRecord, match="no run 'nope'"):
        db.Recorder(engine, "nope").record(Said("designer", "hello"))
    with pytest.raises(db.NoSuchRecord, match="no session 'nope'"):
        db.enqueue(engine, db.RunRequest("x", session="nope"))


def test_a_request_makes_the_round_trip_and_holds_no_password(engine: Engine) -> None:
    request = db.RunRequest("x", "llm", parameters={"n": 8, "kind": "tree"}, testbench="module tb")
    assert db.RunRequest.from_json(request.to_json()) == request
    assert db.requested(engine, db.enqueue(engine, request)) == request
    with pytest.raises(RequestError, match="not a run request: designer"):
        db.RunRequest.from_json('{"text": "x", "designer": "magic"}')
    with pytest.raises(RequestError, match="holds a user or password"):
        db.RunRequest("x", base_url="https://me:secret@host/v1")
