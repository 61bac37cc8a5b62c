"""Scheduling of straight-line code: wires, registers, delays, SDC, ISDC, and verification."""

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from prompts.design import Design
from tools.errors import RequestError, ToolError
from tools.hls.build import Builder
from tools.hls.interpret import Machine
from tools.hls.ir import Block, Function, Kind, Op
from tools.hls.schedule.cells import Cells
from tools.hls.schedule.delays import shipped
from tools.hls.schedule.ecp5 import Ecp5
from tools.hls.schedule.emit import inside
from tools.hls.schedule.graph import Graph, graph_of
from tools.hls.schedule.isdc import Refined, Settings, alone, refine
from tools.hls.schedule.matrix import Matrix
from tools.hls.schedule.oracle import Oracle
from tools.hls.schedule.pipeline import pipeline
from tools.hls.schedule.registers import boundary, register_ps
from tools.hls.schedule.sdc import Schedule, schedule
from tools.hls.schedule.technology import built_for
from tools.hls.schedule.testbench import Example, bench_for
from tools.hls.schedule.verify import verify
from tools.simulate import simulate
from tools.targets.liberty import library

ROOT = Path(__file__).parents[1]
GENERIC = ROOT / "tools" / "targets" / "generic.lib"


class Code:
    """Straight-line code, written operation by operation."""

    def __init__(self) -> None:
        self.block = Block("entry")
        self.builder = Builder(self.block, self.block)

    def take(self, name: str, bits: int) -> Op:
        return self.builder.add("input", bits, name=name)

    def give(self, name: str, value: Op) -> None:
        self.builder.add("output", 0, value, name=name)

    def do(self, kind: Kind, a: Op, b: Op | int) -> Op:
        return self.builder.binary(
            kind, a, self.builder.const(b, a.bits) if isinstance(b, int) else b
        )

    @property
    def function(self) -> Function:
        return Function("code", [self.block])

    @property
    def graph(self) -> Graph:
        return graph_of(self.function)


def mixer(bits: int = 16, rounds: int = 3) -> Code:
    """Sums, rotations and a comparison: what chains well after synthesis."""
    code = Code()
    x, y = code.take("x", bits), code.take("y", bits)
    a = x
    for n in range(rounds):
        turned = code.do("or", code.do("shl", a, 5), code.do("lshr", a, bits - 5))
        a = code.do("add", code.do("xor", turned, y), 0x9E37 + 2 * n)
    less = code.do("ult", a, x)
    code.give("out", code.builder.add("select", bits, less, a, code.do("sub", a, x)))
    return code


def examples(function: Function, count: int = 100, seed: int = 1) -> list[Example]:
    """Calls with random inputs, as the interpreter of the IR has them."""
    generator = random.Random(seed)
    widths = {op.name: op.bits for op in function.ops() if op.kind == "input"}
    found = []
    for _ in range(count):
        given = {name: generator.getrandbits(bits) for name, bits in widths.items()}
        found.append((given, Machine(function).call(given)))
    return found


@pytest.fixture(scope="module")
def cells() -> Cells:
    return Cells(library(GENERIC), "generic")


def with_delays(graph: Graph, by_kind: Mapping[str, float]) -> Matrix:
    """A matrix of made-up delays, inputs taking none."""
    return Matrix(graph, [by_kind.get(node.kind, 0.0) for node in graph.nodes])


def test_shifts_by_constants_and_masks_are_wires() -> None:
    code = Code()
    x = code.take("x", 32)
    turned = code.do("or", code.do("shl", x, 7), code.do("lshr", x, 25))
    code.give("out", code.do("and", turned, 0xFFFF))
    graph = code.graph
    assert not graph.operators
    ((_, word),) = graph.outputs
    assert word[7] == (0, 0) and word[6] == (0, 31) and set(word[16:]) == {0}


def test_only_bits_that_are_still_wanted_are_registered() -> None:
    code = Code()
    x, y = code.take("x", 16), code.take("y", 16)
    total = code.do("add", x, y)
    code.give("out", code.builder.add("trunc", 4, code.do("lshr", total, 12)))
    graph = code.graph
    apart = schedule(with_delays(graph, {"add": 5.0}), 10.0, 3)
    assert apart.depth == 3
    assert apart.registers == 2 * 4, "the four bits, not the word, wait for the last stage"


