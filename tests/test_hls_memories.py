"""What arrays inside a kernel become after synthesis for ECP5: block RAMs, look-up tables."""

import pytest
from kernel_runs import Kernel

from prompts.design import Design
from tools.hls.engine import VERILOG, hls
from tools.synthesize import synthesize

ONE_PORT = """int top(const short a[128], const unsigned char at[64]) {
    short kept[128];
    int sum = 0;
    for (int i = 0; i < 128; i++) kept[i] = a[i] * 3;
    for (int i = 0; i < 64; i++) sum += kept[at[i] & 127];
    return sum;
}
"""
TWO_PORTS = ONE_PORT.replace("kept[at[i] & 127]", "kept[at[i] & 127] * kept[(at[i] + i) & 127]")
HISTOGRAM = """void top(const unsigned char a[256], unsigned short y[256]) {
    unsigned short bins[256];
    for (int i = 0; i < 256; i++) bins[i] = 0;
    for (int i = 0; i < 256; i++) bins[a[i]]++;
    for (int i = 0; i < 256; i++) y[i] = bins[i];
}
"""
TABLE = """static const short TABLE[128] = {WORDS};
int top(const unsigned char at[64]) {
    int sum = 0;
    for (int i = 0; i < 64; i++) sum += TABLE[at[i] & 127] ^ i;
    return sum;
}
""".replace("WORDS", ", ".join(str(i * i * 7919 % 32749 - 16000) for i in range(128)))
KEPT = """short top(short value, unsigned char at) {
    static short line[256] = {3, 1, 4, 1, 5, 9, 2, 6};
    short before = line[at];
    line[at] = value;
    return before;
}
"""
SMALL = ONE_PORT.replace("128", "16").replace("127", "15")


@pytest.mark.parametrize(
    ("source", "blocks"),
    [(ONE_PORT, 1), (TWO_PORTS, 1), (HISTOGRAM, 1), (TABLE, 1), (KEPT, 1), (SMALL, 0)],
    ids=["one port", "two ports", "read and changed", "table", "initialised", "small"],
)
def test_an_array_of_a_kilobit_is_a_block_ram(source: str, blocks: int) -> None:
    made = hls(Design({"k.cpp": source}, "top"))
    assert made.passed, made.text()
    verilog = {VERILOG: made.artifacts[VERILOG].read_text()}
    found = synthesize(Design(verilog, "top"), "ecp5-25k")
    assert found.passed, found.text()
    assert found.metrics["brams"] == blocks
    assert found.metrics["ffs"] < 300, "the words of the memory are registers"


def test_the_style_of_memories_is_said_and_slow_ones_lower_the_expected_clock() -> None:
    for source, clock_mhz, style in ((SMALL, 100.0, "distributed"), (KEPT, 100.0, "block"),
                                     (KEPT, 200.0, "block")):  # fmt: skip
        made = hls(Design({"k.cpp": source}, "top"), clock_mhz=clock_mhz)
        assert made.passed, made.text()
        assert f'ram_style = "{style}"' in made.artifacts[VERILOG].read_text()
        late = [d for d in made.diagnostics if d.code == "CLOCK"]
        slow = made.metrics["estimated_mhz"] < 0.98 * clock_mhz
        assert bool(late) == slow == (clock_mhz > 150), made.text()


def test_what_asks_for_look_up_tables_is_synthesised_where_there_are_none() -> None:
    made = hls(Design({"k.cpp": SMALL}, "top"))
    verilog = {VERILOG: made.artifacts[VERILOG].read_text()}
    for target in ("ice40-hx8k", "gw2a-18"):
        found = synthesize(Design(verilog, "top"), target)
        assert found.passed, found.text()


def test_a_partition_is_of_the_array_of_its_function() -> None:
    kernel = Kernel.load("same_arrays")
    report = hls(Design(kernel.sources, kernel.top))
    places = {memory["words"]: memory["place"] for memory in report.details["memories"]}
    assert places == {80: "interface", 64: "ram", 6: "registers"}
