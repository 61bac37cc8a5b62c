"""List the mutants of Verilog files as JSON: `python run_mutate.py TOP SEED LIMIT FILE...`.

It runs as a program of its own, because what it parses may be hostile to a parser. A mutant is
listed only when slang still elaborates the files with it, without an error.
"""

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyslang
from pyslang import ast, syntax

OPERATORS = {
    "+": ("-",), "-": ("+",), "*": ("+",), "&": ("|",), "|": ("&",), "^": ("|",),
    "<<": (">>",), ">>": ("<<",), "<<<": (">>>",), "&&": ("||",), "||": ("&&",),
    "==": ("!=",), "!=": ("==",), "<": ("<=", ">="), "<=": ("<", ">"),
    ">": (">=", "<="), ">=": (">", "<"),
}  # fmt: skip
COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
LITERAL = re.compile(r"(?:(\d+)?\s*'(s?)([bodh]))?\s*([0-9a-f_]+)", re.IGNORECASE)
BASES = {"b": 2, "o": 8, "d": 10, "h": 16}
FORMATS = {"b": "b", "o": "o", "d": "d", "h": "x"}
RESET = re.compile(r"\bi?_?\w*(rst|reset)\w*\b", re.IGNORECASE)

Edit = tuple[str, Any, Any, str]
"""Kind, the first and the last place in the source, and the text to put there."""


def constants(text: str) -> Iterator[str]:
    """An integer literal plus and minus one, in its own base and width."""
    match = LITERAL.fullmatch(text.strip())
    if match is None:
        return
    width, signed, base, digits = match.groups()
    value = int(digits.replace("_", ""), BASES[(base or "d").lower()])
    bits = int(width) if width else 32
    seen = {value}
    for step in (1, -1):
        if not base and value + step < 0:
            continue
        changed = (value + step) % (1 << bits)
        if changed not in seen:
            seen.add(changed)
            prefix = f"{width or ''}'{signed}{base}" if base else ""
            yield prefix + format(changed, FORMATS[base.lower()] if base else "d")


def text_of(node: Any) -> str:
    return str(node).strip()


def whole(kind: str, node: Any, text: str) -> Edit:
    return kind, node.sourceRange.start, node.sourceRange.end, text


def swapped(connections: list[Any]) -> Iterator[list[Edit]]:
    """Neighbouring named connections of an instance, with their expressions exchanged."""
    named = [
        c for c in connections
        if c.kind == syntax.SyntaxKind.NamedPortConnection and c.expr is not None
    ]  # fmt: skip
    for one, other in zip(named, named[1:], strict=False):
        first, second = text_of(one.expr), text_of(other.expr)
        if first != second:
            yield [whole("ports", one.expr, second), whole("ports", other.expr, first)]


def edits(node: Any) -> Iterator[list[Edit]]:
    """The mutants that begin at a node or token of the syntax tree."""
    if isinstance(node, pyslang.parsing.Token):
        if node.kind == pyslang.parsing.TokenKind.SignedKeyword:
            yield [("signed", node.range.start, node.range.end, "")]
    elif isinstance(node, syntax.BinaryExpressionSyntax):
        yield from binary(node, node.kind.name)
    elif node.kind.name in BY_KIND:
        yield from BY_KIND[node.kind.name](node)


def negation(node: Any) -> Iterator[list[Edit]]:
    yield [("operator", node.operatorToken.range.start, node.operatorToken.range.end, "")]


def literal(node: Any) -> Iterator[list[Edit]]:
    yield from ([whole("constant", node, text)] for text in constants(text_of(node)))


def bounds(node: Any) -> Iterator[list[Edit]]:
    """A declared range loses its upper bit; a selected one moves up by a bit."""
    if node.parent.kind.name == "RangeDimensionSpecifier":
        yield [whole("width", node.left, f"({text_of(node.left)})-1")]
    else:
        ends = (node.left, node.right)
        yield [whole("range", end, f"({text_of(end)})+1") for end in ends]


def index(node: Any) -> Iterator[list[Edit]]:
    at = node.expr if node.kind.name == "BitSelect" else node.left
    yield [whole("range", at, f"({text_of(at)})+1")]


def condition(node: Any) -> Iterator[list[Edit]]:
    text = text_of(node.predicate)
    yield [whole("condition", node.predicate, f"!({text})")]
    if node.kind.name == "ConditionalStatement" and RESET.search(text):
        yield [whole("reset", node.predicate, "1'b0")]


def instance(node: Any) -> Iterator[list[Edit]]:
    yield from swapped(list(node.connections))


def call(node: Any) -> Iterator[list[Edit]]:
    if text_of(node.left) == "$signed":
        yield [whole("signed", node.left, "$unsigned")]


