"""Put recording calls into C++ sources: `python run_instrument.py ranges|coverage FILE...`.

Each file is rewritten in place, with its lines where they were, and `places.json` tells what each
number stands for. clang's syntax tree, of the compiler in the zig wheel, says where assignments,
statements and conditions begin and end. It runs as a program of its own, because what it parses
may be hostile to a parser.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Node = dict[str, Any]
MOST = 4096
"""As many places as `record.h` has room for."""
ASSIGNMENTS = {f"operator{op}=" for op in ("", "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>")}
STEPS = {"operator++": 1, "operator--": -1, "++": 1, "--": -1}
AROUND = {"ImplicitCastExpr", "ParenExpr", "ExprWithCleanups", "ConstantExpr", "CXXBindTemporary"}
_BODIES = ("IfStmt", "ForStmt", "WhileStmt", "DoStmt", "ConditionalOperator", "CXXForRangeStmt")
BRACED = {"IfStmt", "ForStmt", "WhileStmt", "SwitchStmt", "CompoundStmt", "CXXForRangeStmt"}
NAMESPACE = "siliwright"


class Source:
    """One file: its tree, its text, and what is to be inserted."""

    def __init__(self, name: str, places: list[dict[str, Any]]) -> None:
        self.name, self.text, self.places = name, Path(name).read_bytes(), places
        self.edits: set[tuple[int, int, int, str]] = set()
        self.numbers: dict[tuple[int, str], int] = {}

    def declarations(self) -> Iterator[Node]:
        """The declarations at the top of the file itself, without its headers'."""
        start = [sys.executable, "-m", "ziglang", "c++", "-c", "-std=c++17", "-Iinclude", "-I."]
        dump = ["-w", "-fsyntax-only", "-Xclang", "-ast-dump=json"]
        # It then fails for want of an object file; a source with errors fails when it is compiled.
        done = subprocess.run([*start, *dump, self.name], capture_output=True, check=False)
        for node in json.loads(done.stdout or b"{}").get("inner", []):
            if span(node) and not node.get("isImplicit"):
                yield node

    def number(self, offset: int, name: str, **about: Any) -> int:
        """The number of a place, the same whenever it is asked for."""
        key = offset, name
        if key not in self.numbers:
            line = self.text.count(b"\n", 0, offset) + 1
            self.numbers[key] = len(self.places)
            self.places.append({"file": self.name, "line": line, "name": name, **about})
        return self.numbers[key]

    def wrap(self, node: Node, before: str, after: str) -> None:
        """Put texts around an expression."""
        if found := span(node):
            start, end = found
            # Of two that begin together the longer one is outside, and likewise at the end.
            self.edits.add((start, 2, -end, before))
            self.edits.add((end, 0, -start, after))

    def insert(self, offset: int, text: str, last: bool = False) -> None:
        """Put a statement before all that begins here, or with `last` after all that ends here."""
        self.edits.add((offset, 1 if last else 2, -len(self.text) - 1, text))

    def end_of(self, statement: Node) -> int | None:
        """Where a statement ends, with its semicolon."""
        if (found := span(statement)) is None:
            return None
        end = found[1]
        if statement["kind"] in BRACED and self.text[end - 1 : end] == b"}":
            return end
        while self.text[end : end + 1].isspace():
            end += 1
        return end + 1 if self.text[end : end + 1] == b";" else None

    def rewritten(self) -> bytes:
        parts, at = [], 0
        for offset, _, _, text in sorted(self.edits):
            parts += [self.text[at:offset], text.encode()]
            at = offset
        return b"".join((*parts, self.text[at:]))


def span(node: Node) -> tuple[int, int] | None:
    """Where a node begins and ends in its file; None within a macro or another file."""
    first, last = (node.get("range", {}).get(end, {}) for end in ("begin", "end"))
    if "offset" not in first or "offset" not in last or "includedFrom" in first:
        return None
    return first["offset"], last["offset"] + last["tokLen"]


