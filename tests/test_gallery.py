"""`./siliwright demo gallery`: pictures of the library's kernels as files."""

import shutil
from pathlib import Path

import plotly.graph_objects as go
import pytest
from typer.testing import CliRunner

from app.charts import Point, sweep
from app.cli import app
from app.gallery import as_svg
from tools.errors import ToolError

needs_chromium = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="needs chromium (apt-get install chromium)"
)


@needs_chromium
def test_the_pictures_are_drawn_from_what_the_tools_find(tmp_path: Path) -> None:
    arguments = ["--circuit", "dot_product", "--waves", "dot_product"]
    swept = ["--sweep", "dot_product", "--over", "lanes=2,8"]
    done = CliRunner().invoke(app, ["demo", "gallery", "--out", str(tmp_path), *arguments, *swept])
    assert done.exit_code == 0, done.output
    found = {path.stem: path.read_text() for path in tmp_path.iterdir()}
    assert found.keys() == {
        "blocks_attention", "schematic_dot_product", "waveform_dot_product", "sweep_dot_product"
    }  # fmt: skip
    assert all(text.startswith("<svg") for text in found.values())
    assert "dut.ap_start" in found["waveform_dot_product"]
    for words in ("Verilog by hand", "HLS of the C++", "Pareto front", ">8<"):
        assert words in found["sweep_dot_product"]


def test_a_sweep_shows_each_way_and_the_front_of_both() -> None:
    slow, quick = Point("", "1", 100, 9.0, ""), Point("", "2", 150, 5.0, "")
    chart = sweep(
        {"by hand": [slow, quick], "by HLS": [Point("", "1", 140, 9.5, "")]}, "lanes", "µs"
    )
    front, *ways = chart.data
    assert list(front.x) == [100, 150]
    assert [way.name for way in ways] == ["by hand", "by HLS"]
    assert list(ways[0].text) == ["1", "2"]


@pytest.mark.parametrize("over", ["lanes", "width_of=2", "lanes=", "lanes=no"])
def test_a_wrong_parameter_is_one_sentence(over: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["demo", "gallery", "--out", str(tmp_path), "--over", over])
    assert done.exit_code != 0
    assert not list(tmp_path.iterdir())


def test_an_unknown_kernel_is_told_before_anything_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    done = CliRunner().invoke(app, ["demo", "gallery", "--out", str(out), "--waves", "nope"])
    assert done.exit_code != 0
    assert not out.exists()


def test_a_browser_that_fails_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: object, **named: object) -> bytes:
        raise RuntimeError("no browser")

    monkeypatch.setattr(go.Figure, "to_image", fails)
    with pytest.raises(ToolError, match="apt-get install chromium"):
        as_svg(go.Figure())
