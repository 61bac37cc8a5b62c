"""The beats of an AXI4-Stream with side channels: which ports carry what part of a packed word."""

from dataclasses import dataclass

from prompts.port import Port


@dataclass(frozen=True)
class Channel:
    """One port of a beat, by its name in AXI; its bits stand in a packed word from `offset` on."""

    name: str
    bits: int
    offset: int

    @property
    def port_bits(self) -> int:
        """TDATA has whole bytes, as AXI demands."""
        return -(-self.bits // 8) * 8 if self.name == "TDATA" else self.bits

    @property
    def padding(self) -> int:
        return self.port_bits - self.bits

    def slice(self, word: str) -> str:
        """The channel's bits of a packed word."""
        return f"{word}[{self.offset + self.bits - 1}:{self.offset}]"

    def of(self, word: int) -> int:
        """The channel's value in a packed word."""
        return word >> self.offset & ((1 << self.bits) - 1)


def beat_ports(stem: str, channels: tuple[Channel, ...], is_input: bool) -> list[Port]:
    """The ports of a stream of such beats."""
    given = [
        *(Port(f"{stem}_{c.name}", "input", c.port_bits) for c in channels),
        Port(f"{stem}_TVALID", "input", 1),
        Port(f"{stem}_TREADY", "output", 1),
    ]
    return given if is_input else [port.turned() for port in given]
