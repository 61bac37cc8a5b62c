"""Lattice iCE40: HX8K, which has no multipliers, and UP5K, which has eight."""

from tools.targets.target import Placement, Target, each, labels

_LUTS = 4  # inputs of a logic cell's look-up table
_DSP = (
    "-D DSP_A_MAXWIDTH=16 -D DSP_B_MAXWIDTH=16 -D DSP_A_MINWIDTH=2 -D DSP_B_MINWIDTH=2 "
    "-D DSP_Y_MINWIDTH=11 -D DSP_NAME=$__MUL16X16"
)
_NO_LUT_RAM = "setattr -unset ram_style a:ram_style=distributed"
"""There are block RAMs alone; what asks for look-up tables gets one of them, or flip-flops."""
_COARSE = (
    "opt_expr",
    "check",
    "opt_clean",
    "opt -nodffe -nosdff",
    "fsm",
    "opt",
    "wreduce",
    "peepopt",
    "opt_clean",
    "share",
    f"techmap -map +/cmp2lut.v -D LUT_WIDTH={_LUTS}",
    "opt_expr",
    "opt_clean",
    "memory_dff",
    "alumacc -macc-only",
    "maccmap -unmap",
    "opt_clean",
    "wreduce t:$mul",
    f"techmap -map +/mul2dsp.v -map +/ice40/dsp_map.v {_DSP}",
    "select a:mul2dsp",
    "setattr -unset mul2dsp",
    "opt_expr -fine",
    "wreduce",
    "select -clear",
    "chtype -set $mul t:$__soft_mul",
    "alumacc",
    "opt",
    "memory -nomap",
    "opt_clean",
)
"""The coarse part of `synth_ice40 -dsp` without its pass `ice40_dsp`.

That pass moves registers into the multiplier blocks, and when two registered products are added it
drops one of the two multipliers (Yosys 0.70): the netlist is then smaller, and wrong.
"""
_CONTROLS = frozenset(("C", "R", "S", "E", "CLK", "CE", "RCLK", "WCLK", "RCLKE", "WCLKE", "WE"))


def _ice40(
    name: str,
    title: str,
    family: str,
    package: str,
    holds: dict[str, int],
    multiplier: tuple[int, int] | None,
) -> Target:
    options = f"-latches warn -device {family}"
    elaborate, mapping = labels("synth_ice40", options, "coarse")
    if multiplier:
        mapping = (*_COARSE, f"synth_ice40 {options} -dsp -top {{top}} -run map_ram:")
    return Target(
        name=f"ice40-{name}",
        title=title,
        elaborate=(*elaborate, _NO_LUT_RAM),
        map=mapping,
        counts={
            "luts": each("SB_LUT4"),
            "ffs": each(*_flip_flops()),
            "dsps": each("SB_MAC16"),
            "brams": each(*(f"SB_RAM40_4K{edges}" for edges in ("", "NR", "NW", "NRNW"))),
        },
        holds=holds,
        multiplier=multiplier,
        control_pins=_CONTROLS,
        place=Placement(
            program="nextpnr-ice40",
            options=(f"--{name}", "--package", package),
            sites={
                "luts": each("ICESTORM_LC"),
                "dsps": each("ICESTORM_DSP"),
                "brams": each("ICESTORM_RAM"),
            },
            untimed=("dsps",),
            clock_pins=frozenset(("C", "CLK", "RCLK", "WCLK")),
        ),
    )


def _flip_flops() -> list[str]:
    kinds = ("", "E", "SR", "R", "SS", "S", "ESR", "ER", "ESS", "ES")
    return [f"SB_DFF{edge}{kind}" for edge in ("", "N") for kind in kinds]


ICE40 = (
    _ice40(
        "hx8k",
        "Lattice iCE40 HX8K",
        "hx",
        "ct256",
        {"luts": 7680, "ffs": 7680, "dsps": 0, "brams": 32},
        None,
    ),
    _ice40(
        "up5k",
        "Lattice iCE40 UP5K",
        "u",
        "sg48",
        {"luts": 5280, "ffs": 5280, "dsps": 8, "brams": 30},
        (16, 16),
    ),
)
