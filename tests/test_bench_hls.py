"""`./siliwright bench hls`: the figures of kernels, and what is said of a folder without any."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.bench.hls import kernels
from app.cli import app
from tools.errors import RequestError, ToolError

WRONG = """\
int wrong(int a);
int main() { return wrong(1) != 3; }
"""


def test_each_kernel_has_its_verdict_and_its_figures() -> None:
    line = ["bench", "hls", "--kernels", "prefix_sum,gemm", "--no-place", "--json"]
    done = CliRunner().invoke(app, line)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert [row["name"] for row in found["kernels"]] == ["prefix_sum", "gemm"]
    for row in found["kernels"]:
        assert row["verified"] and row["latency"] in (None, row["cycles"])
        assert row["at_least_ii"] == row["pipelined"]
        assert row["luts"] is None
    assert found["summary"]["verified"] == 2
    assert found["summary"]["pipelined"] >= 1
    gemm = found["kernels"][1]
    assert gemm["least_cycles"] == 256  # 512 products, two at a time
    assert found["summary"]["dense"] == found["summary"]["dense_near_bound"] >= 1
    assert "2 of 2: " in done.stderr


def test_a_kernel_that_is_wrong_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "kernel.cpp").write_text("int wrong(int a) { return a + 1; }\n")
    (folder / "tb.cpp").write_text(WRONG)
    done = CliRunner().invoke(app, ["bench", "hls", str(tmp_path), "--no-place"])
    assert isinstance(done.exception, ToolError)
    assert "not verified: wrong" in str(done.exception)


def test_a_folder_without_kernels_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no kernel in"):
        kernels(tmp_path / "nowhere", [])
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "tb.cpp").write_text("")
    with pytest.raises(RequestError, match="no kernel 'two'; choose of one"):
        kernels(tmp_path, ["two"])
