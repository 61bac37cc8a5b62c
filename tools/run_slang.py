"""Parse Verilog with slang and print what it holds as JSON: `python run_slang.py TOP FILE...`.

It runs as a program of its own, because what it parses may be hostile to a parser.
"""

import json
import sys
from typing import Any

import pyslang
from pyslang import ast, syntax

PURE_FUNCTIONS = {"$clog2", "$signed", "$unsigned", "$bits", "$rtoi"}
"""System functions that have a meaning in hardware."""


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


def main() -> int:
    top, *names = sys.argv[1:]
    trees = [syntax.SyntaxTree.fromFile(name) for name in names]
    options = ast.CompilationOptions()
    if top:
        options.topModules = {top}
    bag = pyslang.Bag()
    bag.compilationOptions = options
    compilation = ast.Compilation(bag)
    tasks: list[dict[str, Any]] = []
    for tree in trees:
        compilation.addSyntaxTree(tree)
        manager = tree.sourceManager

        def keep(node: Any, manager: Any = manager) -> None:
            if node.kind != syntax.SyntaxKind.SystemName:
                return
            name = str(node).strip()
            if name not in PURE_FUNCTIONS:
                place = node.sourceRange.start
                file = manager.getFileName(place)
                tasks.append({"name": name, "file": file, "line": manager.getLineNumber(place)})

        tree.root.visit(keep)

    modules: dict[str, dict[str, Any]] = {}

    def gather(symbol: Any) -> None:
        if isinstance(symbol, ast.InstanceSymbol) and symbol.isModule:
            found = modules.setdefault(symbol.definition.name, module(symbol))
            parent = symbol.parentScope.containingInstance if symbol.parentScope else None
            if parent is not None and parent.definition.name in modules:
                entry = {"name": symbol.name, "module": found["name"]}
                above = modules[parent.definition.name]["instances"]
                if entry not in above:
                    above.append(entry)

    compilation.getRoot().visit(gather)
    found = compilation.getAllDiagnostics()
    text = pyslang.DiagnosticEngine.reportAll(trees[0].sourceManager, found) if len(found) else ""
    tops = [instance.name for instance in compilation.getRoot().topInstances]
    names = [definition.name for definition in compilation.getDefinitions()]
    result = {"tops": tops, "modules": list(modules.values()), "defined": names, "tasks": tasks}
    print(json.dumps({**result, "diagnostics": text}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
