"""Finds a function in C++ text: where it is defined, and the declaration of each parameter."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prompts.design import Design
from tools.hls.pragmas import blank, closing

_NAME = re.compile(r"([A-Za-z_]\w*)\s*(?:\[|$)")
_DEFINITION = re.compile(r"([A-Za-z_]\w*)\s*(?=\()")
_AROUND = re.compile(r"\b(namespace|class|struct)\s+([A-Za-z_][\w:]*)[^;{}()]*\{")
_NO_FUNCTIONS = frozenset({"if", "for", "while", "switch", "catch", "return", "sizeof"})


@dataclass(frozen=True)
class Definition:
    """A function's definition: `head` is what stands before its name, as in `static int`.

    `at` is the place of the name in the file, `end` the one after the closing brace.
    """

    name: str
    file: str
    line: int
    head: str
    at: int
    parameters: tuple[str, ...]
    body: str
    end: int
    scope: str = ""
    """The namespaces and classes around it."""
    is_member: bool = False
    """Whether a class is around it."""

    @property
    def template(self) -> bool:
        return bool(re.search(r"\btemplate\s*<\s*[^>\s]", self.head))

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters' names; an empty one for a parameter without."""
        return tuple(map(name_of, self.parameters))


def definitions(sources: Mapping[str, str]) -> Iterator[Definition]:
    """All functions that the C and C++ files define, in their order."""
    for file, text in Design(sources, "").cxx.items():
        plain = blank(text)
        # A directive could hold a brace or a parenthesis of its own.
        plain = re.sub(r"^[ \t]*#[^\n]*", lambda m: " " * len(m.group()), plain, flags=re.M)
        scopes = _scopes(plain)
        for match in _DEFINITION.finditer(plain):
            if match[1] in _NO_FUNCTIONS:
                continue
            close = closing(plain, match.end())
            after = re.compile(r"\s*(?:const|noexcept|\s)*(?=\{)").match(plain, close + 1)
            if not after:
                continue
            end = closing(plain, after.end()) + 1
            inside = plain[match.end() + 1 : close]
            start = max(plain.rfind(mark, 0, match.start()) for mark in ";{}") + 1
            around = [s for s in scopes if s[0] <= match.start() < s[1]]
            yield Definition(
                match[1],
                file,
                plain.count("\n", 0, match.start()) + 1,
                _bare(text[start : match.start()]),
                match.start(),
                tuple(part for part in split(inside) if part not in ("", "void")),
                plain[after.end() : end],
                end,
                "::".join(name for *_, name in around),
                any(kind != "namespace" for _, _, kind, _ in around),
            )


def _scopes(plain: str) -> list[tuple[int, int, str, str]]:
    """Where namespaces and classes begin and end, what they are, and their names."""
    found = _AROUND.finditer(plain)
    return [(m.end(), closing(plain, m.end() - 1), m[1], m[2]) for m in found]


def _bare(text: str) -> str:
    """A piece of text in one line, without comments and directives."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", " ", text, flags=re.DOTALL)
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", " ", text, flags=re.M)
    return re.sub(r"\s+", " ", text).strip()


def name_of(parameter: str) -> str:
    """The name that a parameter's declaration gives it: `(&a)[4]`, `x[2][3]`, `int y`."""
    reference = re.search(r"\(\s*[&*]\s*(?:const\s+)?([A-Za-z_]\w*)\s*\)", parameter)
    if reference:
        return reference[1]
    found = _NAME.search(re.sub(r"<[^<>]*>", " ", parameter).strip())
    return found[1] if found else ""


def split(text: str) -> list[str]:
    """A list's parts between its commas, default values cut off."""
    parts, depth, start = [], 0, 0
    for i, character in enumerate(text):
        if character in "([{<":
            depth += 1
        elif character in ")]}>":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return [re.sub(r"\s+", " ", re.split(r"(?<![<>=!])=(?!=)", part)[0]).strip() for part in parts]