BY_KIND: dict[str, Callable[[Any], Iterator[list[Edit]]]] = {
    "UnaryBitwiseNotExpression": negation,
    "UnaryLogicalNotExpression": negation,
    "IntegerLiteralExpression": literal,
    "IntegerVectorExpression": literal,
    "SimpleRangeSelect": bounds,
    "BitSelect": index,
    "AscendingRangeSelect": index,
    "ConditionalStatement": condition,
    "ConditionalExpression": condition,
    "HierarchicalInstance": instance,
    "InvocationExpression": call,
}


def binary(node: Any, name: str) -> Iterator[list[Edit]]:
    token = node.operatorToken
    operator = token.valueText
    place = (token.range.start, token.range.end)
    if name in ("AssignmentExpression", "NonblockingAssignmentExpression"):
        statement = node.parent
        if statement.kind.name == "ExpressionStatement":
            yield [whole("dropped", statement, ";")]
            yield [("assignment", *place, "=" if operator == "<=" else "<=")]
        elif statement.parent is not None and statement.parent.kind.name == "ContinuousAssign":
            yield [whole("dropped", node.right, "0")]
    elif operator == ">>>":
        yield [("signed", *place, ">>")]
    elif not name.endswith("AssignmentExpression"):
        kind = "compare" if operator in COMPARISONS else "operator"
        yield from ([(kind, *place, other)] for other in OPERATORS.get(operator, ()))


def candidates(file: str) -> list[dict[str, Any]]:
    """All mutants of a file, whether or not they elaborate."""
    manager = pyslang.SourceManager()
    tree = syntax.SyntaxTree.fromFile(file, manager)
    source = Path(file).read_bytes()
    found: dict[tuple[Any, ...], dict[str, Any]] = {}

    def visit(node: Any) -> Any:
        # The header is the interface: whoever instances the module has fixed it.
        if getattr(node, "kind", None) == syntax.SyntaxKind.ModuleHeader:
            return ast.VisitAction.Skip
        for group in edits(node):
            places = [place for _, *ends, _ in group for place in ends]
            if any(manager.isMacroLoc(p) or manager.getFileName(p) != file for p in places):
                continue
            changes = [(first.offset, last.offset, text) for _, first, last, text in group]
            entry = {"kind": group[0][0], "file": file, "changes": changes}
            if mutated(source, changes) != source:
                found.setdefault(tuple(changes), entry)
        return ast.VisitAction.Advance

    tree.root.visit(visit)
    return list(found.values())


def mutated(source: bytes, changes: Iterable[tuple[int, int, str]]) -> bytes:
    for start, end, text in sorted(changes, reverse=True):
        source = source[:start] + text.encode() + source[end:]
    return source


def spread(entries: list[dict[str, Any]], seed: int) -> Iterator[dict[str, Any]]:
    """One of each kind in turn, at random places, so that any beginning is a fair sample.

    Lines that differ in numbers alone, as those of a table do, are one place until all others had
    their turn.
    """
    kinds = defaultdict(list)
    for entry in entries:
        kinds[entry["kind"]].append(entry)
    source = random.Random(seed)
    for group in kinds.values():
        source.shuffle(group)
        before: Counter[str] = Counter()
        turns = {}
        for entry in group:
            shape = shape_of(entry)
            turns[id(entry)] = before[shape]
            before[shape] += 1
        group.sort(key=lambda entry: -turns[id(entry)])  # taken from the end
    order = sorted(kinds)
    source.shuffle(order)
    while any(kinds.values()):
        yield from [kinds[kind].pop() for kind in order if kinds[kind]]


def shape_of(entry: dict[str, Any]) -> str:
    """The line of a fault with its numbers left out."""
    text = Path(entry["file"]).read_bytes()
    at = entry["changes"][0][0]
    line = text[text.rfind(b"\n", 0, at) + 1 :].split(b"\n", 1)[0]
    return re.sub(r"\d+", "0", line.decode(errors="replace"))


def problem(top: str, files: list[str]) -> str:
    """What slang first finds wrong with the files; nothing when they elaborate."""
    manager = pyslang.SourceManager()
    options = ast.CompilationOptions()
    options.topModules = {top} if top else set()
    bag = pyslang.Bag()
    bag.compilationOptions = options
    compilation = ast.Compilation(bag)
    for name in files:
        compilation.addSyntaxTree(syntax.SyntaxTree.fromFile(name, manager))
    errors = [d for d in compilation.getAllDiagnostics() if d.isError()]
    return pyslang.DiagnosticEngine.reportAll(manager, errors[:1]).strip() if errors else ""


def main() -> int:
    top, seed, limit, *files = sys.argv[1:]
    if wrong := problem(top, files):
        print(json.dumps({"problem": wrong, "mutants": []}))
        return 0
    entries = [entry for file in files for entry in candidates(file)]
    chosen: list[dict[str, Any]] = []
    for entry in spread(entries, int(seed)):
        if len(chosen) == int(limit):
            break
        path = Path(entry["file"])
        source = path.read_bytes()
        path.write_bytes(mutated(source, entry["changes"]))
        if not problem(top, files):
            chosen.append(entry)
        path.write_bytes(source)
    print(json.dumps({"problem": "", "mutants": chosen}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
