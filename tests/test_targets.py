"""The targets: each builds designs of the library, and what they say fits together."""

import gzip
from pathlib import Path

import pytest

from prompts.demos import demos
from prompts.design import Design
from tools.errors import RequestError, ToolError
from tools.place_route import place_route
from tools.report import Report
from tools.synthesize import SETTING, synthesize
from tools.targets import TARGETS
from tools.targets.cells import CELLS

SMALL = {
    "dot_product": {"length": 32, "lanes": 8, "width": 8},
    "gemm_systolic": {"m": 4, "k": 4, "n": 4, "rows": 2, "cols": 2},
}
MULTIPLIERS = {"dot_product": 8, "gemm_systolic": 4}
PLACED = [name for name, target in TARGETS.items() if target.place]
TRIED = [name for name in TARGETS if name not in ("ecp5-45k", "ecp5-85k", "gw1n-9")]
"""One of each family's synthesis; its sisters differ in size alone."""
GENERIC = CELLS[0].library
REGISTERS = """\
module m(input clk, input [7:0] a, output reg [7:0] y);
    reg [7:0] r;
    always @(posedge clk) begin r <= a; y <= r + 8'd3; end
endmodule
"""


def demo(name: str) -> Design:
    kernel = demos()[name]
    return kernel.design(kernel.settle(SMALL[name]))


def module(text: str) -> Design:
    return Design({"m.v": text}, "m")


def finding(report: Report, code: str) -> str:
    return next(d.text() for d in report.diagnostics if d.code == code)


@pytest.mark.parametrize("kernel", SMALL)
@pytest.mark.parametrize("target", TRIED)
def test_each_target_builds_demos(target: str, kernel: str) -> None:
    report = synthesize(demo(kernel), target)
    device = TARGETS[target]
    assert report.passed, report.text()
    assert report.metrics["ffs"] > 90
    assert not any(d.code in ("LATCH", "MEMORY", "MULTIPLIER") for d in report.diagnostics)
    shares = report.details.get("utilisation", {})
    assert all(0 <= share <= 100 for share in shares.values())
    assert set(shares) == {name for name, held in device.capacity().items() if held}
    if "dsps" in device.holds:
        per_block = 0.5 if target.startswith("gw") else 1  # a Gowin block is two of 9 by 9
        wanted = MULTIPLIERS[kernel] * per_block if device.dsps else 0
        assert report.metrics["dsps"] == wanted


@pytest.mark.parametrize("target", TRIED)
def test_the_modules_make_up_the_whole(target: str) -> None:
    report = synthesize(demo("gemm_systolic"), target)
    modules = report.details["hierarchy"]
    assert modules["gemm_systolic_pe"]["instances"] == 4
    whole = {name: modules["gemm_systolic"]["total"][name] for name in ("ffs",)}
    for name, total in modules["gemm_systolic"]["total"].items():
        assert total == pytest.approx(report.metrics[name])
        assert sum(part["own"][name] for part in modules.values()) == pytest.approx(total)
    assert 0 < modules["gemm_systolic_pe"]["total"]["ffs"] < whole["ffs"]


def test_multipliers_are_logic_where_there_are_no_blocks() -> None:
    luts = {t: synthesize(demo("dot_product"), t).metrics["luts"] for t in TRIED if t != "cells"}
    assert luts["ice40-hx8k"] > 4 * max(n for t, n in luts.items() if t != "ice40-hx8k")


@pytest.mark.parametrize("kernel", SMALL)
@pytest.mark.parametrize("target", [t for t in TRIED if t in PLACED])
def test_each_device_places_demos(target: str, kernel: str) -> None:
    report = place_route(demo(kernel), target, 25.0)
    assert report.passed, report.text()
    assert report.metrics["fmax_mhz"] == report.details["clocks"]["ap_clk"]
    assert 0 < report.metrics["luts_percent"] < 100
    steps = report.details["critical_path"]
    assert steps[-1]["at_ns"] == pytest.approx(1000 / report.metrics["fmax_mhz"], rel=0.01)
    assert {step["file"] for step in steps} <= {f"{kernel}.v", ""}
    if target.startswith("ecp5"):  # mapping to other devices may drop all places of a path
        assert any(step["file"] and step["line"] for step in steps)
    bound = "an upper bound" in report.summary
    assert bound == any(d.code == "UNTIMED" for d in report.diagnostics)
    assert bound == (target in ("ice40-up5k", "gw2a-18"))


