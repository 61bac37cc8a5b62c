"""Hostile inputs, through the real tools, in each way of containing them that works here."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import tools.find
from prompts.design import Design
from prompts.interface import Argument, Interface
from prompts.vectors import Call, Vectors
from tools import sandbox
from tools.cosim import cosim
from tools.csim import csim
from tools.errors import MissingTool, TimedOut, ToolError
from tools.find import has
from tools.lint import lint
from tools.parse import parse
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.report import Report
from tools.simulate import simulate
from tools.synthesize import synthesize

ROOT = Path(__file__).parents[1]
SECRET = "a-secret-that-must-not-get-out"
SOURCE = (Path(__file__).parent / "hostile" / "hostile.cpp").read_text()
COMPILED = Plan(
    files={"hostile.cpp": SOURCE},
    commands=(Command("c++", ("-std=c++17", "-w", "hostile.cpp", "-o", "hostile")),),
    keep=("hostile",),
)
ADD_ONE = Interface(
    "add_one",
    (Argument("a", "scalar", "in", 8, False), Argument("y", "scalar", "out", 8, False)),
)
STRONGEST = [next((way for way in sandbox.WAYS if sandbox.works(way)), "bwrap")]
"""For inputs that take long and whose containment differs little between the ways."""
CALLS = Vectors(ADD_ONE, (Call({"a": np.array(7)}, {"y": np.array(8)}),))


@dataclass(frozen=True)
class Place:
    """Where a test's programs run: what they may not read, and the folder of their folders."""

    way: sandbox.Way
    secret: Path
    folders: Path
    port: int

    def left_over(self) -> list[str]:
        """Processes that still have a folder of this test's in their environment."""
        mark = f"HOME={self.folders}/".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (path / "environ").read_bytes():  # empty once it has ended
                    found.append((path / "cmdline").read_text())
            except OSError:
                continue
        return found

    def check(self) -> None:
        """Nothing was written outside, the secret is as it was, and no process is left."""
        deadline = time.monotonic() + 5
        while (left := self.left_over()) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert left == []
        assert self.secret.read_text() == SECRET
        assert self.secret.stat().st_mode & 0o777 == 0o600
        assert sorted(p.name for p in self.secret.parent.iterdir()) == ["secret.hex", "socket"]
        assert list(self.folders.iterdir()) == []


@pytest.fixture(scope="session", autouse=True)
def compiled(shared_cache: Path) -> None:
    assert carry_out(COMPILED).returncode == 0


@pytest.fixture(params=sandbox.WAYS)
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    way: sandbox.Way = request.param
    if not sandbox.works(way):
        pytest.skip(f"{way} does not work on this machine")
    monkeypatch.setenv("SILIWRIGHT_SANDBOX", way)
    monkeypatch.setenv("SILIWRIGHT_TEST_KEY", SECRET)
    sandbox.way.cache_clear()
    (tmp_path / "user").mkdir()
    (tmp_path / "runs").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "runs"))
    secret = tmp_path / "user" / "secret.hex"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        here = Path.cwd()
        os.chdir(secret.parent)  # the path of a socket is limited to 108 bytes
        local.bind("socket")
        os.chdir(here)
        local.listen()
        abstract.bind(f"\0siliwright-{server.getsockname()[1]}")
        abstract.listen()
        made = Place(way, secret, (tmp_path / "runs").resolve(), server.getsockname()[1])
        yield made
        made.check()
    sandbox.way.cache_clear()


def act(place: Place, name: str, limits: Limits) -> Outcome:
    arguments = (name, str(place.secret), str(place.port))
    plan = Plan(
        files={},
        commands=(Command("@HOSTILE@/hostile", arguments),),
        built={"HOSTILE": COMPILED},
        limits=limits,
    )
    return carry_out(plan, cache=False)


