"""What a testbench says of the design under test: the instances of modules it does not define."""

import re

from prompts.verilog_text import blanked, modules


def unit_under_test(testbench: str) -> str:
    """The one module that a testbench instantiates and leaves to the design; empty if unclear."""
    missing = _missing(testbench)
    return missing[0] if len(missing) == 1 else ""


def instantiations(testbench: str) -> list[str]:
    """The instances of missing modules as they stand: names and ports, but no expected values."""
    found = []
    code = blanked(testbench)
    for name in _missing(testbench):
        match = re.search(rf"^[ \t]*{name}\s[^;]*;", code, re.MULTILINE)
        if match:
            found.append(" ".join(match.group().split()))
    return found


def _missing(testbench: str) -> list[str]:
    found = modules(testbench)
    defined = {module.name for module in found}
    used = (name for module in found for name in module.instances)
    return list(dict.fromkeys(name for name in used if name not in defined))


def testbench_root(testbench: str) -> str:
    """The module of a testbench that has no ports, the last of several; "" when there is none."""
    names = [module.name for module in modules(testbench) if module.portless]
    return names[-1] if names else ""
