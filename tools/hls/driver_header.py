"""The C header of a kernel's registers, as Vitis writes it: `xTOP_hw.h`."""

from collections.abc import Mapping, Sequence
from typing import Any


def header(top: str, maps: Sequence[Mapping[str, Any]]) -> str:
    """Offsets of all registers, and the bits of each; `maps` are a report's `registers`."""
    lines = [f"/* Registers of {top}: offsets in bytes, from the base address of each slave. */"]
    lines += [f"#ifndef X{top.upper()}_HW_H", f"#define X{top.upper()}_HW_H"]
    for found in maps:
        stem = f"X{top}_{found['bundle']}".upper()
        lines += ["", f"/* s_axi_{found['bundle']} */"]
        for row in found["rows"]:
            name, is_control = row["name"].upper(), row["offset"] < 0x10
            lines.append(f"/* {row['access']}: {row['meaning']} */")
            if row["words"] is not None:
                lines += _array(stem, name, row)
                continue
            ending = "" if is_control or name.endswith("_CTRL") else "_DATA"
            name = f"AP_{name}" if name == "CTRL" and is_control else name
            lines.append(f"#define {stem}_ADDR_{name}{ending} 0x{row['offset']:02x}")
            if ending:
                lines.append(f"#define {stem}_BITS_{name}{ending} {row['bits']}")
    return "\n".join([*lines, "", "#endif", ""])


def _array(stem: str, name: str, row: Mapping[str, Any]) -> list[str]:
    last = row["offset"] + row["span"] - 1
    return [
        f"#define {stem}_ADDR_{name}_BASE 0x{row['offset']:02x}",
        f"#define {stem}_ADDR_{name}_HIGH 0x{last:02x}",
        f"#define {stem}_WIDTH_{name} {row['bits']}",
        f"#define {stem}_DEPTH_{name} {row['words']}",
    ]
