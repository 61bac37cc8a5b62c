"""DEPENDENCE pragmas: what the source says of the order of accesses in one or several iterations.

A pragma in a loop is about that loop, one in a function about all loops of the function. Each is
about every memory that the variable has become.
"""

import re
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import get_args

from tools.hls.ir import Carried, Function, Order
from tools.hls.memory_names import is_named
from tools.hls.pragmas import Pragma, Scope


def carried(
    scope: Scope, found: Iterable[Scope], function: Function, words: Collection[str]
) -> frozenset[Carried]:
    """What is said of the loop `scope`; `words` are those of the sources.

    UNROLL makes several iterations one, so that distances become less.
    """
    around = [s for s in found if s.kind == "function" and s.file == scope.file
              and s.start <= scope.start and scope.end <= s.end]  # fmt: skip
    said = [rule for s in (scope, *around) for p in s.pragmas if (rule := _rule(p))]
    unrolled = scope.find("unroll")
    times = (unrolled.number("factor") or sys.maxsize) if unrolled else 1
    made = set()
    for rule in said:
        if rule.distance:
            rule = replace(rule, distance=rule.distance // times)
            if rule.distance < 2:
                continue  # that of any dependence
        made |= {
            replace(rule, memory=name)
            for name in function.memories
            if is_named(name, rule.memory) and _is_longest(rule.memory, name, words)
        }
    return frozenset(made)


def _rule(pragma: Pragma) -> Carried | None:
    """What a pragma says, of the variable by its name in the source."""
    words = {*map(str.lower, pragma.words), pragma.options.get("type", "").lower()}
    variable = pragma.options.get("variable", "")
    if pragma.kind != "dependence" or not variable:
        return None
    orders = {pragma.options.get("direction", "").lower(), *words} & set(get_args(Order))
    order: Order = next((o for o in get_args(Order) if o and o in orders), "")
    if "false" in words or pragma.options.get("dependent", "").lower() == "false":
        return Carried(variable, order=order, within="intra" in words)
    distance = pragma.number("distance", 0)
    return Carried(variable, distance, order) if distance and "intra" not in words else None


def words_of(sources: Mapping[str, str]) -> set[str]:
    """All words of the sources, among them the names of variables."""
    return {word for text in sources.values() for word in re.findall(r"[A-Za-z_]\w*", text)}


def _is_longest(variable: str, memory: str, words: Collection[str]) -> bool:
    """Whether no other word gives a memory its name: `a1` may be that of `a`, or of `a1`."""
    return not any(len(word) > len(variable) and is_named(memory, word) for word in words)
