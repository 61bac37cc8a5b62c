"""A flat netlist as Yosys writes it in JSON: its cells by instance, and the nets they drive.

Yosys leaves a `$scopeinfo` cell for each instance that it flattened, and names a cell after the
nets around it; a cell so belongs to the innermost instance whose path its name begins with.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tools.targets.target import Weights, count

_SCOPE = "$scopeinfo"


@dataclass(frozen=True)
class Net:
    """A net of one bit: its name, how many pins it drives, and where it is declared."""

    name: str
    sinks: int
    file: str
    line: int


@dataclass(frozen=True)
class Netlist:
    """The top module of a netlist."""

    top: str
    module: Mapping[str, Any]

    @cached_property
    def cells(self) -> dict[str, Mapping[str, Any]]:
        """The cells that are hardware."""
        return {n: c for n, c in self.module["cells"].items() if c["type"] != _SCOPE}

    def types(self) -> Counter[str]:
        """How many cells there are of each type."""
        return Counter(cell["type"] for cell in self.cells.values())

    @cached_property
    def _scopes(self) -> dict[str, str]:
        """The module of each flattened instance."""
        return {
            name: cell["attributes"].get("module_hdlname", cell["attributes"].get("module", "?"))
            for name, cell in self.module["cells"].items()
            if cell["type"] == _SCOPE and cell["parameters"].get("TYPE") == "module"
        }

    def hierarchy(self, counts: Mapping[str, Weights]) -> dict[str, dict[str, Any]]:
        """For each module, the instances it has, what they take themselves, and with all within.

        The `own` figures of all modules sum up to the whole, which is the top's `total`.
        """
        own: dict[str, Counter[str]] = {m: Counter() for m in (self.top, *self._scopes.values())}
        total: dict[str, Counter[str]] = {module: Counter() for module in own}
        for name, cell in self.cells.items():
            around = [self._scopes[path] for path in _prefixes(name) if path in self._scopes]
            own[around[0] if around else self.top][cell["type"]] += 1
            for module in {self.top, *around}:
                total[module][cell["type"]] += 1
        instances = Counter(self._scopes.values())
        return {
            module: {
                "instances": instances[module] or 1,
                "own": count(own[module], counts),
                "total": count(total[module], counts),
            }
            for module in own
        }

    def busiest(self, limit: int, control_pins: frozenset[str]) -> list[Net]:
        """The nets that drive more than `limit` pins which are no clock, reset or enable."""
        sinks = Counter(
            bit
            for cell in self.cells.values()
            for pin, bits in cell["connections"].items()
            if pin not in control_pins and cell.get("port_directions", {}).get(pin) == "input"
            for bit in bits
        )
        # A bit that is a text is a constant.
        busy = {bit: n for bit, n in sinks.items() if n > limit and isinstance(bit, int)}
        nets = [self._net(bit, number) for bit, number in busy.items()]
        return sorted(nets, key=lambda net: (-net.sinks, net.name))

    def _net(self, bit: int, sinks: int) -> Net:
        """The net of a bit by its best name: one with a source, the shortest."""
        named = [(name, net) for name, net in self.module["netnames"].items() if bit in net["bits"]]
        name, net = min(
            named,
            key=lambda pair: ("src" not in pair[1]["attributes"], len(pair[0]), pair[0]),
        )
        wide = f"[{net['bits'].index(bit)}]" if len(net["bits"]) > 1 else ""
        return Net(f"{name}{wide}", sinks, *source_of(net["attributes"].get("src", "")))

    def declared(self, name: str) -> tuple[str, int]:
        """Where a net of that name is declared; ("", 0) when it is not known."""
        net = self.module["netnames"].get(name, {"attributes": {}})
        return source_of(net["attributes"].get("src", ""))


def read_netlist(path: Path) -> Netlist:
    """The top module of a netlist file."""
    modules = json.loads(path.read_text(encoding="utf-8"))["modules"]
    found = next(n for n, m in modules.items() if _is_top(m))
    return Netlist(found, modules[found])


def source_of(src: str) -> tuple[str, int]:
    """File and line of the first place of Yosys's `src`: `a.v:12.3-12.9|b.v:1.1`."""
    file, _, place = src.partition("|")[0].rpartition(":")
    line = place.partition(".")[0]
    return (Path(file).name, int(line)) if line.isdigit() else ("", 0)


def _is_top(module: Mapping[str, Any]) -> bool:
    return bool(int(module["attributes"].get("top", "0"), 2))


def _prefixes(name: str) -> Iterator[str]:
    """The paths around a hierarchical name, innermost first."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name
