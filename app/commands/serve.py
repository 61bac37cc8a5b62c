"""`./siliwright serve`: the workbench in the browser, with a worker beside it."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

import db

ROOT = Path(__file__).parents[2]


def serve(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8501,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    jobs: Annotated[int, typer.Option(min=1, help="Runs worked on at once.")] = 2,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Open the workbench in the browser."""
    db.connect().dispose()  # a database that cannot be opened is reported here, not in a page
    worker = subprocess.Popen(
        [sys.executable, "-m", "app.worker"],
        cwd=ROOT,
        env={**os.environ, "SILIWRIGHT_JOBS": str(jobs)},
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        page = subprocess.run(
            [
                *(sys.executable, "-m", "streamlit", "run", "app/main.py"),
                *("--server.port", str(port), "--server.address", host),
                *("--server.headless", str(not browser).lower()),
                *("--browser.gatherUsageStats", "false"),
            ],
            cwd=ROOT,
            check=False,
        )
    finally:
        worker.terminate()
        worker.wait()
    raise typer.Exit(1 if page.returncode > 0 else 0)
