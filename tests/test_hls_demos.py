"""Each kernel of the library through the HLS engine, called with its golden model's vectors."""

import json

import pytest
from typer.testing import CliRunner

from app.bench.demos import measure, names_of
from app.cli import app
from prompts.demos import demos
from tools.errors import RequestError


@pytest.mark.parametrize("name", list(demos()))
def test_the_cxx_of_a_demo_becomes_verilog_that_its_golden_model_accepts(name: str) -> None:
    (row,) = measure([name], "ecp5-25k", 50.0, place=False, jobs=1)
    assert row.by_hls.verified, row.by_hls.problem
    assert row.by_hand.verified, row.by_hand.problem
    assert row.ratio is not None and row.ratio > 0


def test_the_command_prints_the_kernels_side_by_side() -> None:
    line = ["bench", "demos", "--kernels", "dot_product", "--jobs", "1"]
    done = CliRunner().invoke(app, [*line, "--json"])
    assert done.exit_code == 0, done.output
    (row,) = json.loads(done.stdout)
    assert row["ratio"] == row["by_hls"]["cycles"] / row["by_hand"]["cycles"]
    table = CliRunner().invoke(app, line).stdout
    assert f"{row['by_hand']['cycles']:.0f} | {row['by_hls']['cycles']:.0f}" in table


def test_a_kernel_that_is_not_there_is_said() -> None:
    with pytest.raises(RequestError, match="no kernel 'nope'; choose of conv2d"):
        names_of("nope")
