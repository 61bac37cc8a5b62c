"""How far apart the places are that one pointer may point to, before LLVM's code is lowered."""

from collections.abc import Collection, Mapping
from math import gcd
from typing import NamedTuple

from tools.hls.ll import Instruction, Module, Value
from tools.hls.pointers import Share

_NOWHERE = ("null", "undef", "poison")


class _Places(NamedTuple):
    """The place `first`, in bytes, and all that are a multiple of `step` away from it."""

    first: int
    step: int = 0

    def further(self, bytes: int, times: Value) -> "_Places":
        if times.number is not None:
            return _Places(self.first + bytes * times.number, self.step)
        return _Places(self.first, gcd(self.step, bytes))

    def joined(self, other: "_Places") -> "_Places":
        return _Places(self.first, gcd(self.step, other.step, self.first - other.first))


def steps(module: Module, shares: Mapping[str, Share]) -> dict[str, int]:
    """By pointer, the greatest number of bytes that all its places are multiples of apart.

    It is 0 where there is one place. Of variables that are joined to one (`shares`), each begins
    behind the one before.
    """
    made = {i.result: i for block in module.blocks for i in block.body if i.type.kind == "ptr"}
    search = _Search(shares, frozenset(made))
    while any([search.reach(instruction) for instruction in made.values()]):
        pass
    return {name: places.step for name, places in search.places.items()}


class _Search:
    """The places of each pointer, as far as they are found."""

    def __init__(self, shares: Mapping[str, Share], made: Collection[str]) -> None:
        self.shares = shares
        self.made = made
        self.places: dict[str, _Places] = {}

    def reach(self, instruction: Instruction) -> bool:
        """Whether an instruction's pointer may point to more than was known."""
        before = self.places.get(instruction.result)
        for found in self._sources(instruction):
            known = self.places.setdefault(instruction.result, found)
            self.places[instruction.result] = known.joined(found)
        return self.places.get(instruction.result) != before

    def _sources(self, instruction: Instruction) -> list[_Places]:
        args = instruction.args
        if instruction.opcode == "getelementptr":
            found = [self._element(instruction)]
        elif instruction.opcode in ("phi", "select", "freeze"):
            found = [self._of(a) for a in args if a.type.kind == "ptr" and a.text not in _NOWHERE]
        else:
            found = [self._start(instruction.result)]
        return [places for places in found if places is not None]

    def _of(self, value: Value) -> _Places | None:
        """None: not known yet."""
        if value.inner is not None:
            return self._element(value.inner)
        if value.text in self.places:
            return self.places[value.text]
        return None if value.text in self.made else self._start(value.text)

    def _start(self, name: str) -> _Places:
        share = self.shares.get(name)
        return _Places(share.number * share.kind.size() if share else 0)

    def _element(self, instruction: Instruction) -> _Places | None:
        places, kind = self._of(instruction.args[0]), instruction.element
        if places is None or kind is None:
            return None
        places = places.further(kind.size(), instruction.args[1])
        for value in instruction.args[2:]:
            if kind.kind == "struct":
                assert value.number is not None
                places = places.further(kind.offsets()[value.number], Value(value.type, "1", 1))
                kind = kind.parts[value.number]
            else:
                kind = kind.parts[0]
                places = places.further(kind.size(), value)
        return places