def children(node: Node) -> list[Node]:
    return [child for child in node.get("inner", ()) if child]


class Ranges:
    """Records the value of a variable wherever it gets one."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.declared: dict[str, Node] = {}

    def visit(self, node: Node, within: str = "") -> None:
        kind = node.get("kind", "")
        if kind in ("VarDecl", "ParmVarDecl"):
            self.declared[node["id"]] = node
        if kind in ("FunctionDecl", "CXXMethodDecl"):
            self._parameters(node)
        elif kind == "DeclStmt" and within == "CompoundStmt":
            self._after_declaration(node)
        elif kind == "ForStmt":
            self._loop(node)
        for child in children(node):
            self.visit(child, kind)
        self._assignment(node)

    def _number(self, declaration: Node, member: str = "") -> int | None:
        offset = declaration.get("loc", {}).get("offset")
        if offset is None or "includedFrom" in declaration["loc"] or not declaration.get("name"):
            return None
        name, type_name = declaration["name"] + member, declaration["type"]["qualType"]
        return self.source.number(offset, name, type=type_name)

    def _seen(self, declaration: Node) -> str:
        number = self._number(declaration)
        still = declaration.get("storageClass") == "static" or declaration.get("constexpr")
        call = "once" if still else "seen"
        return "" if number is None else f"{NAMESPACE}::{call}({number}, {declaration['name']})"

    def _parameters(self, function: Node) -> None:
        body = next((c for c in children(function) if c["kind"] == "CompoundStmt"), None)
        if body is None or (found := span(body)) is None:
            return
        for child in children(function):
            by_value = child["kind"] == "ParmVarDecl" and child["type"]["qualType"][-1] not in "*&]"
            if by_value and (call := self._seen(child)):
                self.source.insert(found[0] + 1, f" {call};")

    def _after_declaration(self, statement: Node) -> None:
        found = span(statement)  # with its semicolon
        for variable in children(statement):
            if found and initialised(variable) and (call := self._seen(variable)):
                self.source.insert(found[1], f" {call};", last=True)

    def _loop(self, loop: Node) -> None:
        parts = loop.get("inner", [])
        if len(parts) < 3 or not parts[2] or not parts[0]:
            return
        if parts[0].get("kind") == "DeclStmt":
            calls = [self._seen(v) for v in children(parts[0]) if initialised(v)]
            for call in filter(None, calls):
                self.source.wrap(parts[2], f"({call}, ", ")")

    def _assignment(self, node: Node) -> None:
        found = assigned(node)
        if found is None:
            return
        target, step = found
        member = ""
        while target.get("kind") in (*AROUND, "ArraySubscriptExpr", "MemberExpr"):
            if target["kind"] == "MemberExpr":
                member = f".{target.get('name', '')}{member}"
            inner = children(target)
            if not inner:
                return
            target = inner[0]
        if target.get("kind") != "DeclRefExpr":
            return
        declaration = self.declared.get(target["referencedDecl"]["id"])
        number = self._number(declaration, member) if declaration else None
        if number is None:
            return
        if step:
            self.source.wrap(node, f"{NAMESPACE}::before({number}, ", f", {step})")
        elif node.get("valueCategory") == "lvalue":
            self.source.wrap(node, f"{NAMESPACE}::after({number}, ", ")")


def initialised(variable: Node) -> bool:
    """Whether a declaration gives a value, other than by a constructor without arguments."""
    if variable.get("kind") != "VarDecl" or variable["type"]["qualType"].endswith("&"):
        return False
    value = children(variable)[:1]
    while value and value[0]["kind"] in AROUND:
        value = children(value[0])[:1]
    bare = bool(value) and value[0]["kind"] == "CXXConstructExpr" and not children(value[0])
    return "init" in variable and not bare


def assigned(node: Node) -> tuple[Node, int] | None:
    """What a node assigns to; and for `x++` and `x--`, whose value is the old one, the step."""
    kind, inner = node.get("kind"), children(node)
    if kind == "BinaryOperator" and node.get("opcode") == "=" or kind == "CompoundAssignOperator":
        return inner[0], 0
    if kind == "UnaryOperator" and node.get("opcode") in STEPS:
        return inner[0], STEPS[node["opcode"]] if node.get("isPostfix") else 0
    if kind == "CXXOperatorCallExpr" and len(inner) > 1:
        called = inner[0]
        while called["kind"] in AROUND:
            called = children(called)[0]
        name = called.get("referencedDecl", {}).get("name", "")
        if name in ASSIGNMENTS:
            return inner[1], 0
        if name in STEPS:
            return inner[1], STEPS[name] if len(inner) > 2 else 0
    return None


class Coverage:
    """Counts how often each statement is reached, and each condition true and false."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def visit(self, node: Node) -> None:
        kind, inner = node.get("kind", ""), node.get("inner", [])
        if kind == "CompoundStmt":
            for statement in children(node):
                self._statement(statement)
        elif kind in ("CaseStmt", "DefaultStmt"):
            self._statement(inner[-1])
        elif kind in _BODIES:
            self._branching(kind, node, inner)
        for child in children(node):
            self.visit(child)

    def _branching(self, kind: str, node: Node, inner: list[Node]) -> None:
        """A condition, and the statements it chooses between."""
        if kind == "IfStmt" and not node.get("hasVar") and not node.get("hasInit"):
            if not node.get("isConstexpr"):
                self._condition(inner[0])
            for body in inner[1:]:
                self._body(body)
        elif kind == "ForStmt":
            if inner[2]:
                self._condition(inner[2])
            self._body(inner[-1])
        elif kind == "WhileStmt":
            if len(inner) == 2:
                self._condition(inner[0])
            self._body(inner[-1])
        elif kind == "DoStmt":
            self._body(inner[0])
            self._condition(inner[1])
        elif kind == "ConditionalOperator":
            self._condition(inner[0])
        else:
            self._body(inner[-1])

    def _call(self, node: Node) -> str:
        found = span(node)
        if found is None or node["kind"] in ("NullStmt", "CompoundStmt", "CaseStmt", "DefaultStmt"):
            return ""
        if node["kind"] == "DeclStmt" and not any(initialised(v) for v in children(node)):
            return ""
        while node["kind"] == "LabelStmt":  # its line is that of what it labels
            node = children(node)[-1]
        start = (span(node) or found)[0]
        return f"{NAMESPACE}::line({self.source.number(start, 'line')}); "

    def _statement(self, node: Node) -> None:
        found, call = span(node), self._call(node)
        if found and call:
            self.source.insert(found[0], call)

    def _body(self, node: Node) -> None:
        """A statement that may stand without braces."""
        found, call, end = span(node), self._call(node), self.source.end_of(node)
        if found and call and end is not None:
            self.source.insert(found[0], f"{{ {call}")
            self.source.insert(end, " }", last=True)

    def _condition(self, node: Node) -> None:
        while node["kind"] in AROUND:
            node = children(node)[0]
        if node["kind"] == "UnaryOperator" and node.get("opcode") == "!":
            self._condition(children(node)[0])
        elif node["kind"] == "BinaryOperator" and node.get("opcode") in ("&&", "||"):
            for part in children(node):
                self._condition(part)
        elif found := span(node):
            number = self.source.number(found[0], "branch")
            self.source.wrap(node, f"{NAMESPACE}::taken({number}, (", ") ? true : false)")


def main(mode: str, names: list[str]) -> int:
    sys.setrecursionlimit(20_000)
    places: list[dict[str, Any]] = []
    for name in names:
        source = Source(name, places)
        visitor = Ranges(source) if mode == "ranges" else Coverage(source)
        for node in source.declarations():
            visitor.visit(node)
        if len(places) > MOST:
            print(f"{name} has more than {MOST} places to record", file=sys.stderr)
            return 1
        Path(name).write_bytes(source.rewritten())
    Path("places.json").write_text(json.dumps(places))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
