"""Files from a model's answer, in whichever of the usual shapes it gives them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from agents.blocks import Block, blocks, calls_in_json, files_of_call, without_thoughts
from agents.designer import NoDesign
from prompts.design import CXX_SUFFIXES, VERILOG_SUFFIXES, check_name
from prompts.verilog_text import Module, modules, roots

_TESTBENCH_NAME = re.compile(
    r"(?:tb|test_?bench)(?:[_.-]|$)|test\.|.*[_-](?:tb|test_?bench|test)\.", re.IGNORECASE
)
_BARE_VERILOG = re.compile(
    r"^[ \t]*(?:`timescale[^\n]*\n\s*)?module\s+\w+.*\bendmodule\b(?:[ \t]*:[ \t]*\w+)?",
    re.MULTILINE | re.DOTALL,
)
_BARE_CXX = re.compile(r"^[ \t]*#include\b.*^\}", re.MULTILINE | re.DOTALL)
_FUNCTION = re.compile(r"^\s*(?:[\w:<>]+\s+)+(\w+)\s*\([^;{]*\)\s*\{", re.MULTILINE)
_MAIN = re.compile(r"^\s*int\s+main\s*\(", re.MULTILINE)


@dataclass(frozen=True)
class Extracted:
    """The design's files by name, and the testbench that came with them, if any."""

    files: Mapping[str, str]
    testbench: str = ""

    @property
    def modules(self) -> list[Module]:
        """All modules of the design's Verilog files."""
        sources = (t for n, t in self.files.items() if n.endswith(VERILOG_SUFFIXES))
        return [module for source in sources for module in modules(source)]


def extract(answer: str, calls: Sequence[Mapping[str, object]] = (), top: str = "") -> Extracted:
    """The files of an answer; `top` names those that come without a name.

    `calls` are tool calls (`name`, `args`); when they hold files, the text is not looked at. C++
    with a `main` is a test and left out. Raises `NoDesign` when there is no code, or when a file or
    a module comes twice.
    """
    text = without_thoughts(answer)
    found = [block for call in calls for block in files_of_call(call.get("args"))]
    if not found:
        fenced = blocks(text)
        found = calls_in_json(fenced) or fenced or _bare(text)
    named = _named([block for block in found if _is_code(block)], top)
    kept = {n: t for n, t in named.items() if n.endswith(VERILOG_SUFFIXES) or not _MAIN.search(t)}
    if not kept:
        raise NoDesign(
            "the answer holds no code; return every file in full, each in a fenced block headed by "
            "its name"
        )
    extracted = _apart(kept)
    _check_modules(extracted)
    return extracted


def single_root(extracted: Extracted) -> str:
    """The one module that no other instantiates; raises `NoDesign` when there is not just one."""
    found = roots(extracted.modules)
    if len(found) != 1:
        told = f"{len(found)} ({', '.join(found)})" if found else "none"
        raise NoDesign(
            f"a design has one top module, which no other instantiates; the answer has {told}"
        )
    return found[0]


def _bare(text: str) -> list[Block]:
    """Code that stands in the prose without fences."""
    verilog = _BARE_VERILOG.search(text)
    rest = text if verilog is None else text[: verilog.start()] + text[verilog.end() :]
    cxx = _BARE_CXX.search(rest)
    found = [] if verilog is None else [Block("verilog", "", verilog.group().strip() + "\n")]
    return found if cxx is None else [*found, Block("cpp", "", cxx.group().strip() + "\n")]


def _is_code(block: Block) -> bool:
    """Whether a block is a file: it has a source file's name, or it is whole and looks like one."""
    if block.name:
        return block.name.endswith((*VERILOG_SUFFIXES, *CXX_SUFFIXES)) and bool(block.text.strip())
    if block.language in ("", "verilog"):
        return bool(modules(block.text)) or (not block.language and _is_cxx(block.text))
    return block.language == "cpp" and _is_cxx(block.text)


def _is_cxx(text: str) -> bool:
    return _FUNCTION.search(text) is not None and ("#include" in text or "ap_" in text)


def _named(found: Sequence[Block], top: str) -> dict[str, str]:
    files: dict[str, str] = {}
    for block in found:
        name = PurePosixPath(block.name).name or _name_for(block, top)
        try:
            check_name(name)
        except ValueError as error:
            raise NoDesign(str(error)) from error
        if files.get(name, block.text) != block.text:
            raise NoDesign(f"the answer has two different files {name!r}; return each file once")
        files[name] = block.text
    return files


def _name_for(block: Block, top: str) -> str:
    """A name from what the block defines."""
    there = modules(block.text)
    if there:
        parts = [module for module in there if not _is_bench(module)] or there
        names = [module.name for module in parts]
        own = top if top in names else (roots(parts) or names)[0]
        return f"{own}.v"
    functions: list[str] = _FUNCTION.findall(block.text)
    own = top if top in functions or not functions else functions[-1]
    return f"{own}.cpp"


def _is_bench(module: Module) -> bool:
    return module.portless and bool(module.instances)


def _apart(files: Mapping[str, str]) -> Extracted:
    """Testbench modules out of the design's files.

    A testbench is a file that is called one, or a module without ports that has an instance.
    """
    design: dict[str, str] = {}
    benches = []
    for name, text in files.items():
        if not name.endswith(VERILOG_SUFFIXES):
            if not _TESTBENCH_NAME.match(name):
                design[name] = text
            continue
        if _TESTBENCH_NAME.match(name):
            benches.append(text)
            continue
        left = text
        for module in reversed(modules(text)):
            if _is_bench(module):
                benches.append(text[module.start : module.end].strip() + "\n")
                left = left[: module.start].rstrip() + "\n" + left[module.end :].lstrip("\n")
        if modules(left) or left == text:
            design[name] = left
    if not any(name.endswith(VERILOG_SUFFIXES) for name in design) and benches:
        raise NoDesign("the answer holds a testbench, but no module of the design itself")
    return Extracted(design, "\n".join(benches))


def _check_modules(extracted: Extracted) -> None:
    counts = Counter(module.name for module in extracted.modules)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        raise NoDesign(
            f"the answer defines module {twice[0]!r} {counts[twice[0]]} times; define each "
            "module once, in one file"
        )
