"""The co-simulation harness: Verilog that makes calls from vectors, and its verdict."""

import hashlib
import re
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from prompts.handshake import control_ports
from prompts.interface import Argument, Interface
from prompts.render import render
from prompts.vectors import Vectors
from tools import harness_axi, harness_axilite, harness_handshakes
from tools.report import Diagnostic

TEMPLATE = Path(__file__).parent / "templates" / "cosim.v.j2"
_ALWAYS = ("ap_clk", "ap_rst")
LEAST_CAPACITY = 16
"""Calls that every harness has room for."""
RULES = {
    0: "no call was finished and nothing was sent for {max_cycles} cycles: the design hangs",
    1: "ap_done came without a call in progress (it must be high for one cycle per call)",
    2: "ap_done came, but {name}_ap_vld was never high in this call",
    3: "ap_done came before all beats of {name} were taken ({words} in a call)",
    4: "{name}_TVALID, its data and {name}_TLAST must hold until {name}_TREADY",
    5: "more beats of {name} than the calls have ({words} each)",
    6: "{name}_TLAST must be high with the last beat of a call, and only there ({words} in a call)",
    7: "ap_idle is high while a call runs",
    8: "ap_idle is low while no call runs",
    9: "after the interrupt the control register must tell ap_done and ap_idle, and no ap_start",
    10: "a burst must not cross a border of 4096 bytes, and have beats of the bus's width",
    11: "WLAST must be high with the last beat of a burst, and only there",
    12: "{name} is written outside of its {words} elements",
    13: "ap_done came before the response to every write",
    14: "{name}_ap_ack must come once in each call",
    15: "{name}_ap_vld and the value must hold until {name}_ap_ack",
    16: "ap_done must hold until ap_continue",
}


@dataclass(frozen=True)
class Verdict:
    """What the harness found."""

    passed: bool
    summary: str
    diagnostics: tuple[Diagnostic, ...]
    metrics: dict[str, float]


