"""The errors of the program, and who acts on each.

    SiliwrightError
    ├── ToolError            a tool has no answer about a design: goes back to the designer
    │   ├── MissingTool      a tool is not installed: the message names the command that mends it
    │   └── TimedOut         a tool ran into a limit of time, memory or output
    ├── LimitReached         steps, time or money are used up: ends the run cleanly
    └── RequestError         what the person asked for cannot be done: says what to change

Anything else is a bug and propagates.
"""


class SiliwrightError(Exception):
    """The base of all errors that are meant to be read by a person."""


class ToolError(SiliwrightError):
    """A tool could not give an answer about a design."""


class MissingTool(ToolError):
    """A tool is not installed."""

    def __init__(self, name: str, mend: str) -> None:
        super().__init__(f"{name} is not installed; to mend it: {mend}")
        self.name = name
        self.mend = mend


class TimedOut(ToolError):
    """A tool ran into a limit."""


class LimitReached(SiliwrightError):
    """A run has used up its steps, time, tokens or money."""


class RequestError(SiliwrightError):
    """What was asked for cannot be done."""
