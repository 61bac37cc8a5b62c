"""AXI buses that arguments are behind, and the ports of each: AXI4-Lite slaves and AXI4 masters."""

from dataclasses import dataclass
from typing import Literal

from prompts.port import Port

BusKind = Literal["s_axilite", "m_axi"]
Offset = Literal["slave", "direct", "off"]
CONTROL_BUNDLE = "control"
"""The AXI4-Lite bundle that is meant when none is named."""


@dataclass(frozen=True)
class Bus:
    """What an argument is behind: registers of an AXI4-Lite slave, or an AXI4 master's memory.

    A master's array begins at a base address: in registers of the bundle `registers` (`slave`), at
    a port `NAME_offset` (`direct`), or at 0 (`off`). A burst has at most `read_burst` or
    `write_burst` beats; `latency` is how many cycles ahead of its use a single read is asked for.
    """

    kind: BusKind
    bundle: str = CONTROL_BUNDLE
    offset: Offset = "slave"
    registers: str = CONTROL_BUNDLE
    read_burst: int = 16
    write_burst: int = 16
    latency: int = 8


def axilite_ports(bundle: str, address_bits: int) -> list[Port]:
    """The ports of an AXI4-Lite slave with 32 bits of data."""
    stem = f"s_axi_{bundle}"
    return [
        Port(f"{stem}_AWVALID", "input", 1),
        Port(f"{stem}_AWREADY", "output", 1),
        Port(f"{stem}_AWADDR", "input", address_bits),
        Port(f"{stem}_WVALID", "input", 1),
        Port(f"{stem}_WREADY", "output", 1),
        Port(f"{stem}_WDATA", "input", 32),
        Port(f"{stem}_WSTRB", "input", 4),
        Port(f"{stem}_ARVALID", "input", 1),
        Port(f"{stem}_ARREADY", "output", 1),
        Port(f"{stem}_ARADDR", "input", address_bits),
        Port(f"{stem}_RVALID", "output", 1),
        Port(f"{stem}_RREADY", "input", 1),
        Port(f"{stem}_RDATA", "output", 32),
        Port(f"{stem}_RRESP", "output", 2),
        Port(f"{stem}_BVALID", "output", 1),
        Port(f"{stem}_BREADY", "input", 1),
        Port(f"{stem}_BRESP", "output", 2),
    ]


def axi_ports(bundle: str, data_bits: int) -> list[Port]:
    """The ports of an AXI4 master with addresses of 64 bits and one identifier."""
    stem = f"m_axi_{bundle}"

    def address(channel: str) -> list[Port]:
        widths = {"ID": 1, "ADDR": 64, "LEN": 8, "SIZE": 3, "BURST": 2, "LOCK": 2, "CACHE": 4,
                  "PROT": 3, "QOS": 4, "REGION": 4}  # fmt: skip
        return [
            Port(f"{stem}_{channel}VALID", "output", 1),
            Port(f"{stem}_{channel}READY", "input", 1),
            *(Port(f"{stem}_{channel}{name}", "output", bits) for name, bits in widths.items()),
        ]

    return [
        *address("AW"),
        Port(f"{stem}_WVALID", "output", 1),
        Port(f"{stem}_WREADY", "input", 1),
        Port(f"{stem}_WDATA", "output", data_bits),
        Port(f"{stem}_WSTRB", "output", data_bits // 8),
        Port(f"{stem}_WLAST", "output", 1),
        *address("AR"),
        Port(f"{stem}_RVALID", "input", 1),
        Port(f"{stem}_RREADY", "output", 1),
        Port(f"{stem}_RID", "input", 1),
        Port(f"{stem}_RDATA", "input", data_bits),
        Port(f"{stem}_RLAST", "input", 1),
        Port(f"{stem}_RRESP", "input", 2),
        Port(f"{stem}_BVALID", "input", 1),
        Port(f"{stem}_BREADY", "output", 1),
        Port(f"{stem}_BID", "input", 1),
        Port(f"{stem}_BRESP", "input", 2),
    ]
