"""What nextpnr made of a netlist with one seed: figures, the critical path, and what went wrong."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from prompts.design import Design
from tools.plan import Outcome, Plan
from tools.report import Diagnostic
from tools.targets import Target
from tools.targets.target import count, percent
from tools.timing import clocks, critical_path, path_findings

_BLOCKS = {
    "luts": "smaller look-up tables",
    "dsps": "multiplier blocks",
    "brams": "memory blocks",
}
_ERROR = re.compile(r"^ERROR: (?P<message>.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Placed:
    """What one seed gave."""

    seed: int
    plan: Plan
    outcome: Outcome
    device: Target
    clock_mhz: float
    design: Design

    @cached_property
    def report(self) -> Mapping[str, Any] | None:
        """nextpnr's own report, None when it could not place or route the design."""
        if "report.json" not in self.outcome.files:
            return None
        report: dict[str, Any] = json.loads(self.outcome.files["report.json"].read_text())
        return report

    @cached_property
    def metrics(self) -> dict[str, float]:
        if self.report is None or self.device.place is None:
            return {}
        metrics: dict[str, float] = {}
        if fmax := min(clocks(self.report).values(), default=0.0):
            metrics["fmax_mhz"] = fmax
            metrics["slack_ns"] = round(1000 / self.clock_mhz - 1000 / fmax, 3)
        used = {site: n["used"] for site, n in self.report.get("utilization", {}).items()}
        placed = count(used, self.device.place.sites)
        shares = percent(placed, self.device.capacity())
        return {**metrics, **placed, **{f"{name}_percent": n for name, n in shares.items()}}

    @property
    def passed(self) -> bool:
        return self.report is not None and (
            self.metrics.get("fmax_mhz", self.clock_mhz) >= self.clock_mhz
        )

    @property
    def rank(self) -> tuple[bool, float, int]:
        """The fastest is the best, and of equals the one with the lowest seed."""
        return self.report is not None, self.metrics.get("fmax_mhz", 0.0), -self.seed

    @cached_property
    def path(self) -> list[dict[str, Any]]:
        return critical_path(self.report or {}, self.design.files)

    def summary(self) -> str:
        if self.report is None:
            found = _ERROR.search(self.outcome.log)
            return f"not placed: {found['message'] if found else 'see the log'}"
        fmax = self.metrics.get("fmax_mhz")
        if fmax is None:
            return "placed; nextpnr times no register-to-register path of it, so no Fmax"
        verdict = "meets" if self.passed else "misses"
        bound = ", an upper bound" if self._untimed() else ""
        return f"Fmax {fmax:.1f} MHz{bound}, {verdict} {self.clock_mhz:g} MHz"

    def details(self) -> dict[str, Any]:
        if self.report is None:
            return {"seed": self.seed}
        return {
            "seed": self.seed,
            "clocks": clocks(self.report),
            "critical_path": self.path,
        }

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        errors = (Diagnostic("error", m["message"]) for m in _ERROR.finditer(self.outcome.log))
        missed = self.report is not None and not self.passed
        path = path_findings(self.path) if missed else ()
        return (*path, *errors, *self._untimed())

    def _untimed(self) -> tuple[Diagnostic, ...]:
        """What Fmax leaves out, for want of delays in nextpnr's model of the device."""
        place = self.device.place
        blocks = [n for n in (place.untimed if place else ()) if self.metrics.get(n)]
        if not blocks:
            return ()
        named = ", ".join(_BLOCKS[name] for name in blocks)
        message = f"nextpnr knows no delays through the {named} of {self.device.title}"
        hint = "Fmax leaves those paths out: take it as an upper bound, or register both sides"
        return (Diagnostic("warning", message, code="UNTIMED", hint=hint),)
