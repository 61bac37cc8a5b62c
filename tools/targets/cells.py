"""Standard cells: a Liberty file of the person's, or a small generic library of our own."""

from pathlib import Path

from tools.targets.target import Target

LIBRARY = "cells.lib"
"""The name that the Liberty file has in the folder of a run."""
_ABC = (
    "strash;&get,-n;&fraig,-x;&put;scorr;dc2;dretime;strash;&get,-n;&dch,-f;&nf;&put;"
    "buffer;upsize;dnsize;stime,-p"
)
"""Yosys's own script for a library, with buffers, sizes, and ABC's report of the longest path."""
_UNUSED = "-dont_use *lpflow* -dont_use *probe*"
"""Cells for several power domains and for test, which sky130 does not mark as such."""

CELLS = (
    Target(
        name="cells",
        title="Standard cells",
        elaborate=(
            f"read_liberty -lib -ignore_miss_func {LIBRARY}",
            "hierarchy -check -top {top}",
            "proc -latches warn",
            "flatten",
        ),
        map=(
            "synth -flatten -latches warn -top {top} -run coarse:",
            f"dfflibmap -liberty {LIBRARY} {_UNUSED}",
            f"abc -liberty {LIBRARY} {_UNUSED} -script +{_ABC}",
            "opt_clean",
        ),
        control_pins=frozenset(
            ("CK", "CLK", "CP", "CLK_N", "GATE", "GATE_N", "RN", "SN", "RESET_B", "SET_B", "CDN")
        ),
        library=Path(__file__).with_name("generic.lib"),
    ),
)