@pytest.mark.parametrize("target", [name for name in TARGETS if name not in PLACED])
def test_what_cannot_be_placed_says_so(target: str) -> None:
    report = place_route(demo("dot_product"), target)
    assert report.status == "not run"
    assert "synthesis" in report.summary
    assert not report.metrics


@pytest.mark.parametrize("target", ["ice40-up5k", "gw1n-9"])
def test_a_design_that_is_too_large_does_not_fit(target: str) -> None:
    kernel = demos()["dot_product"]
    report = synthesize(kernel.design(kernel.settle({"lanes": 48, "length": 96})), target)
    assert report.status == "failed"
    assert f"does not fit {TARGETS[target].title}" in report.summary
    with pytest.raises(ToolError, match="does not fit"):
        place_route(kernel.design(kernel.settle({"lanes": 48, "length": 96})), target)


@pytest.mark.parametrize("name", ["zynq", "", "ECP5-25k", "../cells"])
def test_an_unknown_target_lists_those_there_are(name: str) -> None:
    for tool in (synthesize, place_route):
        with pytest.raises(RequestError, match="choose one of ecp5-25k.*ice40-up5k.*cells"):
            tool(demo("dot_product"), name)


def test_registered_products_that_are_added_keep_their_multipliers() -> None:
    text = """module m(input clk, input signed [7:0] a, b, c, d, output reg signed [16:0] y);
    reg signed [15:0] p, q;
    always @(posedge clk) begin p <= a * b; q <= c * d; y <= p + q; end endmodule"""
    assert synthesize(module(text), "ice40-up5k").metrics["dsps"] == 2


def test_a_latch_is_named_with_its_line() -> None:
    text = "module m(input a, b, output reg y);\nalways @*\nif (a) y = b;\nendmodule\n"
    for target in ("ecp5-25k", "gw2a-18", "cells"):
        latch = finding(synthesize(module(text), target), "LATCH")
        assert "m.v:2: warning: y becomes a latch" in latch
        assert "default" in latch


def test_a_busy_net_is_named_and_the_clock_is_not() -> None:
    text = REGISTERS.replace("+ 8'd3", "^ {8{r[0]}}")
    assert "m.v:2: warning: r[0] drives" in finding(synthesize(module(text), fanout=5), "FANOUT")
    calm = synthesize(module(text), fanout=40)
    assert not calm.diagnostics
    with pytest.raises(RequestError, match="fanout = 0 is below 1"):
        synthesize(module(text), fanout=0)


def test_a_memory_of_flip_flops_and_a_wide_multiplier_are_named() -> None:
    text = """module m(input clk, we, input [5:0] ra, wa, input [23:0] p, q, input [15:0] d,
        output [15:0] z, output reg [47:0] y);
    reg [15:0] store [0:63];
    always @(posedge clk) begin if (we) store[wa] <= d; y <= p * q; end
    assign z = store[ra]; endmodule"""
    report = synthesize(module(text), "ice40-up5k")
    assert "m.v:3: warning: the memory store of 64 words of 16 bits" in finding(report, "MEMORY")
    assert "m.v:4: warning: a multiplier of 24 by 24 bits" in finding(report, "MULTIPLIER")
    on_ecp5 = synthesize(module(text), "ecp5-25k")
    assert "MEMORY" not in {d.code for d in on_ecp5.diagnostics}


def test_a_net_with_several_drivers_fails() -> None:
    text = "module m(input a, b, output y);\nassign y = a;\nassign y = b;\nendmodule\n"
    report = synthesize(module(text))
    assert report.status == "failed"
    assert "several drivers" in finding(report, "MULTIDRIVEN")


def test_of_several_seeds_the_fastest_is_reported() -> None:
    swept = place_route(demo("dot_product"), "ice40-up5k", 25.0, seeds=3)
    tried = swept.details["seeds"]
    assert list(tried) == ["1", "2", "3"]
    assert swept.metrics["fmax_mhz"] == max(tried.values())
    alone = place_route(demo("dot_product"), "ice40-up5k", 25.0, seed=swept.details["seed"])
    assert alone.metrics == swept.metrics
    with pytest.raises(RequestError, match="seeds = 0 is out of range"):
        place_route(demo("dot_product"), seeds=0)


