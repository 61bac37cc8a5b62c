"""The worker: takes queued runs and works on them, several at once: `python -m app.worker`.

Jobs go to an executor of the standard library's interface, a pool of processes. A worker process
that dies takes no run with it: the run goes back to the queue.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

import db
from app.work import execute
from db.errors import RecordError
from tools.ready import make_ready

IDLE_S = 0.5
_PR_SET_PDEATHSIG = 1


def pool(jobs: int) -> ProcessPoolExecutor:
    """Processes for runs; they die with this one."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=die_with_parent)


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that started it ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the pool in good order


def work_on(run_id: str | None = None) -> str | None:
    """Claim a certain run, or the next one, and work on it; its id, or None when there is none."""
    engine = db.connect()
    me = db.this_worker()
    claimed = db.claim(engine, me, run_id)
    if claimed is not None:
        execute(engine, claimed, me)
    return claimed


def serve(jobs: int) -> None:
    """Work on the queue until the process is ended."""
    engine = db.connect()
    executor = pool(jobs)
    executor.submit(make_ready)
    slots: set[Future[str | None]] = set()
    while True:
        try:
            db.reclaim(engine)
            slots |= {executor.submit(work_on) for _ in range(jobs - len(slots))}
            done, slots = wait(slots, timeout=30, return_when=FIRST_COMPLETED)
            if all(_nothing_to_do(slot) for slot in done):
                time.sleep(IDLE_S)
        except BrokenProcessPool:
            executor, slots = pool(jobs), set()
        except RecordError as error:
            print(f"worker: {error}", file=sys.stderr, flush=True)
            time.sleep(10 * IDLE_S)


def _nothing_to_do(slot: Future[str | None]) -> bool:
    error = slot.exception()
    if isinstance(error, BrokenProcessPool):
        raise error
    if error is not None:
        print(f"worker: a run crashed: {error!r}", file=sys.stderr, flush=True)
        return False
    return slot.result() is None


if __name__ == "__main__":
    serve(int(os.environ.get("SILIWRIGHT_JOBS") or max(1, (os.cpu_count() or 2) - 1)))
