"""Reads `#pragma HLS` from C++ text: which loop, function or variable each one is about."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tools.report import Diagnostic

_PAIRS = {"(": ")", "{": "}", "[": "]"}

_BLANKED = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'", re.DOTALL)
_PRAGMA = re.compile(r"^[ \t]*#[ \t]*pragma[ \t]+HLS[ \t]+([^\n]*)$", re.M | re.I)
_MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)\((\w+)\)[ \t]+(\S+)[ \t]*$", re.M)
_LOOP = re.compile(r"\b(for|while|do)\b")
_LABEL = re.compile(r"([A-Za-z_]\w*)\s*:\s*$")
_FLAGS = ("off", "complete", "cyclic", "block", "rewind", "recursive", "region", "false", "true",
          "inter", "intra", "skip_exit_check")  # fmt: skip


@dataclass(frozen=True)
class Pragma:
    """One pragma: `words` are its bare words, `options` its `key=value` pairs, both in lower case
    but for names."""

    kind: str
    words: tuple[str, ...]
    options: Mapping[str, str]
    file: str
    line: int
    text: str

    def number(self, key: str, default: int | None = None) -> int | None:
        value = self.options.get(key, "")
        return int(value, 0) if re.fullmatch(r"\d+|0x[0-9a-fA-F]+", value) else default


@dataclass(frozen=True)
class Scope:
    """A loop or a function in the text, with its extent in lines and its pragmas."""

    kind: Literal["loop", "function"]
    file: str
    line: int
    start: int
    end: int
    name: str
    pragmas: tuple[Pragma, ...] = field(default=())

    def find(self, kind: str) -> Pragma | None:
        return next((p for p in self.pragmas if p.kind == kind), None)


def blank(text: str) -> str:
    """The text with comments and literals blanked out, at the same places."""
    return _BLANKED.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def as_directives(text: str) -> str:
    """The text with `_Pragma("HLS …")`, and macros of one argument for it, as `#pragma HLS …`.

    Only those in a line of their own are; every other character stays in its line.
    """
    names: list[str] = []
    for name, argument, body in _MACRO.findall(text):
        if body in (f"_Pragma(#{argument})", *(f"{other}({argument})" for other in names)):
            names.append(name)
    written = "|".join(["_Pragma", *names])
    alone = rf'^([ \t]*)(?:{written})[ \t]*\([ \t]*"?(HLS\b[^"\n]*?)"?[ \t]*\)[ \t]*;?[ \t]*$'
    return re.sub(alone, r"\1#pragma \2", text, flags=re.M)


def scopes(file: str, text: str) -> list[Scope]:
    """All loops and functions of a file, outer before inner, with the pragmas of each."""
    plain = blank(as_directives(text))
    joined = re.sub(r"\\\n", "  ", plain)
    found = [*_functions(file, joined), *_loops(file, joined)]
    pragmas: dict[int, list[Pragma]] = {}
    for match in _PRAGMA.finditer(joined):
        line = joined.count("\n", 0, match.start()) + 1
        inside = [i for i, s in enumerate(found) if s.start <= line <= s.end and _holds(s, line)]
        if inside:
            # Of scopes of the same lines a loop is within the function, and a later loop in it.
            inner = min(
                inside,
                key=lambda i: (found[i].end - found[i].start, found[i].kind == "function", -i),
            )
            pragmas.setdefault(inner, []).append(_read(match[1].strip(), file, line))
    full = [
        Scope(s.kind, s.file, s.line, s.start, s.end, s.name, tuple(pragmas.get(i, ())))
        for i, s in enumerate(found)
    ]
    return sorted(full, key=lambda s: (s.start, -s.end))


def _lines(scope: Scope) -> int:
    return scope.end - scope.start


def _holds(scope: Scope, line: int) -> bool:
    return scope.kind == "function" or line > scope.line or scope.start == scope.end


def _read(text: str, file: str, line: int) -> Pragma:
    text = re.sub(r"\s*=\s*", "=", text)
    kind, *rest = text.split()
    options, words = {}, []
    for word in rest:
        key, equals, value = word.partition("=")
        if equals:
            options[key.lower()] = value
        elif word.lower() in _FLAGS:
            words.append(word.lower())
        else:
            words.append(word)
    return Pragma(kind.lower(), tuple(words), options, file, line, text)


def _functions(file: str, text: str) -> Iterator[Scope]:
    pattern = re.compile(r"([A-Za-z_]\w*)\s*\(([^;{}()]|\([^()]*\))*\)\s*(?:const\s*)?\{")
    for match in pattern.finditer(text):
        if match[1] in ("if", "for", "while", "switch", "catch"):
            continue
        opening = match.end() - 1
        end = closing(text, opening)
        line = text.count("\n", 0, match.start()) + 1
        yield Scope("function", file, line, line, text.count("\n", 0, end) + 1, match[1])


def _loops(file: str, text: str) -> Iterator[Scope]:
    for match in _LOOP.finditer(text):
        at = match.end()
        if match[1] != "do":
            while at < len(text) and text[at].isspace():
                at += 1
            if at >= len(text) or text[at] != "(":
                continue
            at = closing(text, at) + 1
        while at < len(text) and (text[at].isspace() or text.startswith("#", at)):
            at = text.find("\n", at) if text[at] == "#" else at + 1
        if at >= len(text) or (match[1] == "while" and text[at] == ";"):
            continue
        end = closing(text, at) if text[at] == "{" else _statement_end(text, at)
        line = text.count("\n", 0, match.start()) + 1
        label = _LABEL.search(text[max(0, match.start() - 200) : match.start()])
        name = label[1] if label and label[1] not in ("default",) else ""
        yield Scope("loop", file, line, line, text.count("\n", 0, end) + 1, name)


def _statement_end(text: str, at: int) -> int:
    """Where the statement without braces ends that starts at `at`."""
    depth = 0
    for i in range(at, len(text)):
        if text[i] in "([{":
            depth += 1
        elif text[i] in ")]}":
            depth -= 1
            if depth == 0 and text[i] == "}":
                return i
        elif text[i] == ";" and depth == 0:
            return i
    return len(text) - 1


def closing(text: str, opening: int) -> int:
    """Where the bracket closes that opens at `opening`; the end of the text if it does not."""
    close, depth = _PAIRS[text[opening]], 0
    for i in range(opening, len(text)):
        if text[i] == text[opening]:
            depth += 1
        elif text[i] == close:
            depth -= 1
            if depth == 0:
                return i
    return len(text) - 1


_HEEDED = (
    "pipeline", "unroll", "array_partition", "array_reshape", "interface", "inline", "dependence",
    "allocation", "loop_flatten", "loop_tripcount",
    "bind_op", "bind_storage", "latency", "resource", "dataflow", "disaggregate", "stream", "top",
)  # fmt: skip
_UNHEEDED = (
    "aggregate", "expression_balance", "function_instantiate",
    "loop_merge", "occurrence", "protocol", "reset",
    "stable",
)  # fmt: skip


def heeded() -> tuple[str, ...]:
    """The pragmas that have an effect, as they are written."""
    return tuple(name.upper() for name in _HEEDED)


def unheeded(found: list[Scope]) -> list[Diagnostic]:
    """A warning for each pragma that is not known, or has no effect here."""
    said = []
    for scope, pragma in ((s, p) for s in found for p in s.pragmas):
        if pragma.kind == "dataflow" and scope.kind == "loop":
            text = "the pragma HLS 'dataflow' has no effect on a loop, only on a function"
            said.append(Diagnostic("warning", text, pragma.file, pragma.line, "PRAGMA"))
        if pragma.kind in _HEEDED:
            continue
        known = pragma.kind in _UNHEEDED
        what = "has no effect in this engine" if known else "is not known; it has no effect"
        text = f"the pragma HLS {pragma.kind!r} {what}"
        said.append(Diagnostic("warning", text, pragma.file, pragma.line, "PRAGMA"))
    return said


def unnamed(found: list[Scope], sources: Mapping[str, str]) -> list[Diagnostic]:
    """A warning for each array, argument or function of a pragma that the sources do not have."""
    said = []
    for pragma in (p for s in found for p in s.pragmas):
        if pragma.kind in ("array_partition", "array_reshape"):
            what, after = "array", r"[\[;,)=]"
            name = pragma.options.get("variable", "").rpartition(".")[2]
        elif pragma.kind == "interface":
            what, name, after = "argument", _port(pragma), r"[\[,)]"
        else:
            what, name, after = "function", limited(pragma), r"[(<]"
        named = re.compile(rf"\b{re.escape(name)}\b\s*{after}")
        if name and not any(named.search(text) for text in sources.values()):
            text = f"there is no {what} {name!r}, which {pragma.kind.upper()} names"
            said.append(Diagnostic("warning", text, pragma.file, pragma.line, "PRAGMA"))
    return said


def _port(pragma: Pragma) -> str:
    """The argument that an INTERFACE is about; "" for the call itself."""
    name = pragma.options.get("port", "")
    return "" if name in ("return", "ap_return") else name


def wanted(
    found: list[Scope], files: list[str], top: str, kernel: str, keep: bool = False
) -> dict[str, object]:
    """What `run_llvm.py` is told: unrolling factors by line, extents to unroll whole, loops of
    which the source says something, variables whose memory it chooses, the dataflow region and
    whether there must be one, and if it may `keep` functions, which ones. `top` is the wrapper's
    name, `kernel` that of the function in it."""
    unroll, whole, told, placed = {}, [], [], set()
    for scope in found:
        placed |= {name for p in scope.pragmas if (name := p.options.get("variable"))}
        if scope.kind == "loop" and scope.pragmas:
            told.append(f"{scope.file}:{scope.line}")
        pipeline = scope.find("pipeline")
        if pipeline and "off" not in pipeline.words:
            whole.append([scope.file, scope.line, scope.end])
        pragma = scope.find("unroll")
        if pragma and scope.kind == "loop" and "off" not in pragma.words:
            unroll[f"{scope.file}:{scope.line}"] = pragma.number("factor", 0)
    return {
        "unroll": unroll, "whole": whole, "told": told, "placed": sorted(placed),
        "files": files, "top": top,
        "region": region(found, kernel), "must": is_region(found, kernel),
        "kept": kept(found, kernel) if keep else {}, "inlined": {},
    }  # fmt: skip


def kept(found: list[Scope], kernel: str) -> dict[str, tuple[str, int]]:
    """The functions that are to have a module of their own, with the places of the pragmas."""
    asked: dict[str, tuple[str, int]] = {}
    for scope, pragma in ((s, p) for s in found for p in s.pragmas):
        if pragma.kind == "inline" and scope.kind == "function" and "off" in pragma.words:
            asked[scope.name] = (pragma.file, pragma.line)
        elif name := limited(pragma):
            asked[name] = (pragma.file, pragma.line)
    asked.pop(kernel, None)
    return asked


def limited(pragma: Pragma) -> str:
    """The function whose instances an ALLOCATION limits; empty if it is of operators."""
    words = [word.lower() for word in pragma.words]
    is_function = pragma.kind == "allocation" and "function" in words
    return pragma.options.get("instances", "") if is_function else ""


def region(found: list[Scope], kernel: str) -> list[str]:
    """The functions that make one dataflow region of the kernel: itself, those with DATAFLOW, and
    those that ask to be inlined. Empty when no function has the pragma."""
    functions = [s for s in found if s.kind == "function"]
    regions = [s.name for s in functions if s.find("dataflow")]
    inlined = [s.name for s in functions if (p := s.find("inline")) and "off" not in p.words]
    return list(dict.fromkeys([kernel, *regions, *inlined])) if regions else []


def is_region(found: list[Scope], kernel: str) -> bool:
    """Whether the kernel itself has the pragma DATAFLOW."""
    return any(s.kind == "function" and s.name == kernel and s.find("dataflow") for s in found)
