"""The cache of results: what is answered from it, what is not, and what goes when it is full."""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from prompts.demos import demos
from tools import cache
from tools.cosim import cosim
from tools.errors import TimedOut, ToolError
from tools.find import find
from tools.home import cache_folder
from tools.plan import Command, Plan, carry_out, watching
from tools.process import Limits
from tools.readings import remembered
from tools.report import Diagnostic, Report


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of each test's own."""
    monkeypatch.setenv("SILIWRIGHT_HOME", str(tmp_path / "home"))


def printing(text: str, **options: object) -> Plan:
    script = f"print({text!r}); open('left.txt', 'w').write({text!r})"
    return Plan({"say.py": script}, (Command("python", ("say.py",)),), keep=("*.txt",), **options)  # type: ignore[arg-type]


def entries() -> set[Path]:
    return {path for path in cache_folder().glob("??/*") if not path.name.startswith("draft-")}


def entry(name: str, size: int, age_s: float) -> Path:
    """An entry as it is on disk, last used so long ago."""
    folder = cache_folder() / name[:2] / name
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "data").write_bytes(bytes(size))
    (folder / "outcome.json").write_text("{}")
    os.utime(folder / "outcome.json", (time.time() - age_s,) * 2)
    return folder


def test_the_same_digest_is_answered_without_a_program() -> None:
    first, second = carry_out(printing("a")), carry_out(printing("a"))
    assert (first.cached, second.cached) == (False, True)
    assert second.stdout == first.stdout == "a\n"
    assert second.files["left.txt"].read_text() == "a"
    assert not carry_out(printing("b")).cached


def test_without_the_cache_the_result_is_made_anew_and_kept() -> None:
    carry_out(printing("a"))
    (kept,) = entries()
    (kept / "files" / "left.txt").write_text("spoilt")
    assert not carry_out(printing("a"), cache=False).cached
    assert carry_out(printing("a")).files["left.txt"].read_text() == "a"


def test_a_limit_that_was_met_is_not_cached() -> None:
    slow = Plan(
        {"slow.py": "import time; time.sleep(60)"},
        (Command("python", ("slow.py",)),),
        limits=Limits(time_s=0.5),
    )
    for _ in range(2):
        with pytest.raises(TimedOut, match=r"0\.5 s, its time limit"):
            carry_out(slow)
    assert entries() == set()


def test_programs_are_known_by_version_arguments_and_their_own_scripts() -> None:
    version, *rest = find("slang").identity()
    assert version == find("slang").version
    assert any("pyslang" in text for text in rest)


def _say(text: str) -> str:
    return carry_out(printing(text)).files["left.txt"].read_text()


def test_several_processes_may_store_the_same_result() -> None:
    with ProcessPoolExecutor(4) as pool:
        assert list(pool.map(_say, ["same"] * 8)) == ["same"] * 8
    assert len(entries()) == 1
    assert list(cache_folder().glob("??/draft-*")) == []


def test_the_least_recently_used_goes_first() -> None:
    old = entry("aa11", 600, age_s=300)
    new = entry("bb22", 600, age_s=100)
    used = entry("cc33", 600, age_s=400)
    assert cache.read(used) is not None  # and so it was used just now
    assert cache.evict(1400, spared_s=0) > 0
    assert (old.exists(), new.exists(), used.exists()) == (False, True, True)
    assert cache.evict(10**9, spared_s=0) == 0


def test_what_may_be_in_use_is_spared() -> None:
    fresh = entry("aa11", 600, age_s=10)
    assert cache.evict(0) == 0
    assert fresh.exists()


def test_storing_keeps_the_cache_under_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILIWRIGHT_CACHE_GB", "0.000001")
    assert cache.limit_bytes() == 1000
    old = entry("aa11", 5000, age_s=100_000)
    carry_out(printing("a"))
    assert not old.exists()
    monkeypatch.setenv("SILIWRIGHT_CACHE_GB", "much")
    assert cache.limit_bytes() == cache.DEFAULT_GB * 1e9


def test_a_plan_builds_on_another() -> None:
    made = printing("base")
    script = "import sys; print(open(sys.argv[1]).read())"
    upon = Plan(
        {"read.py": script},
        (Command("python", ("read.py", "@BASE@/left.txt")),),
        built={"BASE": made},
    )
    with watching() as plans:
        assert carry_out(upon).stdout == "base\n"
    assert plans == [made, upon]
    other = Plan(upon.files, upon.commands, built={"BASE": printing("other")})
    assert other.digest() != upon.digest()
    broken = Plan({"say.py": "sys.exit('no')"}, (Command("python", ("say.py",)),))
    with pytest.raises(ToolError, match="builds on"):
        carry_out(Plan(upon.files, upon.commands, built={"BASE": broken}))


def test_new_vectors_run_on_the_simulator_that_is_there(
    shared_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SILIWRIGHT_HOME", str(shared_cache))  # with the compiled runtime
    demo = demos()["dot_product"]
    settings = demo.settle({"length": 24, "lanes": 3})
    design = demo.design(settings)
    assert cosim(design, demo.vectors(settings, seed=1)).passed
    with watching() as plans:
        report = cosim(design, demo.vectors(settings, seed=2, count=3))
    assert report.passed and not report.cached
    run = plans[-1]
    assert carry_out(run.built["SIMULATOR"]).cached
    assert {plan.digest() for plan in plans} == {run.digest(), run.built["SIMULATOR"].digest()}


def test_a_plan_holds_files_of_the_cache_by_their_content() -> None:
    kept = carry_out(printing("a")).files["left.txt"]
    script = {"read.py": "print(open('given.txt').read())"}
    command = (Command("python", ("read.py",)),)
    plan = Plan({**script, "given.txt": kept}, command)
    assert plan.digest() == Plan({**script, "given.txt": "a"}, command).digest()
    assert plan.digest() == Plan({**script, "given.txt": kept}, command).digest()
    assert carry_out(plan).stdout == "a\n"
    other = carry_out(printing("b")).files["left.txt"]
    assert plan.digest() != Plan({**script, "given.txt": other}, command).digest()
    assert b"given.txt" in plan.archive()


def test_an_outcome_is_read_once() -> None:
    read: list[str] = []

    def report() -> Report:
        read.append("again")
        found = (Diagnostic("warning", "a word", "say.py", 1),)
        return Report("say", "passed", "it spoke", found, {"words": 1}, {"list": [1, 2]})

    outcome = carry_out(printing("a"))
    first = remembered((outcome,), ("en",), report)
    assert remembered((carry_out(printing("a")),), ("en",), report) == first
    assert read == ["again"]
    assert remembered((outcome,), ("de",), report) == first
    assert remembered((outcome, carry_out(printing("b"))), ("en",), report) == first
    anew = carry_out(printing("a"), cache=False)
    assert remembered((anew,), ("en",), report) == first
    assert len(read) == 4