REACHING = (
    *("read-secret", "read-passwd", "read-shadow", "read-by-symlink", "read-by-hard-link"),
    *("read-by-dots", "read-by-proc-root", "read-by-proc-cwd", "read-memory-of-init", "read-disk"),
    *("rename-secret", "remove-secret", "truncate-secret", "chmod-secret", "write-beside-secret"),
    *("write-system", "write-root", "write-passwd", "mkdir-outside", "mknod", "environment"),
    *("environment-of-parent", "tcp", "udp", "raw-socket", "unix-socket", "abstract-socket"),
    *("ptrace-parent", "kill-parent", "become-root", "mount", "own-namespace", "chroot", "bpf"),
    *("raise-limit", "sparse-file", "fill-scratch"),
)
ENDED = {
    "hang": "time",
    "ignore-signals": "time",
    "flood": "output",
    "flood-errors": "output",
    "fork-bomb": "time",
    "detach-and-hang": "time",
    "allocate-in-children": "memory",
    "fill-disk": "disk",
    "many-files": "files",
    "deep-folders": "files",
}
CRASHING = {
    "crash": {signal.SIGSEGV},
    "illegal": {signal.SIGILL, signal.SIGTRAP},
    "abort": {signal.SIGABRT},
    "overflow-stack": {signal.SIGSEGV},
    "allocate": {signal.SIGSEGV, signal.SIGABRT},
    "large-file": {signal.SIGXFSZ},
}


@pytest.mark.parametrize("name", REACHING)
def test_a_program_reaches_nothing_outside(place: Place, name: str) -> None:
    outcome = act(place, name, Limits(time_s=10, file_bytes=1 << 30))
    assert "reached" not in outcome.stdout
    assert outcome.returncode in (0, 128 + signal.SIGXFSZ), outcome.log


@pytest.mark.parametrize("name", ENDED)
def test_a_program_that_uses_too_much_is_ended(place: Place, name: str) -> None:
    limits = Limits(
        time_s=1.0 if ENDED[name] == "time" else 20,
        output_bytes=1 << 20,
        resident_bytes=256 << 20,
        folder_bytes=20 << 20,
        folder_files=1000,
        processes=64,
    )
    with pytest.raises(TimedOut, match=rf"hostile was stopped .*{ENDED[name]}"):
        act(place, name, limits)


@pytest.mark.parametrize("name", CRASHING)
def test_a_program_that_crashes_is_told_from_one_that_ends(place: Place, name: str) -> None:
    outcome = act(place, name, Limits(memory_bytes=512 << 20, file_bytes=1 << 20))
    assert outcome.crashed
    assert outcome.returncode - 128 in CRASHING[name]


def test_nothing_outlives_a_program_that_ends(place: Place) -> None:
    assert act(place, "detach", Limits(time_s=10)).returncode == 0
    place.check()


def test_a_fine_program_runs(place: Place) -> None:
    assert act(place, "fine", Limits()).stdout == "fine\n"


