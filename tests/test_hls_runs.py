"""Runs in which high-level synthesis makes the Verilog: what is recorded, shown and handed over."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from pages import shown
from sqlalchemy import Engine
from typer.testing import CliRunner

import db
from app.batch import read_requests
from app.bundle import bundle
from app.cli import app
from app.work import execute
from db import RunRequest
from prompts.demos import demos
from prompts.reading import read
from tools.errors import RequestError

REQUEST = RunRequest("dot product of 16 int8 with 4 lanes", language="hls")
GENERATED = "dot_product_hls.v"


def worked(engine: Engine, request: RunRequest) -> str:
    run_id = db.enqueue(engine, request)
    assert db.claim(engine, "worker", run_id) == run_id
    execute(engine, run_id, "worker")
    assert db.run(engine, run_id).status == "passed", db.run(engine, run_id).summary
    return run_id


def test_the_record_keeps_the_generated_verilog_with_the_candidate(engine: Engine) -> None:
    run_id = worked(engine, REQUEST)
    (candidate,) = db.candidates(engine, run_id)
    assert list(candidate.design.files) == ["dot_product.cpp"]
    assert list(candidate.generated) == [GENERATED]
    assert list(candidate.as_built.files) == ["dot_product.cpp", GENERATED]
    assert "module dot_product" in candidate.as_built.files[GENERATED]
    with zipfile.ZipFile(io.BytesIO(bundle(engine, run_id))) as archive:
        names = set(archive.namelist())
        assert {"design/dot_product.cpp", f"design/{GENERATED}"} <= names
        readme = archive.read("README.txt").decode()
        assert f"{GENERATED} was made of its C++ by high-level synthesis" in readme
        assert archive.read("attempts/01/reports/02-hls-files/kernel.v")


def test_the_page_of_a_run_shows_the_synthesis_and_both_files(engine: Engine) -> None:
    run_id = worked(engine, REQUEST)
    test = shown("run", run=run_id)
    labels = " ".join(status.label for status in test.status).replace("\\", "")
    assert "High-level synthesis" in labels and "II=1" in labels
    test = shown("run", run=run_id, part="Designs")
    assert {tab.label for tab in test.tabs} >= {"dot_product.cpp", GENERATED}
    made = [caption.value for caption in test.caption if "by high-level" in caption.value]
    assert len(made) == 1


def test_beside_hand_written_verilog_stands_what_the_engine_makes(engine: Engine) -> None:
    run_id = worked(engine, RunRequest(REQUEST.text))
    (candidate,) = db.candidates(engine, run_id)
    assert [report.tool for report in candidate.beside] == ["hls", "cosim"]
    assert list(candidate.as_built.verilog) == ["dot_product.v"]
    assert db.run(engine, run_id).cycles == candidate.reports[-3].metrics["cycles"]
    captions = " ".join(c.value for c in shown("run", run=run_id).caption).replace("\\", "")
    cycles = int(candidate.beside[1].metrics["cycles"])
    assert f"Verilog that does the same: 7 calls bit-exact in {cycles} cycles" in captions


def test_the_command_takes_the_language_and_hands_over_both_files(tmp_path: Path) -> None:
    line = ["design", REQUEST.text, "--language", "hls", "--json", "--out", str(tmp_path)]
    done = CliRunner().invoke(app, line)
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert (result["language"], result["generated"]) == ("hls", [GENERATED])
    assert {path.name for path in tmp_path.iterdir()} == {"dot_product.cpp", GENERATED}


def test_a_line_of_a_batch_says_its_language(tmp_path: Path) -> None:
    file = tmp_path / "b.jsonl"
    file.write_text('{"text": "fir", "language": "hls"}\n{"text": "fir"}\n')
    found = read_requests(file, RunRequest("", language="verilog"))
    assert [request.language for request in found] == ["hls", "verilog"]
    file.write_text('{"text": "fir", "language": "vhdl"}\n')
    with pytest.raises(RequestError, match="line 1: language"):
        read_requests(file, RunRequest(""))


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("a 16 tap fir filter in HLS C++", "hls"),
        ("write HLS C++ for a dot product of 64 int8", "hls"),
        ("a dot product of 64 int8, use high-level synthesis", "hls"),
        ("a dot product of 64 int8 in C++ only, no verilog", "hls"),
        ("a dot product of 64 int8 in Verilog", "verilog"),
        ("a dot product of 64 int8 in C++ and Verilog", "both"),
        ("a dot product of 64 int8", "both"),
    ],
)
def test_the_language_is_read_from_the_request(words: str, language: str) -> None:
    assert read(words, demos()).task.language == language
