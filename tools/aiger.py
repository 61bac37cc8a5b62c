"""Binary AIGER circuits of two designs, gold and gate, with what they have in common made one.

Format: A. Biere, K. Heljanko, S. Wieringa, "AIGER 1.9 and beyond" (2011).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_NAMED = re.compile(r"^(init|latch|invlatch) (\d+) (\d+) (gold|gate)\.(\S+)$", re.MULTILINE)
Ties = Mapping[int, int]
"""The variable of the gold that stands for one of the gate."""


@dataclass(frozen=True)
class Circuit:
    """Variables are counted from 1: inputs, registers, gates. A literal is twice its variable, plus
    one when it is negated; a register's words are its next value and perhaps a first one."""

    inputs: int
    registers: Sequence[tuple[int, ...]]
    outputs: Sequence[int]
    gates: Sequence[tuple[int, int]]

    @classmethod
    def read(cls, text: bytes) -> "Circuit":
        header, _, rest = text.partition(b"\n")
        _, inputs, latches, outputs, gates = map(int, header.split()[1:6])
        *lines, body = rest.split(b"\n", latches + outputs)
        numbers = _numbers(body)
        found = []
        for gate in range(inputs + latches + 1, inputs + latches + gates + 1):
            first = 2 * gate - next(numbers)
            found.append((first, first - next(numbers)))
        registers = [tuple(map(int, line.split())) for line in lines[:latches]]
        return cls(inputs, registers, [int(line) for line in lines[latches:]], found)

    def text(self) -> bytes:
        state = self.inputs + len(self.registers)
        sizes = (self.inputs, len(self.registers), len(self.outputs), len(self.gates))
        lines = [f"aig {state + len(self.gates)} {' '.join(map(str, sizes))}"]
        lines += [" ".join(map(str, words)) for words in self.registers]
        lines += map(str, self.outputs)
        coded = bytearray()
        for gate, (high, low) in enumerate(self.gates, state + 1):
            coded += _coded(2 * gate - high) + _coded(high - low)
        return "\n".join(lines).encode() + b"\n" + bytes(coded)

    def tied(self, ties: Ties) -> "Circuit":
        """The circuit with those variables replaced, and gates that are then the same made one."""
        state = self.inputs + len(self.registers)
        now = [2 * ties.get(variable, variable) for variable in range(state + 1)]
        gates: dict[tuple[int, int], int] = {}
        for left, right in self.gates:
            high, low = now[left >> 1] ^ (left & 1), now[right >> 1] ^ (right & 1)
            if high < low:
                high, low = low, high
            if low == 0 or high == low ^ 1:
                found = 0
            elif low in (1, high):
                found = high
            else:
                found = gates.setdefault((high, low), 2 * (state + 1 + len(gates)))
            now.append(found)

        def literal(old: int) -> int:
            return now[old >> 1] ^ (old & 1)

        registers = [(literal(words[0]), *words[1:]) for words in self.registers]
        return Circuit(self.inputs, registers, [literal(o) for o in self.outputs], list(gates))


def merged(circuit: bytes, symbols: str) -> bytes:
    """A miter in which registers that gold and gate have alike are one; `symbols` is Yosys's map.

    Registers of the same name power up with the same value, where they have none of their own.
    What is proved so holds for any: where the gold's output is defined, it is the same for all of
    them, and the gate's equals it. Then those whose next values are the same gates are the same
    for ever, by induction, so a prover sees twice only what a difference between the two reaches.
    """
    whole = Circuit.read(circuit)
    first, registers = _alike(whole, symbols)
    while True:
        found = whole.tied({**first, **registers})
        kept = {
            gate: gold
            for gate, gold in registers.items()
            if found.registers[gate - whole.inputs - 1] == found.registers[gold - whole.inputs - 1]
        }
        if len(kept) == len(registers):
            return found.text()
        registers = kept


def _alike(circuit: Circuit, symbols: str) -> tuple[dict[int, int], dict[int, int]]:
    """The inputs for first values and the registers that have the same name in gold and gate."""
    named: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for kind, index, bit, side, name in _NAMED.findall(symbols):
        before = 0 if kind == "init" else circuit.inputs
        named[kind, bit, name][side] = before + int(index) + 1
    first: dict[int, int] = {}
    registers: dict[int, int] = {}
    for (kind, *_), pair in named.items():
        if len(pair) == 2:
            (first if kind == "init" else registers)[pair["gate"]] = pair["gold"]
    return first, registers


def _numbers(body: bytes) -> Iterator[int]:
    """Numbers of seven bits to a byte, the lowest first; a high bit says that more follow."""
    value = shift = 0
    for byte in body:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def _coded(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)