def test_code_with_several_blocks_is_refused() -> None:
    code = mixer()
    with pytest.raises(ToolError, match="2 blocks"):
        graph_of(Function("two", [code.block, Block("more")]))


def test_the_programs_optimum_keeps_the_fewest_registers() -> None:
    code = Code()
    words = [code.take(name, 8) for name in "abcd"]
    total = words[0]
    for word in words[1:]:
        total = code.do("add", total, word)
    code.give("out", total)
    graph = code.graph
    matrix = with_delays(graph, {"add": 4.0})
    two = schedule(matrix, 8.0)
    # Two sums fit a stage: either one or two of three come first, and fewer words wait after two.
    assert (two.depth, two.registers) == (2, 16)
    three = schedule(matrix, 5.0)
    assert three.depth == 3
    with pytest.raises(ToolError, match="more stages"):
        schedule(matrix, 5.0, 2)
    with pytest.raises(ToolError, match="slower clock"):
        schedule(matrix, 3.0)


def test_feedback_lowers_longer_paths_and_a_slow_stage_raises_them_for_good() -> None:
    graph = mixer(rounds=3).graph
    matrix = with_delays(graph, {"add": 10.0, "xor": 2.0, "ult": 5.0, "sub": 10.0, "select": 3.0})
    before = matrix.delay.copy()
    adds = [node.index for node in graph.operators if node.kind == "add"]
    xors = [node.index for node in graph.operators if node.kind == "xor"]
    assert matrix.delay[xors[0], adds[2]] == 36.0
    assert matrix.lower([xors[1], adds[1]], 7.0)
    matrix.propagate()
    assert matrix.delay[xors[0], adds[2]] == 31.0, "ten and two became seven within"
    assert (matrix.delay <= before).all()
    assert not matrix.lower([xors[1], adds[1]], 7.0), "that is no news"
    assert matrix.raise_to([(xors[0], adds[1])], 40.0)
    matrix.propagate()
    matrix.lower([xors[0], adds[1]], 1.0)
    matrix.propagate()
    assert matrix.delay[xors[0], adds[1]] == 40.0


def test_pairs_that_others_hold_apart_have_no_rows_of_their_own() -> None:
    code = Code()
    total = code.take("a", 8)
    other = code.take("b", 8)
    for _ in range(5):
        total = code.do("add", total, other)
    code.give("out", total)
    matrix = with_delays(code.graph, {"add": 4.0})
    rows = matrix.apart(9.0)
    assert len(rows) == 3, "the first of each three that do not fit, and the third"
    found = schedule(matrix, 9.0)
    over = np.argwhere(matrix.delay > 9.0)
    assert all(found.stages[v] > found.stages[u] for u, v in over)


def test_equal_pieces_of_unrolled_code_have_one_text() -> None:
    graph = mixer(rounds=4).graph
    xors = [node.index for node in graph.operators if node.kind == "xor"]
    assert len({inside(graph, [index]) for index in xors[1:]}) == 1


def test_the_oracle_measures_with_the_registers_drive_and_load(cells: Cells) -> None:
    oracle = Oracle(cells, jobs=1)
    narrow, wide = oracle.measure(
        [
            f"module m(input c, input [{n - 1}:0] a, b, output [{n - 1}:0] y);\n"
            "assign y = c ? a : b;\nendmodule\n"
            for n in (1, 64)
        ]
    )
    assert narrow and wide
    assert wide.delay_ps > narrow.delay_ps + 50, "one bit drives 64 multiplexers"
    again = Oracle(cells, jobs=1)
    again.measure([inside(mixer().graph, [4]), inside(mixer().graph, [4])])
    assert again.calls + again.known == 1


def test_a_piece_that_cannot_be_synthesised_does_not_spoil_its_batch(cells: Cells) -> None:
    oracle = Oracle(cells, jobs=1)
    good = "module m(input [7:0] a, output [7:0] y);\nassign y = a + 8'd3;\nendmodule\n"
    found = oracle.measure(
        [good, "module m(input a, output y);\nassign y = nothing(a;\nendmodule\n"]
    )
    assert found[0] and found[0].delay_ps > 0
    assert found[1] is None
    assert oracle.failed == 1


def test_the_generic_librarys_flip_flop_and_buffer_are_found() -> None:
    text = GENERIC.read_text()
    assert register_ps(text) == 99.0
    assert (boundary(text).cell, boundary(text).load_ff) == ("BUF_1", 6.0)
    with pytest.raises(RequestError, match="flip-flop"):
        register_ps("library (x) { cell (INV) { area : 1; } }")
    with pytest.raises(RequestError, match="buffer"):
        boundary("library (x) { cell (INV) { area : 1; } }")


