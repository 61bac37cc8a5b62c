"""The tools of the catalogue as LangChain's, for any agent that calls tools."""

from collections.abc import Sequence
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException

from tools.catalogue import TOOLS, Tool
from tools.errors import RequestError, ToolError


def toolset(names: Sequence[str] = (), budget: int = 4000) -> list[BaseTool]:
    """Tools by name, or all; each answers with its report in at most `budget` characters.

    What goes wrong in a call, such as a missing file or a limit, is an answer too.
    """
    return [_langchain(TOOLS[name], budget) for name in names or TOOLS]


def _langchain(tool: Tool, budget: int) -> BaseTool:
    def call(**arguments: Any) -> str:
        try:
            return tool.call(arguments).text(budget)
        except (ToolError, RequestError) as error:
            raise ToolException(f"{tool.name}: {error}") from error

    return StructuredTool.from_function(
        call,
        name=tool.name,
        description=tool.description,
        args_schema=tool.model,
        handle_tool_error=True,
    )
