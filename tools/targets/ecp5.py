"""Lattice ECP5, placed by nextpnr out of context."""

from tools.targets.target import Placement, Target, each, labels

_ELABORATE, _MAP = labels("synth_ecp5", "-latches warn", "coarse")


def _ecp5(size: str, luts: int, dsps: int, brams: int) -> Target:
    return Target(
        name=f"ecp5-{size}",
        title=f"Lattice ECP5 LFE5U-{size}",
        elaborate=(*_ELABORATE, "proc -latches warn", "flatten"),
        map=_MAP,
        counts={
            "luts": {"LUT4": 1, "CCU2C": 2, "TRELLIS_DPR16X4": 4},
            "ffs": each("TRELLIS_FF"),
            "dsps": each("MULT18X18D"),
            "brams": each("DP16KD", "PDPW16KD"),
        },
        holds={"luts": luts, "ffs": luts, "dsps": dsps, "brams": brams},
        multiplier=(18, 18),
        control_pins=frozenset(
            ("CLK", "LSR", "CE", "WCK", "CLKA", "CLKB", "CEA", "CEB", "OCEA", "OCEB")
            + tuple(f"{pin}{n}" for pin in ("CLK", "CE", "RST") for n in range(4))
        ),
        place=Placement(
            program="nextpnr-ecp5",
            options=(f"--{size}", "--package", "CABGA381", "--speed", "6"),
            sites={
                "luts": each("TRELLIS_COMB"),
                "ffs": each("TRELLIS_FF"),
                "dsps": each("MULT18X18D"),
                "brams": each("DP16KD"),
            },
            pinless=True,
        ),
    )


ECP5 = (
    _ecp5("25k", 24_288, 28, 56),
    _ecp5("45k", 43_848, 72, 108),
    _ecp5("85k", 83_640, 156, 208),
)
