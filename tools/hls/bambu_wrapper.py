"""Our ports around the Verilog of Bambu; a step of its plan, which runs with the standard library.

Bambu's top has `clock`, `reset`, `start_port`, `done_port` and `return_port`; memories have the
names that ours have, and an output that tells when it is valid has `_vld`.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

PORTS = "ports.json"
"""The bits of each port that the interface may have, by name."""
RESULT = "kernel.v"
_OWN = ("clock", "reset", "start_port", "done_port")
_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Port:
    """A port of Bambu's top: its name there and outside, its direction, and its range as text."""

    name: str
    outside: str
    direction: str
    extent: str

    @property
    def bits(self) -> int:
        numbers = re.fullmatch(r"\[\s*(\d+)\s*:\s*0\s*\]", self.extent)
        return int(numbers[1]) + 1 if numbers else 1


def ports_of(text: str, top: str) -> list[Port]:
    """The ports of the module `top`; raises `ValueError` when there is none."""
    found = re.search(rf"\bmodule\s+{top}\b(.*?)\bendmodule\b", text, re.DOTALL)
    if found is None:
        raise ValueError(f"the Verilog of Bambu has no module {top!r}")
    body = re.sub(r"//[^\n]*|/\*.*?\*/", " ", found[1], flags=re.DOTALL)
    head = body.partition(";")[0]
    names = set(_WORD.findall(head))
    declared = re.findall(
        r"\b(input|output)\s+(?:reg\s+|wire\s+|signed\s+)*(\[[^\]]*\])?\s*([A-Za-z_]\w*)", body
    )
    kept = {name: Port(name, _outside(name), way, extent) for way, extent, name in declared
            if name in names}  # fmt: skip
    return list(kept.values())


def _outside(name: str) -> str:
    if name == "return_port":
        return "ap_return"
    return f"{name.removesuffix('_vld')}_ap_vld" if name.endswith("_vld") else name


def wrapped(text: str, top: str, bits: dict[str, int]) -> str:
    """Bambu's Verilog with its top as `TOP_bambu`, and a module `TOP` with our ports around it."""
    ports = [port for port in ports_of(text, top) if port.name not in _OWN]
    missing = set(_OWN) - {port.name for port in ports_of(text, top)}
    if missing:
        raise ValueError(f"the top of Bambu has no port {sorted(missing)[0]!r}")
    inner = re.sub(rf"\bmodule(\s+){top}\b", rf"module\1{top}_bambu", text)
    return f"{inner.rstrip()}\n\n{_module(top, ports, bits)}"


def _module(top: str, ports: list[Port], bits: dict[str, int]) -> str:
    control = [*(f"input {n}" for n in ("ap_clk", "ap_rst", "ap_start")),
               *(f"output {n}" for n in ("ap_done", "ap_idle", "ap_ready"))]  # fmt: skip
    own, wires, pins = [], [], []
    for port in ports:
        width = bits.get(port.outside, port.bits)
        own.append(f"{port.direction} [{width - 1}:0] {port.outside}")
        wires.append(f"    wire [{port.bits - 1}:0] inner_{port.name};")
        one, other = (f"inner_{port.name}", port.outside)
        if port.direction == "output":
            one, other = other, one
        wires.append(f"    assign {one} = {other};")
        pins.append(f".{port.name}(inner_{port.name})")
    heads = ",\n    ".join([*control, *own])
    joined = ",\n        ".join(
        [".clock(ap_clk)", ".reset(ap_rst)", ".start_port(starts)", ".done_port(ends)", *pins]
    )
    body = "\n".join(wires)
    return f"""\
// Bambu's start is a pulse; the caller's is held until ap_ready.
module {top} (
    {heads}
);
    reg running;
    wire ends;
    wire starts = ap_start && !running;
    assign ap_done = ends && (running || starts);
    assign ap_ready = ap_done;
    assign ap_idle = !running;
    always @(posedge ap_clk) running <= !ap_rst && (running || starts) && !ends;
{body}
    {top}_bambu bambu (
        {joined}
    );
endmodule
"""


def main() -> None:
    """Wrap the file `TOP.v` in this folder for the top that is the first argument."""
    top = sys.argv[1]
    bits = json.loads(Path(PORTS).read_text(encoding="utf-8"))
    Path(RESULT).write_text(wrapped(Path(f"{top}.v").read_text(), top, bits), encoding="utf-8")


if __name__ == "__main__":
    main()
