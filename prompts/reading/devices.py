"""The target device that a request names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from prompts.reading.normal import Remainder

TARGETS: Mapping[str, int] = MappingProxyType(
    {
        "ecp5-25k": 28,
        "ecp5-45k": 72,
        "ecp5-85k": 156,
        "ice40-hx8k": 0,
        "ice40-up5k": 8,
        "gw1n-9": 20,
        "gw2a-18": 48,
        "xc7a35t": 90,
        "cells": 0,
    }
)
"""The targets there are, as `tools.targets` has them: name to DSP blocks."""
SOFT_MULTIPLIERS = 16
"""How many multipliers a target without DSP blocks is thought to have room for."""

_PLACE = (
    r"(?:\b(?:on|onto|for|to|in|targeting|target(?: is)?|use|"
    r"using)[:=]?\s+)?(?:\b(?:the|an?|lattice|my)\s+)*"
)
_AFTER = r"(?![\w-])"
_END = r"(?:\s+(?:fpgas?|devices?|boards?|parts?|chips?)\b)?"
_FAMILIES = {"ecp5": r"ecp[- ]?5|lfe5u(?:m5g|m)?"}
_PROCESSES = r"sky ?130\w*|skywater(?: ?130\w*)?|gf ?180\w*|asap ?7|nangate ?\w*|freepdk ?\d+"
_NAMED: Mapping[str, str] = MappingProxyType(
    {
        "ice40-hx8k": r"(?:ice ?40[- ]?)?hx[- ]?8k(?:[- ]ct256)?",
        "ice40-up5k": r"(?:ice ?40[- ]?)?(?:ultra ?plus[- ]?)?up[- ]?5k(?:[- ]sg48)?|"
        r"ice ?40[- ]ultra ?plus|icebreaker|upduino",
        "gw1n-9": r"(?:gowin )?gw1nr?[- ]?(?:[lu]v)?9(?:c|k)?\w*(?:/[ic]\d)?|"
        r"(?:sipeed )?tang ?nano ?9k",
        "gw2a-18": r"(?:gowin )?gw2a[rn]?[- ]?(?:lv)?18c?\w*(?:/[ic]\d)?|"
        r"(?:sipeed )?tang (?:primer|nano) ?20k",
        "xc7a35t": r"(?:xilinx |amd )*(?:artix[- ]?7[- ,(]*)?xc7a35t\w*(?:-? ?\d\w*\d\w+)?"
        r"(?:-\d)?\)?|"
        r"(?:xilinx |amd )*artix[- ]?7[- ,(]*(?:a)?35t?\b\)?|"
        r"(?:digilent )?(?:arty[- ](?:a7[- ]?)?35t?|basys ?3)",
        "cells": rf"(?:{_PROCESSES})(?: standard[- ]cells?| process| pdk| asic)*|"
        r"(?:generic )?standard[- ]cells?(?: library| asic)?|asics?(?: cells| flow)?",
    }
)
"""How people name the targets that are one device each."""
_FOREIGN = re.compile(
    r"\b(?:zynq|artix|kintex|virtex|spartan|versal|alveo|ultrascale|pynq|kria|zedboard|arty|basys|"
    r"nexys|xilinx|xc[67][a-z]\w*|xc[vzk]u\w+|zcu\d+|vcu\d+|u(?:50|200|250|280|55c)|ice40\w*|"
    r"icestick|icebreaker|up5k|hx[18]k|lp[18]k|crosslink|nexus|machxo\w*|certus\w*|avant|"
    r"cyclone|stratix|arria|agilex|max ?10|de10|de1 soc|altera|intel fpga|gowin|tang|gw[125]\w*|"
    r"efinix|trion|polarfire|igloo|smartfusion|quicklogic|ulx3s|colorlight|orangecrab|"
    r"tsmc|\d+ ?nm|raspberry pi|arduino|esp32|stm32\w*|jetson|geforce|rtx ?\d+|cortex[- ]\w+|"
    r"(?<=on )(?:gpus?|cpus?|tpus?)|(?<!than on a )(?<=on a )(?:gpu|cpu|tpu))\b"
    r"(?:[- ](?:\d+\w*|ultrascale\+?|nano|primer|mpsoc|soc|v|ii|iv|plus))*\+?"
)


@dataclass(frozen=True)
class Device:
    """What a request says of the device: a target's name, and a problem when it names another."""

    target: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()


