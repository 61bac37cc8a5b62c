"""A tool at work beside the page: a click or a reload does not end it, and a button stops it."""

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prompts.demo import ParameterError
from tools.catalogue import Tool
from tools.errors import SiliwrightError, ToolError
from tools.report import Report

_TURNS = threading.BoundedSemaphore(max(1, (os.cpu_count() or 2) - 1))
"""How many tools run at once for all visitors; the others wait."""
_LOOK_S = 0.2


@dataclass
class Job:
    """A tool with its arguments; `command` is the command line that does the same."""

    tool: Tool
    arguments: Mapping[str, Any]
    command: str
    stop: threading.Event = field(default_factory=threading.Event)
    begun: float = field(default_factory=time.monotonic)
    thread: threading.Thread = field(init=False)
    _report: Report | None = None
    _error: SiliwrightError | ParameterError | None = None

    def __post_init__(self) -> None:
        # As a daemon it does not hold up the end of the server.
        self.thread = threading.Thread(target=self._work, name=self.tool.name, daemon=True)

    @property
    def running(self) -> bool:
        return self.thread.is_alive()

    def seconds(self) -> float:
        """How long ago it was asked for."""
        return time.monotonic() - self.begun

    def answer(self) -> Report:
        """The report, once it has ended. Raises the tool's error when it had no answer."""
        if self._error is not None:
            raise self._error
        if self._report is None:
            raise ToolError(f"{self.tool.name} broke off; the server's output says where")
        return self._report

    def _work(self) -> None:
        """Wait for a turn and run; anything but a sentence for a person is a bug, and is printed
        by the thread.
        """
        try:
            while not _TURNS.acquire(timeout=_LOOK_S):
                if self.stop.is_set():
                    raise ToolError(f"{self.tool.name} was stopped before its turn")
            try:
                self._report = self.tool.call(self.arguments, self.stop)
            finally:
                _TURNS.release()
        except (SiliwrightError, ParameterError) as error:
            self._error = error


def started(tool: Tool, arguments: Mapping[str, Any], command: str) -> Job:
    """The tool, set to work."""
    job = Job(tool, arguments, command)
    job.thread.start()
    return job
