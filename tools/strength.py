"""The strength of a test: which share of small faults in a design it notices."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, get_args

from prompts.design import Design
from prompts.vectors import Vectors
from tools.arguments import FromFile
from tools.contract import equal_in_use
from tools.empty import empty, empty_cxx
from tools.equivalence import equivalent
from tools.errors import ToolError
from tools.mutant_runs import Answer, Runner, cxx_runner, testbench_runner, vectors_runner
from tools.mutate import Mutant, cxx_candidates, mutants
from tools.report import Diagnostic, Report

Language = Literal["verilog", "c++"]
Fate = Literal["killed", "survived", "equivalent", "equivalent in use", "undecided"]
_WORKERS = 2
_RUNNING = 0.7
"""The share of the time for running mutants; the rest is for proofs about those that survive."""
_PROOF_S = 20.0
_SENTENCES = {
    "survived": "the test passes although the design then answers differently",
    "undecided": "the test passes; whether the design then answers differently was not decided",
}


def strength(
    design: Design,
    vectors: Vectors,
    *,
    language: Language = "verilog",
    limit: int = 60,
    seed: int = 0,
    time_s: float = 300.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Score vectors by the share of small faults, put into the design one by one, that they notice.

    At most `limit` faulty designs (mutants), sampled by `seed` over kinds and places, are run for
    at most `time_s` seconds after the test has passed on the design itself. A mutant that is proved
    to answer as the design does is `equivalent`, or `equivalent_in_use` when it does so to every
    caller that keeps to the interface (and resets the design once, for 8 cycles); neither counts.
    `undecided` ones survive and are neither proved equal nor different.
    Metrics: `mutants` (tried), `killed`, these three, `score` = killed / (mutants - equivalent
    ones), and `empty_rejected` (1 when the test fails on designs that compute nothing).
    `details["survivors"]` has the place and text of each fault that the test does not notice. In
    C++ nothing is proved, so all survivors are undecided.
    """
    _check(limit, time_s)
    if language == "c++":
        return _Trial(
            cxx_runner(design, vectors, stop, cache),
            cxx_candidates(design, seed),
            (empty_cxx(design),),
            None,
        ).report(limit, time_s)
    chosen = mutants(design, limit, seed, stop=stop, cache=cache)
    runner = vectors_runner(design, vectors, stop, cache)
    return _verilog_trial(design, runner, chosen, stop, cache).report(limit, time_s)