@pytest.mark.parametrize("target", ["ice40-up5k", "gw2a-18"])
def test_each_clock_has_its_fmax(target: str) -> None:
    text = """module m(input slow, fast, input [31:0] a, output reg [31:0] x, output reg [3:0] y);
    always @(posedge slow) x <= x + a;
    always @(posedge fast) y <= y + a[3:0]; endmodule"""
    report = place_route(module(text), target, 20.0)
    clocks = report.details["clocks"]
    assert set(clocks) == {"slow", "fast"}
    assert report.metrics["fmax_mhz"] == clocks["slow"] < clocks["fast"]


def test_more_clocks_than_pins_is_an_error_of_the_tool() -> None:
    ports = ", ".join(f"c{n}" for n in range(5))
    body = "".join(f"always @(posedge c{n}) y[{n}] <= ~y[{n}];\n" for n in range(5))
    text = f"module m(input {ports}, output reg [4:0] y);\n{body}endmodule\n"
    with pytest.raises(ToolError, match="5 clocks"):
        place_route(module(text), "gw2a-18")


def test_cells_have_an_area_and_a_longest_path() -> None:
    report = synthesize(module(REGISTERS), "cells")
    assert report.details["library"] == "siliwright_generic"
    assert report.metrics["ffs"] == 16
    assert report.metrics["area_um2"] > 16 * 6
    steps = report.details["critical_path"]
    assert steps[-1]["at_ps"] == pytest.approx(report.metrics["delay_ps"], abs=0.1)
    assert (steps[0]["file"], steps[0]["line"]) == ("m.v", 2)
    wires = synthesize(module("module m(input a, output y); assign y = a; endmodule"), "cells")
    assert wires.metrics.get("delay_ps", 0) == 0


def test_the_library_of_cells_can_be_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert GENERIC is not None
    text = (
        GENERIC.read_text().replace("siliwright_generic", "own").replace("area : 6;", "area : 9;")
    )
    packed = tmp_path / "own.lib.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    plain = synthesize(module(REGISTERS), "cells").metrics
    own = synthesize(module(REGISTERS), "cells", liberty=str(packed))
    assert own.details["library"] == "own"
    assert own.metrics == {**plain, "area_um2": plain["area_um2"] + 16 * 3}
    monkeypatch.setenv(SETTING, str(packed))
    assert synthesize(module(REGISTERS), "cells").metrics == own.metrics


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("absent.lib", None, "cannot be read"),
        ("empty.lib", b"", "is not a Liberty file"),
        ("text.lib", b"hello", "is not a Liberty file"),
        ("bare.lib", b"library (bare) { }", "is not a Liberty file"),
        ("binary.lib", b"\xff\xfe\x00", "cannot be read"),
        ("cut.lib.gz", gzip.compress(b"library (cut) {}", mtime=0)[:12], "cannot be read"),
    ],
)
def test_what_is_no_liberty_file_is_refused(
    tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RequestError, match=f"{name}.*{says}"):
        synthesize(module(REGISTERS), "cells", liberty=str(path))


def test_a_broken_library_fails_with_its_own_words(tmp_path: Path) -> None:
    assert GENERIC is not None
    path = tmp_path / "broken.lib"
    path.write_text(GENERIC.read_text().replace("clocked_on :", "clocked_on", 1)[:-200])
    report = synthesize(module(REGISTERS), "cells", liberty=str(path))
    assert report.status == "failed"
    assert "does not synthesise" in report.summary


def test_a_library_without_flip_flops_has_no_area_for_them(tmp_path: Path) -> None:
    assert GENERIC is not None
    text = GENERIC.read_text()
    path = tmp_path / "gates.lib"
    path.write_text(text[: text.index("  cell (DFF_1)")] + "}\n")
    report = synthesize(module(REGISTERS), "cells", liberty=str(path))
    assert report.status == "failed"
    assert "siliwright_generic" in report.summary or "does not synthesise" in report.summary


def test_only_cells_take_a_library() -> None:
    with pytest.raises(RequestError, match="takes no Liberty file"):
        synthesize(module(REGISTERS), "ecp5-25k", liberty=str(GENERIC))
