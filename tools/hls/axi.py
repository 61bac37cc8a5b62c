"""The AXI4 masters of a kernel: modules between the core's requests and the memory outside."""

from pathlib import Path
from typing import Any

from prompts.bus import axi_ports
from prompts.interface import Argument, Interface
from prompts.port import Port
from prompts.render import render

FOLDER = Path(__file__).parent / "templates"


def module_name(top: str, bundle: str) -> str:
    return f"{top}_{bundle}_m_axi"


def behind(interface: Interface, bundle: str) -> list[Argument]:
    """The arguments of one master."""
    return [a for a in interface.arguments
            if a.bus and a.bus.kind == "m_axi" and a.bus.bundle == bundle]  # fmt: skip


def core_ports(argument: Argument) -> list[Port]:
    """The core's ports for an argument: FIFOs of requests and of data."""
    name, bits = argument.name, argument.bits
    found: list[Port] = []
    if argument.direction != "out":
        found += _to_master(f"{name}_ar", 64)
        found += [Port(f"{name}_r_dout", "input", bits), Port(f"{name}_r_empty_n", "input", 1),
                  Port(f"{name}_r_read", "output", 1)]  # fmt: skip
    if argument.direction != "in":
        found += [*_to_master(f"{name}_aw", bits + 65), *_to_master(f"{name}_w", bits)]
    return found


def _to_master(stem: str, bits: int) -> list[Port]:
    return [Port(f"{stem}_din", "output", bits), Port(f"{stem}_full_n", "input", 1),
            Port(f"{stem}_write", "output", 1)]  # fmt: skip


def masters(interface: Interface) -> str:
    """The modules of all bundles; "" when there are none."""
    found = interface.masters()
    if not found:
        return ""
    texts = [_master(interface, bundle, bits) for bundle, bits in found.items()]
    arguments = [a for bundle in found for a in behind(interface, bundle)]
    names = {
        "top": interface.top,
        "readers": any(a.direction != "out" for a in arguments),
        "writers": any(a.direction != "in" for a in arguments),
    }
    return "\n".join([*texts, render((FOLDER / "m_axi_parts.v.j2").read_text(), names)])


def _master(interface: Interface, bundle: str, data_bits: int) -> str:
    arguments, readers, writers = [], 0, 0
    for argument in behind(interface, bundle):
        bus = argument.bus
        assert bus is not None
        reads, writes = argument.direction != "out", argument.direction != "in"
        arguments.append(
            {"name": argument.name, "bits": argument.bits, "container": argument.container,
             "reads": reads, "writes": writes, "reader": readers, "writer": writers,
             "read_burst": bus.read_burst, "write_burst": bus.write_burst,
             "read_depth": _depth(max(2 * bus.read_burst, bus.latency + 2)),
             "write_depth": _depth(2 * bus.write_burst)}
        )  # fmt: skip
        readers, writers = readers + reads, writers + writes
    names: dict[str, Any] = {
        "top": interface.top,
        "module": module_name(interface.top, bundle),
        "bundle": bundle,
        "arguments": arguments,
        "reads": readers > 0,
        "writes": writers > 0,
        "ports": axi_ports(bundle, data_bits),
        "data": data_bits,
        "size": (data_bits // 8).bit_length() - 1,
        "reader_bits": max(1, (readers - 1).bit_length()),
        "writer_bits": max(1, (writers - 1).bit_length()),
    }
    return render((FOLDER / "m_axi.v.j2").read_text(), names)


def _depth(words: int) -> int:
    """The bits of a FIFO's addresses."""
    return max(3, (words - 1).bit_length())