class Harness:
    """The Verilog harness for an interface and its vectors, and the reader of what it prints."""

    def __init__(
        self, vectors: Vectors, max_cycles: int, trace: bool = False, phase: int | None = None
    ) -> None:
        """With a `phase` it makes the calls of that phase alone, so that they begin at power-up."""
        self.vectors = vectors
        self.trace = trace
        self.interface: Interface = vectors.interface
        self.max_cycles = max_cycles
        self.streams = bool(
            self.interface.masters()
            or self.interface.calls == "ap_ctrl_chain"
            or any(a.kind == "stream" or a.handshake for a in self.interface.arguments)
        )
        # The design cannot know the mark: it depends on what the design is to be tested with.
        self._data = self._hex_files()
        digest = hashlib.sha256(repr(sorted(self._data.items())).encode()).hexdigest()
        self.mark = f"@{digest[:16]}"
        self.phases = range(3 if self.streams else 2) if phase is None else (phase,)
        order = f"{self.phases[0]:x}\n{len(self.phases):x}\n"
        self._data["settings.hex"] = f"{len(vectors.calls):x}\n{digest[:16]}\n{order}"

    def files(self) -> dict[str, str]:
        """The harness and its data, by name."""
        return {**self.sources(), **self.data()}

    def sources(self) -> dict[str, str]:
        """The harness alone; it is the same for other vectors of the same interface."""
        return {"cosim.v": self._verilog()}

    def data(self) -> dict[str, str]:
        """The files that the harness reads when it runs."""
        return dict(self._data)

    def _hex_files(self) -> dict[str, str]:
        files = {}
        for argument in self.interface.arguments:
            for bank, stem in enumerate(argument.bank_names()):
                if argument.direction != "out" or self._starts(argument):
                    given = [
                        c.before if argument.direction == "out" else c.inputs
                        for c in self.vectors.calls
                    ]
                    words = [self._words(argument, values, bank) for values in given]
                    files[f"{stem}.in.hex"] = _hex(sum(words, []), argument)
                if argument.direction != "in":
                    words = [self._words(argument, c.outputs, bank) for c in self.vectors.calls]
                    files[f"{stem}.out.hex"] = _hex(sum(words, []), argument)
                    ones = np.full(argument.shape, -1, np.int64)
                    files[f"{stem}.used.hex"] = _hex(argument.words_of(ones)[bank], argument)
                if argument.kind == "stream":
                    calls = [{**c.inputs, **c.outputs} for c in self.vectors.calls]
                    beats = (len(self._words(argument, values, bank)) for values in calls)
                    files[f"{stem}.beats.hex"] = "".join(
                        f"{n:x}\n" for n in accumulate(beats, initial=0)
                    )
        return files

    def _starts(self, argument: Argument) -> bool:
        """Whether it is known what an output holds before each call."""
        return all(argument.name in call.before for call in self.vectors.calls)

    @staticmethod
    def _words(argument: Argument, values: Any, bank: int) -> list[int]:
        given = values[argument.name]
        if argument.varies:
            argument = replace(argument, shape=np.shape(given))
        return argument.words_of(given)[bank] if np.size(given) else []

    def _verilog(self) -> str:
        groups: dict[str, list[dict[str, Any]]] = {
            key: [] for key in ("memories", "scalars_in", "scalars_out", "sources", "sinks")
        }
        for number, argument in enumerate(self.interface.arguments):
            for bank, stem in enumerate(argument.bank_names()):
                bits = argument.tdata_bits if argument.kind == "stream" else argument.word_bits
                groups[_group(argument)].append(
                    {
                        "stem": stem,
                        "direction": argument.direction,
                        "argument": number,
                        "bank": bank,
                        "bits": bits,
                        "words": argument.words,
                        "address_bits": argument.address_bits,
                        "reads": argument.direction != "out",
                        "writes": argument.direction != "in",
                        "starts": argument.direction == "inout" or self._starts(argument),
                        "valid_when": harness_handshakes.valid_when(argument),
                        "last": argument.last,
                        "padding": sum(c.padding for c in argument.channels),
                        "accesses": () if argument.bus else range(argument.accesses),
                        "poison": f"{{{bits}{{1'b1}}}}",
                        "bit": 3 + 5 * number % 24,
                    }
                )
        names = {
            **groups,
            "top": self.interface.top,
            "capacity": max(LEAST_CAPACITY, 1 << (len(self.vectors.calls) - 1).bit_length()),
            "streams": self.streams,
            "max_cycles": self.max_cycles,
            "trace": self.trace,
            "connections": _connections(self.interface),
            "registers": harness_axilite.caller(self.interface),
            "free": self.interface.calls == "ap_ctrl_none",
            "handshakes": harness_handshakes.partners(self.interface),
            "remote": harness_axi.memories(self.interface),
        }
        return render(TEMPLATE.read_text(), names)

    def read(self, stdout: str) -> Verdict:
        """What the harness printed, as a verdict."""
        lines = re.findall(rf"{self.mark} (\w+) (.*)", stdout)
        ends = [int(rest) for kind, rest in lines if kind == "end"]
        # A broken protocol comes first: wrong values may only follow from it.
        stuck = list(dict.fromkeys(re.findall(r"^stuck: (.*)$", stdout, re.M)))
        found = [self._protocol(rest, stuck) for kind, rest in lines if kind == "protocol"]
        # One that was being written when the simulation ended has no values yet.
        whole = [rest for kind, rest in lines if kind == "mismatch" and len(rest.split()) == 6]
        found += [self._mismatch(rest) for rest in whole]
        calls = [[int(n) for n in rest.split()] for kind, rest in lines if kind == "call"]
        metrics = self._metrics(calls)
        if not ends:
            message = "the simulation ended before the harness did ($finish or a crash)"
            return Verdict(False, message, (Diagnostic("error", message), *found), metrics)
        metrics["mismatches"] = ends[0]
        if ends[0]:
            return Verdict(False, found[0].message, tuple(found), metrics)
        made = len(self.vectors.calls)
        cycles = f" in {int(metrics['cycles'])} cycles" if "cycles" in metrics else ""
        summary = f"{made} calls bit-exact{cycles}"
        return Verdict(True, summary, (), metrics)

    def _metrics(self, calls: list[list[int]]) -> dict[str, float]:
        made = len(self.vectors.calls)
        metrics: dict[str, float] = {"calls": len(calls)}
        if latencies := [cycles for call, cycles, _ in calls if call < made]:
            metrics["cycles"] = max(latencies)
            metrics["cycles_min"] = min(latencies)
            metrics["cycles_avg"] = sum(latencies) / len(latencies)
        if intervals := [gap for call, _, gap in calls if made < call < 2 * made]:
            metrics["ii"] = max(intervals)
        return metrics

    def _mismatch(self, rest: str) -> Diagnostic:
        numbers = rest.split()
        call, number, bank, word = map(int, numbers[:4])
        argument = self.interface.arguments[number]
        actual, expected = (int(re.sub("[xXzZ]", "0", text), 16) for text in numbers[4:6])
        lane = 0
        for lane in range(argument.lanes):
            if (actual ^ expected) >> (lane * argument.bits) & ((1 << argument.bits) - 1):
                break
        index = "".join(f"[{i}]" for i in argument.element_of(bank, word, lane))
        got, want = (argument.value_of(v >> (lane * argument.bits)) for v in (actual, expected))
        for channel in argument.channels:
            if channel.of(got) != channel.of(want):
                index += f" ({channel.name})"
                got, want = channel.of(got), channel.of(want)
                break
        return Diagnostic(
            "error",
            f"call {call % len(self.vectors.calls)}, {self._phase(call)}: "
            f"{argument.name}{index} is {got}, expected {want}",
            code="MISMATCH",
        )

    def _protocol(self, rest: str, stuck: list[str]) -> Diagnostic:
        """A broken rule; for a hang, with what the design itself says is `stuck`."""
        call, number, rule = map(int, rest.split())
        argument = self.interface.arguments[number] if number >= 0 else None
        text = RULES[rule].format(
            name=argument.name if argument else "",
            words=_beats(argument) if argument else "",
            max_cycles=self.max_cycles,
        )
        if rule == 0 and stuck:
            text += f" ({', '.join(stuck)})"
        place = f"call {call % len(self.vectors.calls)}, {self._phase(call)}"
        return Diagnostic("error", f"{place}: {text}", code="PROTOCOL")

    def _phase(self, call: int) -> str:
        phases = ("made alone", "made back to back", "with stalled streams")
        return phases[min(call // len(self.vectors.calls), 2)]


def _beats(argument: Argument) -> str:
    return f"up to {argument.words}" if argument.varies else str(argument.words)


def _group(argument: Argument) -> str:
    if argument.kind == "stream":
        return "sources" if argument.direction == "in" else "sinks"
    if argument.kind == "memory" and not argument.registers:
        return "memories"
    return "scalars_in" if argument.direction == "in" else "scalars_out"


def _hex(words: list[int], argument: Argument) -> str:
    digits = -(-max(argument.word_bits, argument.tdata_bits) // 4)
    if argument.kind != "stream":
        digits = -(-argument.word_bits // 4)
    return "".join(f"{word:0{digits}x}\n" for word in words)


def _connections(interface: Interface) -> list[tuple[str, str]]:
    """Each port of the design, and the harness's wire on it."""
    wires = {
        **{"ap_clk": "clk", "ap_rst": "reset", "ap_start": "start"},
        **{"ap_done": "done", "ap_idle": "idle", "ap_ready": "ready"},
    }
    chained = {"ap_done": "finished", "ap_continue": "goes_on"}
    if interface.calls == "ap_ctrl_chain":
        wires |= chained
    connections = [(port.name, wires[port.name]) for port in control_ports(interface.calls)]
    if interface.control:
        connections = [*connections[:2], ("interrupt", "interrupt")]
    elif interface.register_maps():
        connections = [(port, f"dut_{wire}" if port not in _ALWAYS else wire)
                       for port, wire in connections]  # fmt: skip
    connections += harness_axilite.connections(interface)
    connections += harness_axi.connections(interface)
    for argument in interface.arguments:
        if argument.bus:
            continue
        if argument.kind == "scalar" or argument.registers:
            side = "_now" if argument.direction == "in" else "_port"
            ending = {"_i": "_now", "_o": "_port", "_ap_vld": "_valid", "_o_ap_vld": "_valid"}
            stems = argument.bank_names()
            ports = {f"{stem}{e}": f"{stem}{wire}" for stem in stems for e, wire in ending.items()}
            ports |= {stem: f"{stem}{side}" for stem in stems}
            ports |= harness_handshakes.wires(argument)
            connections += [(port.name, ports[port.name]) for port in argument.ports()]
        elif argument.channels:
            connections += _of_beats(argument)
        else:
            connections += [(port.name, _wire(port.name)) for port in argument.ports()]
    return connections


def _of_beats(argument: Argument) -> list[tuple[str, str]]:
    """The ports of a stream with side channels: parts of the harness's packed words."""
    name, found = argument.name, []
    for channel in argument.channels:
        wire = channel.slice(f"{name}_data")
        if channel.padding:
            rest = f"{channel.padding}'d0" if argument.direction == "in" else f"{name}_padding"
            wire = f"{{{rest}, {wire}}}"
        found.append((f"{name}_{channel.name}", wire))
    return [*found, *((f"{name}_{end}", _wire(f"{name}_{end}")) for end in ("TVALID", "TREADY"))]


def _wire(port: str) -> str:
    """The harness's wire on a memory's or a stream's port; a first memory port has no number."""
    endings = {
        **{"TDATA": "data", "TVALID": "valid", "TREADY": "ready", "TLAST": "last"},
        **{"dout": "data", "empty": "valid", "read": "ready"},
        **{"din": "data", "write": "valid", "full": "ready"},
    }
    stem, _, ending = port.removesuffix("_n").rpartition("_")
    return f"{stem}_{endings.get(ending, ending.removesuffix('0'))}"
