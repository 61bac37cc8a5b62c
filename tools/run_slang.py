"""Parse Verilog with slang and print what it holds as JSON: `python run_slang.py TOP FILE...`.

The first line is the design, the second what its analysis finds, in the form of slang's messages.
It runs as a program of its own, because what it parses may be hostile to a parser.
"""

import json
import re
import sys
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pyslang
from pyslang import analysis, ast, syntax

PURE_FUNCTIONS = {"$clog2", "$signed", "$unsigned", "$bits", "$rtoi"}
"""System functions that have a meaning in hardware."""
NO_HARDWARE = {
    syntax.SyntaxKind.ClassDeclaration: "a class",
    syntax.SyntaxKind.QueueDimensionSpecifier: "a queue",
    syntax.SyntaxKind.ParallelBlockStatement: "fork",
    syntax.SyntaxKind.WaitForkStatement: "wait fork",
    syntax.SyntaxKind.WaitStatement: "wait",
    syntax.SyntaxKind.ForeverStatement: "a loop without an end",
}
EDGES = (ast.EdgeKind.PosEdge, ast.EdgeKind.NegEdge, ast.EdgeKind.BothEdges)
SIGN_MATTERS = (
    ast.BinaryOperator.Multiply,
    ast.BinaryOperator.Divide,
    ast.BinaryOperator.Mod,
    ast.BinaryOperator.LessThan,
    ast.BinaryOperator.LessThanEqual,
    ast.BinaryOperator.GreaterThan,
    ast.BinaryOperator.GreaterThanEqual,
)
ERROR = re.compile(r"^[^\n]+: (?:fatal )?error: ", re.MULTILINE)


def module(instance: Any) -> dict[str, Any]:
    """A module's ports and parameters, with the values of this instance."""
    body = instance.body
    return {
        "name": instance.definition.name,
        "ports": [
            {
                "name": port.name,
                "direction": str(port.direction).rpartition(".")[2].lower(),
                "bits": port.type.bitWidth,
            }
            for port in body.portList
        ],
        "parameters": {
            p.name: str(p.value)
            for p in body.parameters
            if hasattr(p, "value") and not p.isLocalParam
        },
        "instances": [],
    }


class Source:
    """What the syntax trees tell by themselves."""

    def __init__(self, trees: list[Any]) -> None:
        self.places = trees[0].sourceManager  # one for all
        self.tasks: list[dict[str, Any]] = []
        self.warnings: list[str] = []
        self.indices: set[str] = set()
        for tree in trees:
            tree.root.visit(self._keep)

    def warning(self, place: Any, message: str) -> str:
        """A message in the form of slang's own."""
        file, line = self.places.getFileName(place), self.places.getLineNumber(place)
        return f"{file}:{line}:{self.places.getColumnNumber(place)}: warning: {message}"

    def _keep(self, node: Any) -> None:
        place = node.sourceRange.start if isinstance(node, syntax.SyntaxNode) else node.location
        if node.kind in NO_HARDWARE:
            message = f"{NO_HARDWARE[node.kind]} has no hardware"
            self.warnings.append(self.warning(place, message))
        elif node.kind == syntax.SyntaxKind.ForLoopStatement:
            starts = " ".join(str(start) for start in node.initializers)
            self.indices.update(re.findall(r"(\w+)\s*=", starts))
        elif node.kind == syntax.SyntaxKind.SystemName:
            name = str(node).strip()
            if name not in PURE_FUNCTIONS:
                file, line = self.places.getFileName(place), self.places.getLineNumber(place)
                self.tasks.append({"name": name, "file": file, "line": line})


