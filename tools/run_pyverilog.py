"""Dataflow of a module as JSON, by pyverilog: `python run_pyverilog.py TOP FILE...`.

It runs as a program of its own: pyverilog leaves parser tables in the working directory.
"""

import json
import sys


def main() -> None:
    from pyverilog.dataflow.dataflow_analyzer import VerilogDataflowAnalyzer

    top, *names = sys.argv[1:]
    analyzer = VerilogDataflowAnalyzer(names, top)
    analyzer.generate()
    binds = analyzer.getBinddict()
    print(
        json.dumps({str(name): [bind.tostr() for bind in found] for name, found in binds.items()})
    )


if __name__ == "__main__":
    main()
