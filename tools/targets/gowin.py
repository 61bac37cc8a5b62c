"""Gowin GW1N-9 (Tang Nano 9K) and GW2A-18 (Tang Primer 20K), placed by nextpnr-himbaechel."""

from tools.targets.target import Placement, Target, each, labels

_FLIP_FLOPS = tuple(
    f"DFF{edge}{kind}"
    for edge in ("", "N")
    for kind in ("", "E", "S", "SE", "R", "RE", "P", "PE", "C", "CE")
)
_RAMS = ("SP", "SPX9", "SDP", "SDPB", "SDPX9", "SDPX9B", "DP", "DPB", "DPX9", "DPX9B")
_MULTIPLIERS = {"MULT9X9": 0.5, "MULT18X18": 1.0, "MULT36X36": 4.0}
"""In multipliers of 18 by 18 bits, as the data sheets count them."""
_DISTRIBUTED = {"RAM16SDP1": 1.0, "RAM16SDP2": 2.0, "RAM16SDP4": 4.0}


def _gowin(
    name: str,
    family: str,
    device: tuple[str, str],
    clocks: tuple[str, ...],
    holds: dict[str, int],
) -> Target:
    elaborate, mapping = labels(
        "synth_gowin", f"-family {family} -noiopads -json netlist.json", "coarse"
    )
    part, chip = device
    return Target(
        name=name,
        title=f"Gowin {name.upper()}",
        elaborate=(*elaborate, "proc -latches warn", "flatten"),
        map=mapping,
        counts={
            "luts": {**each("LUT1", "LUT2", "LUT3", "LUT4", "ALU"), **_DISTRIBUTED},
            "ffs": each(*_FLIP_FLOPS),
            "dsps": _MULTIPLIERS,
            "brams": each(*_RAMS, "pROM", "pROMX9"),
        },
        holds=holds,
        multiplier=(18, 18),
        control_pins=frozenset(
            ("CLK", "RESET", "SET", "CE", "CLEAR", "PRESET", "WRE", "OCE", "CLKA", "CLKB")
            + ("CEA", "CEB", "OCEA", "OCEB", "RESETA", "RESETB", "WREA", "WREB")
        ),
        place=Placement(
            program="nextpnr-himbaechel-gowin",
            options=("--device", part, "--vopt", f"family={chip}"),
            sites={
                "luts": {**each("LUT4", "ALU"), **_DISTRIBUTED},
                "ffs": each("DFF"),
                "dsps": _MULTIPLIERS,
                "brams": each("BSRAM"),
            },
            untimed=("luts", "dsps", "brams"),
            clock_pins=frozenset(("CLK", "CLKA", "CLKB")),
            clocks=clocks,
            pad="IBUF",
        ),
    )


GOWIN = (
    _gowin(
        "gw1n-9",
        "gw1n",
        ("GW1NR-LV9QN88PC6/I5", "GW1N-9C"),
        ("52", "51", "53", "54"),
        {"luts": 8640, "ffs": 6480, "dsps": 20, "brams": 26},
    ),
    _gowin(
        "gw2a-18",
        "gw2a",
        ("GW2A-LV18PG256C8/I7", "GW2A-18"),
        ("H11", "H14", "G15", "F16"),
        {"luts": 20_736, "ffs": 15_552, "dsps": 48, "brams": 46},
    ),
)
