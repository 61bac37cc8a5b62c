"""Export: all that a run left as one zip, the same bytes for the same records."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

import db
from agents.events import Prompted, Proposed, Returned, Said, Understood
from agents.oracle import oracle_for
from db import Artifact, Recorded
from prompts.demo import ParameterError
from prompts.design import Design
from prompts.kernels import known_kernel
from prompts.task import Task
from tools.archive import zipped
from tools.harness import Harness
from tools.report import Report

FORMAT = 1
MAX_CYCLES = 200_000
"""As in `tools.cosim.cosim`: so many cycles without any progress count as a hang."""
_README = """\
Run {run} of Siliwright: {status}. {summary}

request.json   what was asked, as it can be asked again
task.json      what was understood of it
result.json    how it ended, with the measured figures
design/        the design that is the result: its last candidate{generated}
tests/         the testbench, or the harness with the vectors that the library makes for this task
attempts/      every candidate in order: its files, the testbench that came with it, if any, and
               what each tool said of it, with command, versions and log
prompts/       every prompt as it was sent, and the model's answer
manifest.json  the SHA-256 of every file
"""
_GENERATED = """;
               {names} was made of its C++ by high-level synthesis"""
_TESTS = """\
To run the visible tests again, with Icarus Verilog, in an empty folder:
copy design/*.v, tests/clock.v and tests/visible/* there, then
    iverilog -g2012 -s clock -o cosim.vvp *.v && vvp -N cosim.vvp
The line with "end" gives the number of mismatches.
"""
_CLOCK = """\
`timescale 1ns/1ps
module clock;
    reg clk = 0;
    always #5 clk = !clk;
    cosim harness(.clk(clk));
endmodule
"""


def bundle(engine: Engine, run_id: str) -> bytes:
    """The run as a zip. Raises `NoSuchRecord`."""
    recorded = db.events_after(engine, run_id)
    files: dict[str, bytes] = {}
    missing: list[str] = []
    for name, content in _contents(engine, run_id, recorded):
        if content is None:
            missing.append(name)
        else:
            files[name] = content
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {"format": FORMAT, "run": run_id, "files": digests, "missing": missing}
    return zipped({**files, "manifest.json": _json(manifest)})


def _contents(
    engine: Engine, run_id: str, recorded: Sequence[Recorded]
) -> Iterator[tuple[str, bytes | None]]:
    """Every file by its name; None for one that is no longer in the file store."""
    run = db.run(engine, run_id)
    tasks = [kept.event.task for kept in recorded if isinstance(kept.event, Understood)]
    tests = _tests(tasks[-1]) if tasks else {}
    last = [candidate.as_built for candidate in db.candidates(engine, run_id)[-1:]]
    yield "README.txt", _text(_readme(run, recorded, last))
    if "visible/cosim.v" in tests:
        yield "tests/README.txt", _text(_TESTS)
        yield "tests/clock.v", _text(_CLOCK)
    yield "request.json", _json(json.loads(db.requested(engine, run_id).to_json()))
    yield "result.json", _json(asdict(run))
    if tasks:
        yield "task.json", _json(asdict(tasks[-1]))
    yield from ((f"tests/{name}", _text(content)) for name, content in tests.items())
    yield from ((f"design/{n}", _text(t)) for design in last for n, t in design.files.items())
    yield from _attempts(recorded, db.artifacts(engine, run_id))
    yield from _prompts(recorded)


def _readme(run: db.Run, recorded: Sequence[Recorded], last: Sequence[Design]) -> str:
    """What each file is; of the design's, which nobody has written."""
    proposed = [kept.event.design.files for kept in recorded if isinstance(kept.event, Proposed)]
    made = [name for design in last for name in design.files if name not in proposed[-1]]
    words = _GENERATED.format(names=", ".join(made)) if made else ""
    return _README.format(run=run.id, status=run.status, summary=run.summary, generated=words)


def _tests(task: Task) -> dict[str, str]:
    """The testbench, or the harness with the library's vectors for the task."""
    if task.testbench:
        return {"testbench.sv": task.testbench}
    if known_kernel(task.kernel) is None:
        return {}
    try:
        oracle = oracle_for(task)
    except ParameterError:  # a refused request
        return {}
    return {
        f"{folder}/{name}": text
        for folder, vectors in (("visible", oracle.visible), ("withheld", oracle.withheld))
        if vectors is not None
        for name, text in Harness(vectors, MAX_CYCLES).files().items()
    }


def _attempts(
    recorded: Sequence[Recorded], artifacts: Sequence[Artifact]
) -> Iterator[tuple[str, bytes | None]]:
    attempt = position = 0
    for kept in recorded:
        folder = f"attempts/{attempt:02}"
        match kept.event:
            case Proposed(design=design, testbench=testbench):
                attempt, position = attempt + 1, 0
                for name, text in design.files.items():
                    yield f"attempts/{attempt:02}/sources/{name}", _text(text)
                if testbench:
                    yield f"attempts/{attempt:02}/testbench.sv", _text(testbench)
            case Returned(report=report):
                position += 1
                stem = f"{folder}/reports/{position:02}-{report.tool}"
                yield f"{stem}.json", _json(_without_files(report))
                if report.log:
                    yield f"{stem}.log", _text(report.log)
                for left in artifacts:
                    if left.number == kept.number:
                        yield f"{stem}-files/{left.file_name}", _bytes(left)


def _prompts(recorded: Sequence[Recorded]) -> Iterator[tuple[str, bytes]]:
    answers: dict[str, str] = {}
    count = 0
    for kept in recorded:
        match kept.event:
            case Prompted() as prompt:
                count += 1
                yield f"prompts/{count:02}.json", _json(asdict(prompt))
            case Said(who="model", text=text) if count:
                name = f"prompts/{count:02}-answer.txt"
                answers[name] = answers.get(name, "") + text
    yield from ((name, _text(text)) for name, text in answers.items())


def _without_files(report: Report) -> dict[str, Any]:
    """The report as JSON values; its log and artifacts are files of their own."""
    kept = asdict(report)
    del kept["log"]
    return {**kept, "artifacts": sorted(report.artifacts)}


def _bytes(artifact: Artifact) -> bytes | None:
    return artifact.path.read_bytes() if artifact.path.is_file() else None


def _text(text: str) -> bytes:
    # Models and tools can produce lone surrogates; they are kept as they came.
    return text.encode("utf-8", "surrogatepass")


def _json(value: Mapping[str, Any]) -> bytes:
    def plain(other: object) -> str:
        return other.isoformat() if isinstance(other, datetime) else str(other)

    return (json.dumps(value, indent=2, sort_keys=True, default=plain) + "\n").encode()
