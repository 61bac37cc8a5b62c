"""What a demo's design does, in words: block by block and line by line, beside its summary."""

from itertools import pairwise

from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Line(_Strict):
    """One line of a source, by a part of its text, and what it does."""

    code: str
    says: str


class Description(_Strict):
    """What `description.yaml` says of a demo's Verilog."""

    blocks: dict[str, str]
    """Name of a block (a stage, a memory, a submodule), and what it does in a sentence or two."""
    flow: list[str]
    """The ways of the data through blocks from arguments to arguments, such as
    `"x -> load -> adder tree -> y"`; what the block diagram is drawn from."""
    lines: list[Line]
    """In the order of the source for the default parameters."""

    def edges(self) -> list[tuple[str, str]]:
        """Each step of the flow once, from an argument or a block to another."""
        ways = ([name.strip() for name in way.split("->")] for way in self.flow)
        return list(dict.fromkeys(step for way in ways for step in pairwise(way)))

    def located(self, source: str) -> dict[int, str]:
        """Line numbers of a source (from 1) with what is said of them; what it has not is left out.

        A text that several lines have means the first of them after the line said before.
        """
        texts = source.splitlines()
        found: dict[int, str] = {}
        after = 0
        for line in self.lines:
            place = next((n for n in range(after, len(texts)) if line.code in texts[n]), None)
            if place is not None:
                found[place + 1] = line.says
                after = place + 1
        return found
