"""The command line as a person or a script uses it: what it prints, and its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from prompts.demos import demos
from tools import sandbox

ROOT = Path(__file__).parents[1]
SMALL = "a dot product of two 16-element int8 vectors with 4 lanes on ECP5-25k at 50 MHz"


def siliwright(
    *arguments: str, given: str | None = None, status: int = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done


def design(*arguments: str, status: int = 0) -> dict[str, Any]:
    done = siliwright("design", *arguments, "--json", status=status)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_a_sentence_becomes_a_verified_and_measured_design(own_home: Path) -> None:
    result = design(SMALL)
    assert (result["status"], result["designer"], result["oracle"]) == (
        "passed",
        "library",
        "golden",
    )
    assert result["verified"] is True
    assert result["kernel"] == "dot_product"
    assert result["parameters"] == {"length": 16, "lanes": 4, "width": 8, "acc_width": 32}
    for figure in ("cycles", "luts", "ffs", "dsps", "brams"):
        assert isinstance(result[figure], int), figure
    assert result["fmax_mhz"] > 50
    assert {"verilator", "yosys", "nextpnr-ecp5", "c++", "slang"} <= set(result["tools"])
    expected = demos()["dot_product"].design(result["parameters"])
    for name, path in result["files"].items():
        assert Path(path).read_text() == expected.files[name]


def test_a_design_on_standard_cells_has_an_area_and_a_longest_path(own_home: Path) -> None:
    result = design(SMALL, "--target", "cells")
    assert (result["status"], result["luts"], result["fmax_mhz"]) == ("passed", None, None)
    assert result["area_um2"] > 100 and result["delay_ps"] > 100
    assert "µm² of standard cells, longest path" in result["summary"]
    heading = siliwright("runs").stdout.splitlines()[0].split()
    assert heading[3:-1] == ["cycles", "ii", "ffs", "area_um2", "delay_ps"]


def test_records_are_listed_shown_compared_and_exported(own_home: Path, tmp_path: Path) -> None:
    first = design(SMALL)["run"]
    second = design("make it 8 lanes", "--from", first)
    assert second["parameters"] == {"length": 16, "lanes": 8, "width": 8, "acc_width": 32}
    listed = json.loads(siliwright("runs", "--json").stdout)
    assert [run["id"] for run in listed] == [second["run"], first]
    assert "verified by golden" in siliwright("show", first).stdout
    assert json.loads(siliwright("show", first, "--json").stdout)["run"] == first
    table = siliwright("compare", first, second["run"]).stdout
    assert "+100 %" in next(line for line in table.splitlines() if line.split()[:1] == ["dsps"])
    archive = tmp_path / "run.zip"
    siliwright("export", first, "--out", str(archive))
    assert archive.read_bytes()[:2] == b"PK"


def test_dry_run_prints_the_understanding_alone(own_home: Path) -> None:
    done = siliwright("design", SMALL, "--dry-run", "--json")
    understood = json.loads(done.stdout)
    assert understood["kernel"] == "dot_product"
    assert (understood["target"], understood["clock_mhz"]) == ("ecp5-25k", 50.0)
    assert understood["constraints"] == []
    assert json.loads(siliwright("runs", "--json").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("",), "empty"),
        (("x" * 100_000,), "20000"),
        (("write me a poem about softmax",), "accelerator"),
        (("a 4096x4096 systolic array",), "16"),
        (("a dot product on a Zynq-7020",), "ecp5-25k"),
        (("a dot product, at least 100 MHz and at most 50 MHz",), "MHz"),
        (("a dot product", "--target", "stratix"), "ecp5-25k, ecp5-45k, ecp5-85k"),
        (("a dot product", "--set", "lanes=1000"), "above 64"),
        (("a dot product", "--set", "colour=3"), "has no parameter"),
        (("an AES-256 encryption engine",), "--model"),
    ],
)
def test_a_request_that_cannot_be_met_says_why(
    arguments: tuple[str, ...], found: str, own_home: Path
) -> None:
    result = design(*arguments, status=1)
    assert result["status"] == "refused"
    assert found in result["summary"]
    assert result["summary"].count("\n") == 0


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("design", "x", "--set", "lanes"), "--set takes name=value"),
        (("design", "x", "--testbench", "/no/such.v"), "cannot be read"),
        (("design", "x", "--base-url", "http://me:secret@127.0.0.1/v1"), "environment"),
        (("compare", "one"), "two runs or more"),
        (("batch", "/no/such.jsonl"), "cannot be read"),
        (("nonsense",), "No such command"),
    ],
)
def test_wrong_usage_has_status_2(arguments: tuple[str, ...], found: str, own_home: Path) -> None:
    assert found in siliwright(*arguments, status=2).stderr


def test_an_unknown_run_is_named(own_home: Path) -> None:
    assert "no run 'abc'" in siliwright("show", "abc", status=1).stderr


def test_without_a_listener_the_run_is_recorded_as_failed(own_home: Path) -> None:
    result = design(
        "a dot product", "--model", "openai:any", "--base-url", "http://127.0.0.1:9/v1", status=1
    )
    assert (result["status"], result["stage"]) == ("failed", "generate")
    assert "127.0.0.1:9" in result["summary"]


def test_the_tour_fails_twice_and_then_passes(own_home: Path) -> None:
    result = design("a dot product of 64 elements with 8 lanes", "--model", "scripted:tour")
    assert result["verified"] is True
    shown = siliwright("show", result["run"]).stdout
    assert [line.split()[1] for line in shown.splitlines() if " failed: " in line] == [
        "lint",
        "cosim",
    ]


def test_tools_are_listed_with_their_versions(own_home: Path) -> None:
    listed = json.loads(siliwright("tools", "--json").stdout)
    versions = {tool["name"]: tool["version"] for tool in listed["tools"]}
    assert versions["verilator"]
    assert listed["sandbox"] == sandbox.description()
    missing = [tool for tool in listed["tools"] if not tool["version"]]
    assert all(tool["mend"] for tool in missing)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to read-only folders")
def test_a_read_only_folder_is_one_sentence(own_home: Path) -> None:
    own_home.chmod(0o500)
    assert "read-only" in siliwright("design", SMALL, status=1).stderr


def test_a_file_that_is_no_database_is_one_sentence(own_home: Path) -> None:
    siliwright("runs")
    own_home.joinpath("siliwright.db").write_bytes(b"this is not a database" * 100)
    assert "siliwright.db" in siliwright("runs", status=1).stderr