def device(rest: Remainder, targets: Mapping[str, int]) -> Device:
    """Take the device out of a request; an empty `target` when none is named."""
    single, process = _single(rest, targets)
    sizes = [*_sizes(rest, targets), *single]
    foreign = [
        found.group().strip()
        for found in rest.take(re.compile(f"{_PLACE}(?P<device>{_FOREIGN.pattern}){_END}"))
    ]
    named = [_FOREIGN.search(text).group() for text in foreign if _FOREIGN.search(text)]  # type: ignore[union-attr]
    known = [size for size in sizes if size in targets]
    choice = f"choose one of {', '.join(targets)}"
    if unknown := [size for size in sizes if size and size not in targets]:
        return Device(problem=f"there is no target {unknown[0]!r}; {choice}")
    if len(set(known)) > 1:
        return Device(problem=f"{known[0]} and {known[1]} are both named as the target; {choice}")
    if named and not sizes:
        return Device(problem=f"there is no target {named[0]!r}; {choice}")
    notes = tuple(f"{name} is passed over as a device" for name in dict.fromkeys(named))
    if process:
        notes += (f"{process}: give its Liberty file, or a generic library is taken",)
    return Device(known[0] if known else "", notes=notes)


def multipliers(target: str, targets: Mapping[str, int]) -> int:
    """How many multipliers a target has room for."""
    return targets.get(target, 0) or SOFT_MULTIPLIERS


def _single(rest: Remainder, targets: Mapping[str, int]) -> tuple[list[str], str]:
    """The targets that are one device each, and the name of a process when one is given."""
    names, process = [], ""
    for name, spelling in _NAMED.items():
        whole = rf"\btargets?(?: is)?[:=]? {re.escape(name)}\b"
        pattern = re.compile(rf"{_PLACE}\b(?P<device>{spelling}){_AFTER}{_END}|{whole}")
        for found in rest.take(pattern) if name in targets else ():
            names.append(name)
            if said := re.match(_PROCESSES, found["device"] or ""):
                process = said.group()
    return names, process


def _sizes(rest: Remainder, targets: Mapping[str, int]) -> list[str]:
    """The targets named, as `family-size`; "" for a family without a size."""
    sizes: list[str] = []
    for family, spelling in _FAMILIES.items():
        known = [name.partition("-")[2] for name in targets if name.startswith(f"{family}-")]
        with_size = re.compile(
            rf"{_PLACE}\b(?:(?:{spelling})(?:[-_]?|[ ,(]+(?:with |the |an? |fpga |"
            rf"device )*)(?P<a>\d+) ?[kf]\b"
            rf"(?:[- ]luts?\b)?\)?|(?:{spelling})[-_](?P<b>\d+)\b|"
            rf"(?P<c>\d+) ?[kf](?:[- ]luts?)?(?: lattice)? (?:{spelling})\b){_END}"
        )
        for found in rest.take(with_size):
            sizes.append(f"{family}-{found['a'] or found['b'] or found['c']}k")
        bare = "|".join(re.escape(size.rstrip("k")) for size in known)
        lone = re.compile(
            rf"\b(?:on|onto|for|to|in|target|targeting|use|with)[:=]?\s+(?:the |"
            rf"an? )?(?P<a>{bare})[kf]\b"
            rf"(?=\s*(?:$|[.,;!?)]|(?:at|and|with|instead|please|now|too|one|but)\b|"
            rf"{_END[4:-2]})){_END}"
        )
        sizes += [f"{family}-{found['a']}k" for found in rest.take(lone)]
        sizes += ["" for _ in rest.take(re.compile(rf"{_PLACE}\b(?:{spelling})\b{_END}"))]
    return sizes
