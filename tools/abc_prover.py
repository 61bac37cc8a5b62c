"""ABC as a prover: is the one output of an AIGER circuit ever high?"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tools.errors import TimedOut
from tools.plan import Command, Plan, carry_out
from tools.process import Limits

Answer = Literal["never", "reached", "open"]
_STATUS = re.compile(r"^Status = (-?\d+) ", re.MULTILINE)
_FRAMES = re.compile(r"No output asserted in (\d+) frames")
_ANSWERS: Mapping[int, Answer] = {1: "never", 0: "reached", -1: "open"}


@dataclass(frozen=True)
class Proof:
    """What ABC found of a circuit: `frames` cycles were searched when the answer is open."""

    answer: Answer
    method: str
    frames: int = 0
    witness: str = ""
    wall_s: float = 0.0
    log: str = ""
    plan: Plan | None = None


def satisfy(circuit: bytes, time_s: float, stop: threading.Event | None, cache: bool) -> Proof:
    """Decide a circuit without registers by SAT, with internal equivalences proved on the way."""
    return _asked(circuit, "combinational SAT", "iprove", time_s, stop, cache)


def search(
    circuit: bytes, frames: int, time_s: float, stop: threading.Event | None, cache: bool
) -> Proof:
    """Look for a way to the output within `frames` cycles, the shortest first."""
    command = f"bmc3 -F {frames} -T {_soft(time_s)}"
    proof = _asked(circuit, "bounded search", command, time_s, stop, cache)
    return replace(proof, answer="open") if proof.answer == "never" else proof


def induce(
    circuit: bytes, frames: int, time_s: float, stop: threading.Event | None, cache: bool
) -> Proof:
    """Prove for ever: merge registers that induction over `frames` cycles shows equal, then more.

    It finds no way to the output: one that it meets leaves the answer open.
    """
    command = f"scorr; dc2; scorr -F {frames}; dprove -T {_soft(time_s)}"
    return _asked(circuit, "induction", command, time_s, stop, cache)


def reach(
    circuit: bytes, frames: int, time_s: float, stop: threading.Event | None, cache: bool
) -> Proof:
    """Search for an invariant that keeps the output low, or a way to it however long."""
    command = f"scorr; dc2; scorr -F {frames}; pdr -T {_soft(time_s)}"
    method = "property-directed reachability"
    return _asked(circuit, method, command, time_s, stop, cache)


def assertions(circuit: bytes, time_s: float, stop: threading.Event | None, cache: bool) -> Proof:
    """Prove that no assertion of a circuit ever fails while its assumptions have held."""
    command = f"fold; orpos; scorr; dc2; dprove -T {_soft(time_s)}"
    method = "induction and property-directed reachability"
    return _asked(circuit, method, command, time_s, stop, cache)


def _soft(time_s: float) -> int:
    """ABC's own limit in seconds, before it is killed: it looks at its clock now and then only."""
    return max(1, round(0.8 * time_s))


def _asked(
    circuit: bytes,
    method: str,
    command: str,
    time_s: float,
    stop: threading.Event | None,
    cache: bool,
) -> Proof:
    script = f"read_aiger circuit.aig; {command}; print_status; write_cex -a witness.aiw"
    plan = Plan(
        {"circuit.aig": circuit},
        (Command("abc", ("-q", script)),),
        ("witness.aiw",),
        limits=Limits(time_s=time_s),
    )
    try:
        outcome = carry_out(plan, stop, cache)
    except TimedOut as error:
        return Proof("open", method, wall_s=time_s, log=str(error), plan=plan)
    status = _STATUS.search(outcome.log)
    answer = _ANSWERS.get(int(status[1]), "open") if status else "open"
    frames = _FRAMES.search(outcome.log)
    found = outcome.files.get("witness.aiw")
    witness = found.read_text() if found and answer == "reached" else ""
    return Proof(
        "open" if answer == "reached" and not witness else answer,
        method,
        int(frames[1]) if frames else 0,
        witness,
        outcome.wall_s,
        outcome.log,
        plan,
    )