def testbench_strength(
    design: Design,
    testbench: FromFile,
    testbench_top: str = "",
    *,
    limit: int = 60,
    seed: int = 0,
    time_s: float = 300.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Score a self-checking Verilog testbench by the share of small faults that it notices.

    It is run as `simulate` does; the arguments, metrics and details are those of `strength`.
    """
    _check(limit, time_s)
    chosen = mutants(design, limit, seed, stop=stop, cache=cache)
    runner = testbench_runner(design, testbench, testbench_top, stop, cache)
    return _verilog_trial(design, runner, chosen, stop, cache).report(limit, time_s)


def _check(limit: int, time_s: float) -> None:
    if limit < 1 or time_s <= 0:
        raise ToolError("limit must be at least 1, and time_s above 0")


def _verilog_trial(
    design: Design,
    runner: Runner,
    chosen: Sequence[Mutant],
    stop: threading.Event | None,
    cache: bool,
) -> "_Trial":
    def prove(mutant: Mutant, seconds: float) -> Fate:
        options: dict[str, Any] = {"time_s": seconds, "stop": stop, "cache": cache}
        try:
            verdict = equivalent(design, mutant.design, **options).details["verdict"]
            if verdict != "equal" and equal_in_use(design, mutant.design, **options):
                return "equivalent in use"
        except ToolError:  # such as a design that the prover cannot read
            return "undecided"
        verdicts: dict[str, Fate] = {"equal": "equivalent", "different": "survived"}
        return verdicts.get(verdict, "undecided")

    nothing = tuple(empty(design, answers, stop=stop, cache=cache) for answers in (True, False))
    return _Trial(runner, chosen, nothing, prove)


@dataclass(frozen=True)
class _Trial:
    """A test, the mutants to try it on in their order, and designs that compute nothing."""

    runner: Runner
    mutants: Sequence[Mutant]
    empty: Sequence[Design]
    prove: Callable[[Mutant, float], Fate] | None

    def report(self, limit: int, time_s: float) -> Report:
        start = time.monotonic()
        with ThreadPoolExecutor(_WORKERS) as pool:
            rejected = all(a != "passes" for a in pool.map(self.runner.run, self.empty))
            fates, ended = self._run(pool, limit, start + _RUNNING * time_s)
            if not fates:
                raise ToolError(
                    f"no mutant was tried within {time_s:g} s; give more time, or a design with "
                    "operators, constants or assignments"
                )
            self._prove(pool, fates, start + time_s)
        return self._told(fates, rejected, ended, time.monotonic() - start)

    def _run(
        self, pool: ThreadPoolExecutor, limit: int, deadline: float
    ) -> tuple[dict[Mutant, Fate], bool]:
        """What became of each mutant that could be built, and whether the deadline ended it."""
        fates: dict[Mutant, Fate] = {}
        for first in range(0, len(self.mutants), 2 * _WORKERS):
            if len(fates) >= limit:
                break
            if time.monotonic() > deadline:
                return fates, True
            group = self.mutants[first : first + min(2 * _WORKERS, limit - len(fates))]
            answers: list[Answer] = list(pool.map(self.runner.run, [m.design for m in group]))
            for mutant, answer in zip(group, answers, strict=True):
                if answer != "not built":
                    fates[mutant] = "killed" if answer == "fails" else "undecided"
        return fates, False

    def _prove(self, pool: ThreadPoolExecutor, fates: dict[Mutant, Fate], end: float) -> None:
        """Decide about the survivors, as far as time allows."""
        if self.prove is None:
            return
        prove = self.prove
        left = [mutant for mutant, fate in fates.items() if fate != "killed"]
        while left and (remaining := end - time.monotonic()) >= 1:
            rounds = -(-len(left) // _WORKERS)
            seconds = max(1.0, min(_PROOF_S, round(remaining / rounds)))
            pair, left = left[:_WORKERS], left[_WORKERS:]
            found = pool.map(lambda mutant: prove(mutant, seconds), pair)  # noqa: B023
            fates.update(zip(pair, found, strict=True))

    def _told(
        self, fates: dict[Mutant, Fate], rejected: bool, ended: bool, wall_s: float
    ) -> Report:
        count = {fate: sum(found == fate for found in fates.values()) for fate in get_args(Fate)}
        counted = len(fates) - count["equivalent"] - count["equivalent in use"]
        metrics: dict[str, float] = {
            "mutants": len(fates),
            "killed": count["killed"],
            "equivalent": count["equivalent"],
            "equivalent_in_use": count["equivalent in use"],
            "undecided": count["undecided"],
            "empty_rejected": int(rejected),
        }
        if counted:
            metrics["score"] = count["killed"] / counted
        survivors = [(m, f) for m, f in fates.items() if f in _SENTENCES]
        summary = f"the test notices {count['killed']} of {counted} faults"
        if ended:
            summary += f"; the time ended after {len(fates)} of {len(self.mutants)} mutants"
        if not rejected:
            summary = f"the test passes on a design that computes nothing; {summary}"
        return Report(
            "strength",
            "passed" if rejected else "failed",
            summary,
            tuple(_finding(mutant, fate) for mutant, fate in survivors),
            metrics=metrics,
            details={
                "survivors": [_survivor(mutant, fate) for mutant, fate in survivors],
                "kinds": _by_kind(fates),
                "simulator": self.runner.simulator,
                "complete": not ended,
            },
            wall_s=wall_s,
        )


def _by_kind(fates: dict[Mutant, Fate]) -> dict[str, dict[str, int]]:
    """For each kind of fault, how many had which fate."""
    found: dict[str, dict[str, int]] = {}
    for mutant, fate in fates.items():
        kind = found.setdefault(mutant.kind, {})
        kind[fate] = kind.get(fate, 0) + 1
    return found


def _survivor(mutant: Mutant, fate: Fate) -> dict[str, Any]:
    return {
        "file": mutant.file,
        "line": mutant.line,
        "kind": mutant.kind,
        "original": mutant.original,
        "mutated": mutant.mutated,
        "fate": fate,
        "text": f"{mutant.text()}: {_SENTENCES[fate]}",
    }


def _finding(mutant: Mutant, fate: Fate) -> Diagnostic:
    text = f"{mutant.text()}: {_SENTENCES[fate]}"
    return Diagnostic("warning", text, mutant.file, mutant.line, code=fate.upper())