def test_nothing_outlives_a_process_of_ours_that_is_killed(place: Place) -> None:
    """As when the system runs out of memory: no handler of ours can run."""
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(place.folders)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        stdout=subprocess.PIPE,
    )
    deadline = time.monotonic() + 20
    while not any("detach-and-hang" in line for line in place.left_over()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(0.1)
    worker.kill()
    worker.communicate()
    while place.left_over() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert place.left_over() == []
    for folder in place.folders.iterdir():  # a killed process leaves its files
        subprocess.run(["rm", "-rf", str(folder)], check=True)


KILLED = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from test_sandbox import COMPILED
from tools.plan import Command, Plan, carry_out
command = Command("@HOSTILE@/hostile", ("detach-and-hang",))
carry_out(Plan({}, (command,), built={"HOSTILE": COMPILED}), cache=False)
"""


CXX = """\
#include "ap_int.h"
{head}
void add_one(ap_uint<8> a, ap_uint<8> &y) {{
    {body}
    y = a + 1;
}}
"""
SOURCES = {
    "include-passwd": ('#include "/etc/passwd"', ""),
    "include-secret": ('#include "{secret}"', ""),
    "include-loop": ('#include "add_one.cpp"', ""),
    "assemble-secret": ('asm("x: .incbin \\"{secret}\\"");', ""),
    "macro-bomb": (
        "#define A0 1,\n"
        + "".join(f"#define A{i} {f'A{i - 1} ' * 10}\n" for i in range(1, 9))
        + "int bomb[] = {{A8}};",
        "",
    ),
    "template-bomb": (
        "template <int N> struct B {{ B<N - 1> l; B<(N * 7 + 1)> r; }};",
        "B<100000> bomb;",
    ),
    "binary-junk": ("\x00\x01\x7f\x1b[31m\ufffd" * 100, ""),
    "plugin": ('#pragma GCC plugin "{secret}"\n#error end', ""),
    "exit-early": ("#include <stdlib.h>", "exit(0);"),
    "junk-results": (
        "#include <stdio.h>\n#include <unistd.h>",
        'FILE *f = fopen("results.txt", "w"); fputs("{{junk}}", f); fclose(f); _exit(0);',
    ),
    "no-results": ("#include <unistd.h>", 'unlink("results.txt"); _exit(0);'),
    "linked-results": (
        "#include <unistd.h>",
        'unlink("results.txt"); symlink("{secret}", "results.txt"); _exit(0);',
    ),
    "constructor": ("__attribute__((constructor)) void first() {{ __builtin_trap(); }}", ""),
}


@pytest.mark.parametrize("name", SOURCES)
def test_hostile_cxx_fails_with_a_sentence(place: Place, name: str) -> None:
    head, body = (text.format(secret=place.secret) for text in SOURCES[name])
    design = Design({"add_one.cpp": CXX.format(head=head, body=body)}, "add_one", ADD_ONE)
    assert refused(lambda: csim(design, CALLS, time_s=4, cache=False))


def refused(run: Callable[[], Report]) -> bool:
    """Whether the tool fails, by a report or an error; in words, and without the secret."""
    try:
        report = run()
    except ToolError as error:
        assert str(error)
        assert SECRET not in str(error)
        return True
    assert report.summary
    assert SECRET not in report.text() + report.log
    return report.status in ("failed", "error")


HANGING = """
    function automatic integer f(input integer n);
        begin f = 0; while (1) f = f + n; end
    endfunction"""
BUFFER = "module m(input a, output y); assign y = a; endmodule"
VERILOG = {
    "include-passwd": f'`include "/etc/passwd"\n{BUFFER}',
    "include-secret": f'`include "SECRET"\n{BUFFER}',
    "include-loop": f'`include "m.v"\n{BUFFER}',
    "recursive": "module m(input a, output y); m again(a, y); endmodule",
    "hang-in-constant": f"""module m(output [31:0] y); {HANGING}
        localparam P = f(1); wire [P:0] w; assign y = f(1); endmodule""",
    "million-instances": """module s(input a, output y); assign y = a; endmodule
        module m(input a, output [999999:0] y); genvar i; generate
        for (i = 0; i < 1000000; i = i + 1) begin : g s s(a, y[i]); end endgenerate endmodule""",
    "huge-memory": """module m(input c, input [30:0] i, input [7:0] d, output reg [7:0] q);
        reg [7:0] r [0:2147483647]; always @(posedge c) begin
        r[i] <= d; q <= r[i]; end endmodule""",
    "read-secret": """module m(input c, output reg [7:0] q); reg [7:0] r [0:63];
        initial $readmemh("SECRET", r); always @(posedge c) q <= r[0]; endmodule""",
    "macro-bomb": "`define A0 1 +\n"
    + "".join(f"`define A{i} {f'`A{i - 1} ' * 10}\n" for i in range(1, 6))
    + "module m(output [31:0] y); assign y = `A5 0; endmodule",
    "binary-junk": "\x00\x01\x7f\x1b[31m\ufffd" * 1000,
    "nested": f"module m(input a, output y); assign y = {'(' * 20000}",
    "empty": "",
}


@pytest.mark.parametrize("place", STRONGEST, indirect=True)
@pytest.mark.parametrize("name", VERILOG)
def test_hostile_verilog_is_refused_by_a_tool_that_reads_it(place: Place, name: str) -> None:
    text = VERILOG[name].replace("SECRET", str(place.secret))
    design = Design({"m.v": text}, "m")
    runs: tuple[Callable[[], Report], ...] = (
        lambda: lint(design, cache=False),
        lambda: parse(design, cache=False),
        lambda: synthesize(design, time_s=3, cache=False),
    )
    assert any([refused(run) for run in runs])


@pytest.mark.parametrize("place", STRONGEST, indirect=True)
def test_a_source_of_twenty_megabytes_is_refused(place: Place) -> None:
    text = "module m(input a, output y); /* " + "and so on\n" * 2_000_000
    assert refused(lambda: lint(Design({"m.v": text}, "m"), cache=False))


TESTBENCHES = {
    "system": 'initial begin $system("cat SECRET"); $display("PASS"); $finish; end',
    "read": """integer f; reg [8*40:1] text; integer n;
        initial begin f = $fopen("SECRET", "r"); n = $fgets(text, f); $display("PASS %0s", text);
        $finish; end""",
    "read-memory": """reg [7:0] r [0:63]; integer i;
        initial begin $readmemh("SECRET", r); for (i = 0; i < 9; i = i + 1) $display("%h", r[i]);
        if (r[0] === 8'hxx) $display("PASS"); $finish; end""",
    "write": """integer f;
        initial begin f = $fopen("OUTSIDE", "w"); if (f) $fdisplay(f, "planted");
        $display("PASS"); $finish; end""",
    "forever": "initial forever begin end",
    "flood": 'initial forever $display("flood flood flood flood flood flood flood flood");',
}


@pytest.mark.skipif(not has("iverilog"), reason="needs iverilog (apt-get install iverilog)")
@pytest.mark.parametrize("name", TESTBENCHES)
def test_a_hostile_testbench_reaches_nothing(place: Place, name: str) -> None:
    """What it writes outside, or leaves, is looked for at the end of every test."""
    text = TESTBENCHES[name].replace("SECRET", str(place.secret))
    text = text.replace("OUTSIDE", str(place.secret.parent / "planted"))
    design = Design({"m.v": BUFFER}, "m")
    bench = f"module tb; {text} endmodule"
    if name in ("forever", "flood"):
        with pytest.raises(TimedOut, match="vvp was stopped after"):
            simulate(design, bench, "tb", time_s=2, cache=False)
    else:
        report = simulate(design, bench, "tb", time_s=10, cache=False)
        assert SECRET not in report.text() + report.log


@pytest.mark.full  # the simulator's runtime is compiled for it
@pytest.mark.parametrize("place", STRONGEST, indirect=True)
def test_a_hostile_design_reaches_nothing_from_co_simulation(place: Place) -> None:
    text = f"""module add_one (
        input ap_clk, input ap_rst, input ap_start, output ap_done, output ap_idle,
        output ap_ready, input [7:0] a, output [7:0] y, output y_ap_vld);
        initial $system("cat {place.secret}; touch {place.secret.parent}/planted");
    endmodule"""
    assert refused(
        lambda: cosim(Design({"add_one.v": text}, "add_one", ADD_ONE), CALLS, cache=False)
    )


FINE = Design({"add_one.cpp": CXX.format(head="", body="")}, "add_one", ADD_ONE)
BROKEN_TOOLS = {
    "crashes": ("kill -SEGV $$", "crashed with signal 11"),
    "is-killed": ("kill -KILL $$", "crashed with signal 9"),
    "fails": ("echo an odd word >&2; exit 3", "does not compile"),
    "hangs": ("while :; do :; done", "time limit"),
    "floods": ("while :; do echo flood flood flood flood flood; done", "output limit"),
    "makes-nothing": ("exit 0", "csim"),
}


@pytest.mark.parametrize("place", STRONGEST, indirect=True)
@pytest.mark.parametrize("name", BROKEN_TOOLS)
def test_a_tool_that_is_broken_is_named(
    place: Place, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, expected = BROKEN_TOOLS[name]
    compiler = tmp_path / "tool" / "broken-cxx"
    compiler.parent.mkdir()
    compiler.write_text(f'#!/bin/sh\n[ "$1" = --version ] && exit 0\n{script}\n')
    compiler.chmod(0o755)
    monkeypatch.setenv("CXX", str(compiler))
    tools.find._locate.cache_clear()
    try:
        assert tools.find.find("c++").version == "broken-cxx unknown"
        try:
            said = csim(FINE, CALLS, time_s=2 if name == "hangs" else 20, cache=False).summary
        except ToolError as error:
            said = str(error)
    finally:
        tools.find._locate.cache_clear()
    assert expected in said


def test_a_tool_that_is_missing_says_what_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    tools.find._locate.cache_clear()
    try:
        with pytest.raises(MissingTool, match="apt-get install iverilog"):
            tools.find.find("iverilog")
    finally:
        tools.find._locate.cache_clear()


def test_no_sandbox_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "works", lambda way: False)
    sandbox.way.cache_clear()
    with pytest.raises(ToolError, match="generated code will not be run"):
        carry_out(Plan({}, (Command("python", ("-c", "pass")),)), cache=False)
    monkeypatch.setenv("SILIWRIGHT_SANDBOX", "strong")
    with pytest.raises(ToolError, match="'strong'; it can be one of bwrap, namespaces, landlock"):
        sandbox.way()


@pytest.mark.parametrize(
    "name", ["../m.v", "/etc/m.v", "a b.v", "m'.v", 'm".v', "m\n.v", "m\0.v", "..v", ".m.v", "-m.v"]
)
def test_a_name_that_could_lead_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not allowed"):
        Design({name: BUFFER}, "m")
