"""The delays of standard cells: Yosys to gates, ABC to a Liberty file's cells, without wires."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tools.errors import ToolError
from tools.find import find
from tools.hls.schedule.oracle import Timing
from tools.hls.schedule.registers import Boundary, boundary, register_ps
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.targets.cells import LIBRARY
from tools.targets.liberty import Library

WORDS = (
    "proc", "flatten", "opt_expr", "opt_clean", "wreduce", "peepopt", "opt_clean", "alumacc",
    "opt", "techmap", "opt -fast",
)  # fmt: skip
"""From Verilog to gates: as Yosys's `synth` does, without memories and state machines."""
MAP = "strash; dc2; strash; &get -n; &dch -f; &nf; &put; buffer; upsize; dnsize; stime -p"
"""The one script that measures operators, subgraphs and stages.

It is that of the target `cells` without its SAT sweeping, which finds nothing in datapaths and
takes minutes on products.
"""
_UNUSED = "-X *lpflow* -X *probe*"
_ENDS = "set_driving_cell {}\nset_load {:g} [all_outputs]\n"
_NAMED = re.compile(r"^@ (\w+)", re.MULTILINE)
_DELAY = re.compile(r"WireLoad = .*?Delay =\s*([\d.]+) ps")
_PATH_ENDS = re.compile(r"Start-point = pi(\d+).*?End-point = po(\d+)")


@dataclass(frozen=True)
class Cells:
    """Standard cells of a Liberty library."""

    library: Library
    name: str

    @cached_property
    def identity(self) -> str:
        tools = [find(name).identity() for name in ("yosys", "abc")]
        text = hashlib.sha256(self.library.text.encode()).hexdigest()
        return repr((WORDS, MAP, _UNUSED, self._boundary, text, tools))

    @cached_property
    def margin_ps(self) -> float:
        """Clock to output and set-up of the library's quickest flip-flop."""
        return register_ps(self.library.text)

    @cached_property
    def _boundary(self) -> Boundary:
        return boundary(self.library.text)

    @cached_property
    def _prepared(self) -> Plan:
        """The library in ABC's own form, which is read in a tenth of the time."""
        return Plan(
            {LIBRARY: self.library.text},
            (Command("abc", ("-q", f"read_lib -w {_UNUSED} {LIBRARY}; write_scl cells.scl")),),
            ("cells.scl",),
        )

    def plan(self, modules: Mapping[str, str]) -> Plan:
        gates = [f"read_verilog -sv {LIBRARY}.v", *WORDS, "design -save all"]
        cells = ["read_scl @LIBRARY@/cells.scl", "read_constr ends.constr"]
        ends = _ENDS.format(self._boundary.cell, self._boundary.load_ff)
        for name in modules:
            gates += ["design -load all", f"hierarchy -top {name}", f"write_blif {name}.blif"]
            cells += [f"echo @ {name}", f"read_blif {name}.blif", MAP]
        return Plan(
            files={
                f"{LIBRARY}.v": "\n".join(modules.values()),
                "gates.ys": "\n".join(gates) + "\nlog\n",
                "ends.constr": ends,
            },
            commands=(
                Command("yosys", ("gates.ys",)),
                Command("abc", ("-q", "; ".join(cells))),
            ),
            built={"LIBRARY": self._prepared},
            limits=Limits(time_s=60, output_bytes=256 << 20),
        )

    def read(self, outcome: Outcome, modules: Mapping[str, str]) -> dict[str, Timing]:
        parts = _NAMED.split(outcome.stdout)[1:]
        found = {}
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            if delays := _DELAY.findall(text):
                ends = _PATH_ENDS.search(text)
                places = (int(ends[1]), int(ends[2])) if ends else (-1, -1)
                found[name] = Timing(float(delays[-1]), *places)
        return found

    def flip_flops(self, module: str) -> int:
        script = (*WORDS, "dfflegalize -cell $_DFF_P_ x", "opt_merge", "opt_clean", "stat")
        plan = Plan(
            {"m.v": module, "m.ys": "\n".join(("read_verilog -sv m.v", *script)) + "\n"},
            (Command("yosys", ("m.ys",)),),
            limits=Limits(time_s=300, output_bytes=256 << 20),
        )
        outcome = carry_out(plan)
        if outcome.returncode:
            raise ToolError(f"the pipeline does not synthesise: {outcome.stderr[-300:]}")
        counts = re.findall(r"^\s*(\d+)\s+\$_\w*DFF\w*_\s*$", outcome.stdout, re.MULTILINE)
        return sum(map(int, counts))
