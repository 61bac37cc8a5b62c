"""The command line: `./siliwright COMMAND`; exit status 0 done, 1 the job failed, 2 wrong usage."""

import sys

import typer
from rich.console import Console

from app.commands import batch, bench, demo, design, mcp, records, serve, test, tool, tools
from prompts.demo import ParameterError
from prompts.folder import DemoError
from tools.errors import RequestError, SiliwrightError

app = typer.Typer(
    name="siliwright",
    help="Say which AI accelerator you want; get it designed, verified and measured.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("design")(design.design)
app.command("batch")(batch.batch)
app.command("runs")(records.runs)
app.command("show")(records.show)
app.command("compare")(records.compare)
app.command("export")(records.export)
app.add_typer(demo.app, name="demo")
app.add_typer(bench.app, name="bench")
app.add_typer(tool.app, name="tool")
app.command("tools")(tools.tools)
app.command("mcp")(mcp.mcp)
app.command("serve")(serve.serve)
app.command("test")(test.test)


def main() -> None:
    """Run a command; errors that are meant for people are one sentence."""
    try:
        app()
    except (RequestError, ParameterError) as error:
        _say(str(error))
        sys.exit(2)
    except (SiliwrightError, DemoError) as error:
        _say(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        _say("stopped")
        sys.exit(1)


def _say(text: str) -> None:
    Console(stderr=True).print(f"siliwright: {text}", markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
