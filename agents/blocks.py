"""Named blocks of text in a model's answer: fenced Markdown, JSON, and tool calls."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

_THOUGHTS = re.compile(
    r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE
)
_END_OF_THOUGHT = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.I)
_FENCE = re.compile(r"^[ \t]*(?:>[ \t]?)?(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*?)[ \t]*$")
_FILE = re.compile(r"[\w./\\-]*\w\.(?:svh?|vh?|cpp|cc|cxx|c|hpp|h)\b(?![\w/])")
_HEADING = re.compile(
    r"^\s*(?://|/\*|#)\s*(?:file(?:\s*name)?\s*:?\s*)?(?P<name>[\w./\\-]+)\s*"
    r"(?:$|\*/|[-\u2013\u2014:(].*)",
    re.IGNORECASE,
)
_LANGUAGES = {
    **dict.fromkeys(("verilog", "systemverilog", "sv", "v", "vlog"), "verilog"),
    **dict.fromkeys(("cpp", "c++", "cxx", "cc", "c", "h", "hpp", "hls", "vitis_hls"), "cpp"),
    **dict.fromkeys(("", "text", "txt", "plaintext", "code"), ""),
    **dict.fromkeys(("markdown", "md"), "markdown"),
    "json": "json",
}
_MAX_LEAD = 160
"""A line before a block names its file only when it is short."""


@dataclass(frozen=True)
class Block:
    """A piece of an answer: `language` is `verilog`, `cpp`, `json`, `markdown`, `""` or `other`."""

    language: str
    name: str
    text: str


def without_thoughts(answer: str) -> str:
    """The answer with Unix newlines and without the parts in which a model thinks aloud."""
    text = answer.replace("\r\n", "\n").replace("\r", "\n")
    text = _THOUGHTS.sub("", text)
    return _END_OF_THOUGHT.sub("", text)


def blocks(text: str) -> list[Block]:
    """The fenced blocks in order; a Markdown block gives those inside it, a last one may be open.

    A fence with a language inside a block of code means that the fence before it was forgotten.
    """
    found: list[Block] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        opening = _FENCE.match(lines[number])
        if opening is None:
            number += 1
            continue
        end, after = _closing(lines, number, opening)
        body = "\n".join(lines[number + 1 : end]) + "\n"
        lead = next((line for line in reversed(lines[max(0, number - 2) : number]) if line), "")
        block = _block(opening["info"], lead, body)
        inner = [] if block.name or block.language in ("verilog", "cpp") else blocks(body)
        found += inner or [block]
        number = after
    return found


def _closing(lines: Sequence[str], start: int, opening: re.Match[str]) -> tuple[int, int]:
    """Where a block's text ends, and where to read on."""
    mark, depth = opening["mark"], 1
    is_code = _language(opening["info"]) in ("verilog", "cpp", "json")
    for number in range(start + 1, len(lines)):
        fence = _FENCE.match(lines[number])
        if fence is None or fence["mark"][0] != mark[0] or len(fence["mark"]) < len(mark):
            continue
        if fence["info"] and is_code:
            return number, number
        depth += 1 if fence["info"] else -1
        if depth == 0:
            return number, number + 1
    return len(lines), len(lines)


def _block(info: str, lead: str, body: str) -> Block:
    language = _language(info)
    in_info = _FILE.findall(info)
    if in_info:
        return Block(language, in_info[0], body)
    if language in ("json", "markdown", "other"):
        return Block(language, "", body)
    first = next((line for line in body.split("\n") if line.strip()), "")
    heading = _HEADING.match(first)
    candidates = [heading["name"]] if heading and _FILE.fullmatch(heading["name"]) else []
    in_lead = _FILE.findall(lead) if len(lead) <= _MAX_LEAD else []
    candidates += in_lead if len(in_lead) == 1 else []
    fitting = (name for name in candidates if language in ("", _language(name)))
    return Block(language, next(fitting, ""), body)


def _language(info: str) -> str:
    """The language of a fence's info string, or of a file's name."""
    word = re.split(r"[\s:{,]", info.strip(), maxsplit=1)[0].lower()
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    suffix = word.rpartition(".")[2]
    return _LANGUAGES.get(suffix, "other") if "." in word else "other"


def calls_in_json(found: Sequence[Block]) -> list[Block]:
    """The files of JSON blocks, such as models write that were not given the tool itself."""
    files: list[Block] = []
    for block in found:
        if block.language == "json":
            try:
                files += files_of_call(json.loads(block.text))
            except json.JSONDecodeError:
                continue
    return files


def files_of_call(arguments: object) -> list[Block]:
    """The files in a tool call's arguments, by their shape; empty when it has none.

    Understood are `{"files": {name: text}}`, `{"files": [{"name": …, "content": …}]}` and
    `{"name": …, "content": …}`, with the usual other words for `name` and `content`.
    """
    if not isinstance(arguments, dict):
        return []
    inner = arguments.get("arguments", arguments.get("args"))
    if isinstance(inner, dict):
        return files_of_call(inner)
    files = arguments.get("files")
    if isinstance(files, dict):
        return [_file(str(n), t) for n, t in files.items() if isinstance(t, str)]
    if isinstance(files, list):
        return [block for entry in files for block in files_of_call(entry)]
    name = _first(arguments, ("name", "path", "filename", "file_name", "file"))
    text = _first(arguments, ("content", "contents", "text", "code", "source"))
    return [_file(name, text)] if name and text else []


def _file(name: str, text: str) -> Block:
    return Block(_language(name), name, text.replace("\r\n", "\n"))


def _first(arguments: dict[str, object], keys: Sequence[str]) -> str:
    values = (arguments.get(key) for key in keys)
    return next((value for value in values if isinstance(value, str)), "")
