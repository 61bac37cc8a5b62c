"""Work on a claimed run: read its request, drive the design loop, record the events."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlalchemy import Engine

import db
from agents.designer import ModelError
from agents.designers import Settings, designer_named
from agents.events import Ended, Event, Said, Understood
from agents.loop import RunLimits, refuse, work
from db import RunRequest
from prompts.demo import ParameterError
from prompts.demos import demos
from prompts.kernels import kernel_named
from prompts.reading import Reading, read
from prompts.task import Task
from tools.errors import SiliwrightError
from tools.targets import target_named

BEAT_S = 1.0
"""Seconds between heartbeats, and so how long a run goes on after it is told to stop."""


def execute(
    engine: Engine, run_id: str, worker: str, watch: Callable[[Event], None] | None = None
) -> None:
    """Work on a claimed run to its end; `watch` sees each event after it is recorded.

    A bug ends the run as `crashed` and propagates.
    """
    request = db.requested(engine, run_id)
    recorder = db.Recorder(engine, run_id, worker)
    with Pulse(engine, run_id, worker) as stop:
        try:
            for event in events(engine, run_id, request, stop):
                recorder.record(event)
                if watch is not None:
                    watch(event)
        except db.RunTaken:
            return  # another worker has it: this one was thought dead
        except BaseException as error:
            db.finish(engine, run_id, "crashed", f"a bug: {type(error).__name__}: {error}")
            raise


def events(
    engine: Engine, run_id: str, request: RunRequest, stop: threading.Event
) -> Iterator[Event]:
    """The events of a run, from reading its request to its end."""
    if db.events_after(engine, run_id, logs=False):
        yield Said("designer", "Taken up again; tools that had answered answer from the cache.")
    reading = understand(request, parent_task(engine, request))
    if reading.problem and (request.designer == "library" or not reading.needs_model):
        yield from refuse(reading.task, reading.problem)
        return
    settings = Settings(request.model, request.base_url)
    limits = RunLimits(request.repairs, request.time_limit_s, request.max_usd)
    try:
        designer = designer_named(request.designer, settings)
    except ModelError as error:
        yield Understood(reading.task)
        yield Ended("failed", "generate", str(error))
        return
    yield from work(reading.task, designer, limits, stop)


def understand(request: RunRequest, previous: Task | None = None) -> Reading:
    """The request as it was read, with the person's own settings on top."""
    reading = read(request.text, demos(), previous)
    task = reading.task
    if request.kernel and request.kernel != task.kernel:
        task = replace(task, kernel=request.kernel, parameters={})
    task = replace(
        task,
        target=request.target or task.target,
        clock_mhz=request.clock_mhz or task.clock_mhz,
        language=request.language or task.language,
        testbench=request.testbench or task.testbench,
        parameters={**task.parameters, **request.parameters},
    )
    problem = "" if request.kernel else reading.problem
    try:
        target_named(task.target)
        if task.kernel and not problem:
            settled = kernel_named(task.kernel).settle(task.parameters)
            task = replace(task, parameters=settled)
    except (SiliwrightError, ParameterError) as error:
        problem = str(error)
    return replace(reading, task=task, problem=problem)


def parent_task(engine: Engine, request: RunRequest) -> Task | None:
    """The task that a follow-up starts from."""
    if request.parent_run is None:
        return None
    found = db.events_after(engine, request.parent_run, kinds=(Understood,))
    tasks = [kept.event.task for kept in found if isinstance(kept.event, Understood)]
    return tasks[-1] if tasks else None


class Pulse(threading.Thread):
    """Says regularly that the run is alive, and sets the stop event when it must end."""

    def __init__(self, engine: Engine, run_id: str, worker: str) -> None:
        super().__init__(daemon=True)
        self._engine, self._run_id, self._worker = engine, run_id, worker
        self._stop_run, self._ended = threading.Event(), threading.Event()

    def __enter__(self) -> threading.Event:
        self.start()
        return self._stop_run

    def __exit__(self, *exc: object) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(timeout=BEAT_S):
            if not db.heartbeat(self._engine, self._run_id, self._worker):
                self._stop_run.set()
                return
