"""The export of a run: complete, the same each time, and its tests can be run again."""

import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine

import db
from agents.events import Called, Ended, Prompted, Proposed, Returned, Said, Understood
from agents.library import LibraryDesigner
from agents.loop import work
from app.bundle import bundle
from prompts.demos import demos
from prompts.design import Design
from prompts.task import Task
from tools.find import has
from tools.report import Diagnostic, Report


def begin(engine: Engine, text: str) -> tuple[str, db.Recorder]:
    run_id = db.enqueue(engine, db.RunRequest(text))
    db.claim(engine, "worker", run_id)
    return run_id, db.Recorder(engine, run_id, "worker")


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def model_run(engine: Engine, folder: Path) -> str:
    """A run of a model with two attempts; the tool of the second left a file."""
    (folder / "stat.json").write_text("{}")
    run_id, recorder = begin(engine, "A counter")
    first, second = (Design({"top.v": f"// {n}\nmodule top; endmodule\n"}, "top") for n in "12")
    for event in (
        Understood(Task("A counter", testbench="module test; endmodule\n")),
        Prompted(({"role": "user", "content": "A counter"},), {"fir": 0.5}, "00"),
        Said("model", "Here "),
        Said("model", "it is \ud800."),
        Proposed(first, 1),
        Called("lint"),
        Returned(Report("lint", "failed", "bad", (Diagnostic("error", "no", "top.v", 1),))),
        Proposed(second, 2),
        Called("lint"),
        Returned(
            Report(
                "lint",
                "passed",
                "clean",
                artifacts={"stat.json": folder / "stat.json"},
                log="all is well",
            )
        ),
        Ended("passed", "done", "verified by testbench", "testbench", {"luts": 7}, True),
    ):
        recorder.record(event)
    return run_id


def test_it_holds_all_that_the_run_left(engine: Engine, tmp_path: Path) -> None:
    files = opened(bundle(engine, model_run(engine, tmp_path)))
    assert files["design/top.v"] == files["attempts/02/sources/top.v"]
    assert files["attempts/01/sources/top.v"].startswith(b"// 1")
    assert json.loads(files["attempts/01/reports/01-lint.json"])["diagnostics"][0]["line"] == 1
    assert files["attempts/02/reports/01-lint.log"] == b"all is well"
    assert files["attempts/02/reports/01-lint-files/stat.json"] == b"{}"
    assert json.loads(files["prompts/01.json"])["demos"] == {"fir": 0.5}
    assert files["prompts/01-answer.txt"].decode("utf-8", "surrogatepass") == "Here it is \ud800."
    assert files["tests/testbench.sv"] == b"module test; endmodule\n"
    assert json.loads(files["result.json"])["luts"] == 7
    assert db.RunRequest.from_json(files["request.json"].decode()).text == "A counter"


def test_its_manifest_names_every_file_with_its_digest(engine: Engine, tmp_path: Path) -> None:
    files = opened(bundle(engine, model_run(engine, tmp_path)))
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["missing"] == []
    assert manifest["files"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }


def test_it_is_the_same_each_time(engine: Engine, tmp_path: Path) -> None:
    run_id = model_run(engine, tmp_path)
    assert bundle(engine, run_id) == bundle(engine, run_id)


def test_a_file_that_somebody_deleted_is_named(engine: Engine, tmp_path: Path) -> None:
    run_id = model_run(engine, tmp_path)
    db.artifacts(engine, run_id)[0].path.unlink()
    manifest = json.loads(opened(bundle(engine, run_id))["manifest.json"])
    assert manifest["missing"] == ["attempts/02/reports/01-lint-files/stat.json"]


def test_a_run_that_was_never_worked_on_can_be_exported(engine: Engine) -> None:
    run_id = db.enqueue(engine, db.RunRequest("A softmax"))
    assert set(opened(bundle(engine, run_id))) == {
        "README.txt",
        "manifest.json",
        "request.json",
        "result.json",
    }


def test_there_is_no_bundle_of_no_run(engine: Engine) -> None:
    with pytest.raises(db.NoSuchRecord, match="no run 'nothing'"):
        bundle(engine, "nothing")


@pytest.mark.skipif(not (has("iverilog") and has("vvp")), reason="needs Icarus Verilog")
@pytest.mark.parametrize("folder", ["visible", "withheld"])
def test_its_tests_pass_when_they_are_run_by_hand(
    engine: Engine, tmp_path: Path, folder: str
) -> None:
    run_id, recorder = begin(engine, "A dot product")
    settings = demos()["dot_product"].settle({"length": 8, "lanes": 2})
    for event in work(Task("A dot product", "dot_product", settings), LibraryDesigner()):
        recorder.record(event)
        if isinstance(event, Proposed):
            break
    files = opened(bundle(engine, run_id))
    place = tmp_path / "by-hand"
    place.mkdir()
    for name, content in files.items():
        if name.startswith(("design/", "tests/clock.v", f"tests/{folder}/")):
            (place / Path(name).name).write_bytes(content)

    def run(*command: str) -> str:
        return subprocess.run(
            command, cwd=place, capture_output=True, text=True, check=True, timeout=60
        ).stdout

    sources = sorted(path.name for path in place.glob("*.v"))
    run("iverilog", "-g2012", "-s", "clock", "-o", "cosim.vvp", *sources)
    assert run("vvp", "-N", "cosim.vvp").split()[-2:] == ["end", "0"]
    expected = (place / "y.out.hex").read_text().splitlines()
    (place / "y.out.hex").write_text("\n".join([f"{int(expected[0], 16) ^ 1:x}", *expected[1:]]))
    assert run("vvp", "-N", "cosim.vvp").split()[-2:] != ["end", "0"]
