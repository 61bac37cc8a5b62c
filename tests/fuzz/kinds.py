"""The kinds of random programs, by name."""

from collections.abc import Callable, Mapping

from fuzz import floats, protocols, sequential
from fuzz.program import Program

KINDS: Mapping[str, Callable[[int], Program]] = {
    "plain": sequential.plain,
    "wide": sequential.wide,
    "fixed": sequential.fixed,
    "floats": floats.floats,
    "calls": sequential.calls,
    "ports": protocols.ports,
    "tasks": protocols.tasks,
}