class Analysis:
    """What slang's analysis tells of processes, as warnings with their places."""

    def __init__(self, compilation: Any, source: "Source") -> None:
        self.compilation, self.source = compilation, source
        self.found: list[str] = []

    def run(self) -> None:
        """Fill `found`."""
        analyzed = analysis.AnalysisManager()
        analyzed.addProcListener(self._sensitivity)
        self.compilation.freeze()
        analyzed.analyze(self.compilation)

        def drivers(symbol: Any) -> None:
            if isinstance(symbol, ast.ValueSymbol):
                self._drivers(symbol.name, list(analyzed.getDrivers(symbol)), symbol)

        self.compilation.getRoot().visit(drivers)
        self.compilation.getRoot().visit(self._signs)

    def _say(self, place: Any, message: str) -> None:
        text = self.source.warning(place, message)
        if text not in self.found:
            self.found.append(text)

    def _sensitivity(self, process: Any) -> None:
        """A list that leaves out what is read, or has both edges and levels."""
        symbol, senses = process.analyzedSymbol, process.sensitivityList
        kinds = (ast.ProceduralBlockKind.Always, ast.ProceduralBlockKind.AlwaysFF)
        if getattr(symbol, "procedureKind", None) not in kinds:
            return
        if senses is None or senses.kind != analysis.SensitivityListKind.Explicit:
            return
        edges = {event.edge in EDGES for event in _events(senses.timingControl)}
        if len(edges) > 1:
            self._say(symbol.location, "the sensitivity list mixes edges and levels")
        elif edges == {False} and process.drivers:
            own = {driver.symbol.name for driver in process.drivers}
            sensed = {read.symbol.name for read in senses.reads} | own
            for read in process.readSet:
                varies = isinstance(read.symbol, (ast.VariableSymbol, ast.NetSymbol))
                if varies and read.symbol.name not in sensed:
                    message = f"{read.symbol.name!r} is read, but is not in the sensitivity list"
                    self._say(symbol.location, message)

    def _signs(self, node: Any) -> None:
        """A comparison, product or quotient that takes a signed operand as unsigned."""
        if isinstance(node, ast.BinaryExpression) and node.op in SIGN_MATTERS:
            sides = [_unconverted(side) for side in (node.left, node.right)]
            signed = [side for side in sides if side.type.isSigned]
            if len(signed) == 1 and _carries_sign(signed[0]):
                message = "signed and unsigned operands are mixed, and taken as unsigned"
                self._say(node.sourceRange.start, message)

    def _drivers(self, name: str, drivers: list[Any], symbol: Any) -> None:
        """An input that is assigned, and a variable that two processes assign."""
        lasting = [d for d in drivers if d.source != analysis.DriverSource.Initial]
        lasting.sort(key=lambda driver: driver.sourceRange.start.offset)
        if any(d.isInputPort for d in lasting):
            for driver in lasting:
                if not driver.isInputPort:
                    self._say(driver.sourceRange.start, f"{name!r} is an input, and is assigned")
            return
        # A memory may be written by two processes, one for each port; loops share an index.
        variable = isinstance(symbol, ast.VariableSymbol) and symbol.type.isIntegral
        if not variable or name in self.source.indices:
            return
        # A value at the declaration is a driver too, but only before all others.
        drives = (ast.SymbolKind.ProceduralBlock, ast.SymbolKind.ContinuousAssign)
        lasting = [driver for driver in lasting if driver.containingSymbol.kind in drives]
        for one, two in combinations(lasting, 2):
            apart = one.bounds[1] < two.bounds[0] or two.bounds[1] < one.bounds[0]
            if one.containingSymbol != two.containingSymbol and not apart:
                message = f"{name!r} is assigned in several processes or continuous assignments"
                self._say(two.sourceRange.start, message)


def _unconverted(expression: Any) -> Any:
    """An expression as it is written, without the conversions that the language adds."""
    while isinstance(expression, ast.ConversionExpression) and expression.isImplicit:
        expression = expression.operand
    return expression


def _carries_sign(expression: Any) -> bool:
    """Whether a signed signal stands in an expression; numbers and integers do no harm."""
    signals = []

    def keep(node: Any) -> None:
        if isinstance(node, ast.NamedValueExpression) and node.type.isSigned:
            varies = isinstance(node.symbol, (ast.VariableSymbol, ast.NetSymbol))
            signals.extend([node] if varies and not node.type.isPredefinedInteger else [])

    expression.visit(keep)
    return bool(signals)


def _events(control: Any) -> Iterator[Any]:
    """The signal events of a timing control."""
    for event in getattr(control, "events", [control]):
        if isinstance(event, ast.SignalEventControl):
            yield event


def modules(root: Any) -> list[dict[str, Any]]:
    """The modules below the root, each once, with their instances."""
    found: dict[str, dict[str, Any]] = {}

    def gather(symbol: Any) -> None:
        if isinstance(symbol, ast.InstanceSymbol) and symbol.isModule:
            one = found.setdefault(symbol.definition.name, module(symbol))
            parent = symbol.parentScope.containingInstance if symbol.parentScope else None
            if parent is not None and parent.definition.name in found:
                entry = {"name": symbol.name, "module": one["name"]}
                above = found[parent.definition.name]["instances"]
                if entry not in above:
                    above.append(entry)

    root.visit(gather)
    return list(found.values())


def main() -> int:
    top, *names = sys.argv[1:]
    trees = [syntax.SyntaxTree.fromFile(name) for name in names]
    options = ast.CompilationOptions()
    if top:
        options.topModules = {top}
    bag = pyslang.Bag()
    bag.compilationOptions = options
    compilation = ast.Compilation(bag)
    for tree in trees:
        compilation.addSyntaxTree(tree)
    source = Source(trees)
    structure = modules(compilation.getRoot())
    found = compilation.getAllDiagnostics()
    text = pyslang.DiagnosticEngine.reportAll(source.places, found) if len(found) else ""
    result = {
        "tops": [instance.name for instance in compilation.getRoot().topInstances],
        "modules": structure,
        "defined": [definition.name for definition in compilation.getDefinitions()],
        "tasks": source.tasks,
        "diagnostics": "\n".join([text, *source.warnings]),
    }
    print(json.dumps(result), flush=True)
    if not ERROR.search(text):
        analysed = Analysis(compilation, source)
        analysed.run()
        print(json.dumps("\n".join(analysed.found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