@pytest.fixture(scope="module")
def refined(cells: Cells) -> tuple[Code, Oracle, Refined]:
    code = mixer(rounds=4)
    oracle = Oracle(cells, jobs=2)
    slowest = max(alone(code.graph, oracle))
    clock_ps = 1.2 * slowest + cells.margin_ps
    return code, oracle, refine(code.graph, oracle, clock_ps, Settings(iterations=8))


def test_isdc_needs_fewer_registers_and_all_of_it_holds(
    refined: tuple[Code, Oracle, Refined],
) -> None:
    code, oracle, result = refined
    assert result.best and result.equal_latency
    assert result.best.registers < result.sdc.registers
    assert result.best.depth <= result.sdc.depth
    assert result.best.registers <= result.equal_latency.registers <= result.sdc.registers
    assert result.equal_latency.depth == result.sdc.depth
    for found in (result.sdc, result.best, result.equal_latency):
        checked = verify(code.graph, found, oracle, result.clock_ps, examples(code.function))
        assert checked.holds, checked.problems
        assert checked.flip_flops == found.registers
        assert checked.worst_ps <= result.budget_ps


def test_the_same_search_finds_the_same(refined: tuple[Code, Oracle, Refined]) -> None:
    code, oracle, result = refined
    again = refine(code.graph, oracle, result.clock_ps, Settings(iterations=8))
    assert again.best == result.best
    assert [i.registers for i in again.iterations] == [i.registers for i in result.iterations]


def test_verification_finds_what_is_wrong(refined: tuple[Code, Oracle, Refined]) -> None:
    code, oracle, result = refined
    graph, found, calls = code.graph, result.best, examples(code.function, 20)
    assert found

    def problems(wrong: Schedule, clock_ps: float = result.clock_ps) -> str:
        return " ".join(verify(graph, wrong, oracle, clock_ps, calls).problems)

    assert "ps and has" in problems(found, 0.8 * result.clock_ps)
    assert "counts" in problems(replace(found, registers=found.registers - 1))
    (given, results), *others = calls
    calls = [(given, {"out": results["out"] ^ 1}), *others]
    assert "1 wrong" in problems(found)


def test_verification_refuses_an_operator_before_its_operand(cells: Cells) -> None:
    code = Code()
    x, y = code.take("x", 4), code.take("y", 4)
    code.give("out", code.do("add", code.do("add", x, y), x))
    graph = code.graph
    wrong = Schedule((0, 0, 1, 0), 0, 2)
    checked = verify(graph, wrong, Oracle(cells), 1e4, examples(code.function, 5))
    assert checked.problems == ("the add 3 comes before its operand 2",)


def by_chance(seed: int) -> Code:
    """A program of random operators, widths and constants, with some constant operands."""
    generator = random.Random(seed)
    code = Code()
    make = code.builder
    words = [code.take(f"x{n}", generator.randint(1, 24)) for n in range(4)]
    for _ in range(30):
        kind: Kind = generator.choice(
            ["add", "sub", "mul", "and", "or", "xor", "shl", "lshr", "ashr", "select", "slt", "eq"]
        )
        bits = generator.randint(1, 24)
        a, b = (
            make.resize(word, bits, generator.random() < 0.5)
            for word in generator.choices(words[-12:], k=2)
        )
        if generator.random() < 0.3:
            b = make.const(generator.getrandbits(bits) & generator.getrandbits(bits), bits)
        if kind == "select":
            condition = make.resize(generator.choice(words), 1, False)
            words.append(make.add("select", bits, condition, a, b))
        else:
            words.append(make.binary(kind, a, b))
    for number, word in enumerate(words[-6:]):
        code.give(f"y{number}", word)
    return code


@pytest.mark.parametrize("seed", range(6))
def test_pipelines_of_random_programs_compute_what_the_ir_does(seed: int) -> None:
    code = by_chance(seed)
    graph = code.graph
    generator = random.Random(seed)
    made_up = [0.0 if n.kind == "input" else generator.uniform(1.0, 9.0) for n in graph.nodes]
    found = schedule(Matrix(graph, made_up), 10.0)
    assert found.depth > 2
    report = simulate(
        Design({"p.v": pipeline(graph, found.stages, found.depth, "p")}, "p"),
        bench_for(graph, examples(code.function, 200, seed), "p"),
    )
    assert report.passed, report.summary


