"""AMD/Xilinx Artix-7 35T: synthesis figures; there is no open place and route for it here."""

from tools.targets.target import Target, each, labels

_ELABORATE, _MAP = labels("synth_xilinx", "-family xc7 -flatten -noiopad -noclkbuf", "map_dsp")
_LUTS = (*(f"LUT{inputs}" for inputs in range(1, 7)), "INV", "SRL16E", "SRLC32E", "RAM32X1S")
_PAIRS = ("RAM32X1D", "RAM64X1D", "RAM128X1S")
_FOURS = ("RAM32M", "RAM64M", "RAM128X1D")

XILINX7 = (
    Target(
        name="xc7a35t",
        title="AMD Artix-7 XC7A35T",
        elaborate=_ELABORATE,
        map=_MAP,
        counts={
            "luts": {**each(*_LUTS), **each(*_PAIRS, weight=2), **each(*_FOURS, weight=4)},
            "ffs": each("FDRE", "FDSE", "FDCE", "FDPE", "FDRE_1", "FDSE_1", "FDCE_1", "FDPE_1"),
            "dsps": each("DSP48E1"),
            "brams": {"RAMB36E1": 1, "RAMB18E1": 0.5},
        },
        holds={"luts": 20_800, "ffs": 41_600, "dsps": 90, "brams": 50},
        multiplier=(25, 18),
        control_pins=frozenset(
            ("C", "CE", "R", "S", "CLR", "PRE", "CLK", "WCLK", "WE")
            + ("CLKARDCLK", "CLKBWRCLK", "ENARDEN", "ENBWREN")
        ),
    ),
)