@pytest.mark.parametrize("kind", ["ashr", "sdiv", "srem", "udiv", "urem", "mul", "slt", "ule"])
def test_operators_in_verilog_are_those_of_the_ir(kind: Kind, cells: Cells) -> None:
    code = Code()
    a, b = code.take("a", 6), code.take("b", 6)
    code.give("out", code.do(kind, a, b))
    graph = code.graph
    one = Schedule((0, 0, 0), 0, 1)
    checked = verify(graph, one, Oracle(cells), 1e6, examples(code.function, 200))
    assert checked.holds, checked.problems


def test_ecp5_counts_its_wires_carries_and_flip_flops() -> None:
    oracle = Oracle(Ecp5(), jobs=1)
    texts = {
        bits: f"module m(input [{bits - 1}:0] a, b, output [{bits - 1}:0] y);\n"
        "assign y = a + b;\nendmodule\n"
        for bits in (8, 32)
    }
    short, long = oracle.measure(list(texts.values()))
    assert short and long
    carries = (32 - 8) / 2
    assert long.delay_ps - short.delay_ps == pytest.approx(71 * carries)
    graph = mixer().graph
    found = schedule(with_delays(graph, {"add": 10.0, "sub": 10.0}), 10.0)
    verilog = pipeline(graph, found.stages, found.depth, "m")
    assert oracle.technology.flip_flops(verilog) == found.registers + found.depth - 1


def test_the_table_of_delays_is_read_between_its_widths() -> None:
    table = shipped("ecp5")
    assert table.of("zext", 32) == 0.0
    assert table.of("shl", 32, const_operand=True) == 0.0 < table.of("shl", 32)
    assert table.of("add", 16) < table.of("add", 17) < table.of("add", 18)
    assert table.of("eq", 1, (8, 8)) < table.of("eq", 1, (64, 64))
    assert table.of("mul", 36, (18, 18)) < table.of("mul", 64, (32, 32))
    assert table.of("load", 32) == 0.0
    with pytest.raises(RequestError, match="ecp5"):
        shipped("ice40")


def test_the_shipped_tables_are_what_synthesis_measures() -> None:
    cells = Cells(library(GENERIC), "generic")
    for technology in (Ecp5("ecp5"), cells):
        known = shipped(technology.name)
        add, product = "assign y = a + b", "assign y = a * b"
        ports = "input [15:0] a, input [15:0] b, output [{}:0] y"
        texts = [f"module m({ports.format(n)}); {e}; endmodule\n"
                 for n, e in ((15, add), (31, product))]  # fmt: skip
        found = Oracle(technology).measure(texts)
        assert [t.delay_ps for t in found if t] == [
            known.of("add", 16),
            known.of("mul", 32, (16, 16)),
        ]


def test_delays_are_chosen_by_the_target_and_the_library(tmp_path: Path) -> None:
    assert built_for("ecp5-25k").delays.block_ram_ps
    assert built_for("cells").delays.name == "generic"
    assert "ECP5" in built_for("ice40-hx8k").said
    with pytest.raises(RequestError, match="choose one of"):
        built_for("ecp6")
    with pytest.raises(RequestError, match="not a Liberty file"):
        (tmp_path / "x.lib").write_text("nothing")
        built_for("ecp5-85k", str(tmp_path / "x.lib"))


def test_bench_isdc_compares_a_design_of_c() -> None:
    command = [sys.executable, "-m", "app.cli", "bench", "isdc", "--designs", "mixer", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    (row,) = result["designs"]
    assert row["name"] == "mixer" and row["verified"] and row["calls"] == 400
    assert row["isdc_registers"] <= row["isdc_registers_equal_latency"] <= row["sdc_registers"]
    assert result["verified"] is True


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--designs", "nothing"], "crc32"),
        (["--target", "ice40"], "ecp5-25k"),
        (["--target", "ecp5-25k", "--liberty", "x.lib"], "cells"),
        (["--liberty", "pyproject.toml"], "Liberty"),
    ],
)
def test_bench_isdc_says_what_can_be_asked(arguments: list[str], said: str) -> None:
    command = [sys.executable, "-m", "app.cli", "bench", "isdc", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
