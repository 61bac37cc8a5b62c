"""The tools as another agent has them: a real client of the Model Context Protocol."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters, stdio_client

from tools.catalogue import TOOLS

ROOT = Path(__file__).parents[1]
DESIGN = {"files": {"a.v": "module a(input x, output y);\n    assign y = ~x;\nendmodule\n"}}
WRONG = {"files": {"a.v": "module a(input x, output y);\n    assign y = ~z;\nendmodule\n"}}


def talk(speak: Callable[[Client], Awaitable[None]]) -> None:
    """Run a conversation with a server of its own over standard input and output."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "app.cli", "mcp"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )

    async def conversation() -> None:
        with Path(os.devnull).open("w") as quiet:
            async with Client(stdio_client(server, errlog=quiet)) as client:
                await speak(client)

    asyncio.run(conversation())


def test_a_client_lists_every_tool_and_calls_them() -> None:
    async def speak(client: Client) -> None:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert listed.keys() == TOOLS.keys()
        for name, tool in TOOLS.items():
            assert listed[name].description == tool.description
            assert listed[name].input_schema["properties"].keys() == tool.arguments.keys()
        for name in ("parse", "lint", "synthesize"):
            result = await client.call_tool(name, {"design": DESIGN})
            assert result.structured_content is not None
            assert result.structured_content["status"] == "passed", result
        netlist = result.structured_content["artifacts"]["netlist.json"]
        (content,) = (await client.read_resource(netlist)).contents
        assert '"modules"' in content.text

    talk(speak)


def test_findings_are_short_and_the_log_is_a_resource() -> None:
    async def speak(client: Client) -> None:
        result = await client.call_tool("lint", {"design": WRONG})
        answer = result.structured_content
        assert answer is not None and not result.is_error
        assert answer["status"] == "failed" and "a.v:2" in answer["findings"]
        (log,) = (await client.read_resource(answer["log"])).contents
        assert "a.v:2" in log.text

    talk(speak)


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("lint", {"design": {"files": {}}}, "no file"),
        ("lint", {"design": {"files": {"../x.v": "module x; endmodule"}}}, "not allowed"),
        ("cosim", {"design": DESIGN, "vectors": {"kernel": "nope"}}, "no kernel"),
        ("lint", {}, "design"),
    ],
)
def test_wrong_arguments_are_errors_of_the_call(
    tool: str, arguments: dict[str, object], words: str
) -> None:
    async def speak(client: Client) -> None:
        result = await client.call_tool(tool, arguments)
        assert result.is_error and words in result.content[0].text
        assert (await client.list_tools()).tools  # the server lives

    talk(speak)


@pytest.mark.parametrize("digest", ["..siliwright.db", "0" * 64, "%2e%2e"])
def test_only_kept_files_are_resources(digest: str) -> None:
    async def speak(client: Client) -> None:
        with pytest.raises(MCPError):
            await client.read_resource(f"siliwright://file/{digest}/x")

    talk(speak)


@pytest.fixture
def http_server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "mcp", "--transport", "http", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        process.terminate()
        process.wait(30)


def test_the_same_over_http(http_server: str) -> None:
    async def conversation() -> None:
        async with Client(http_server) as client:
            result = await client.call_tool("parse", {"design": DESIGN})
            assert result.structured_content is not None
            assert result.structured_content["status"] == "passed"

    asyncio.run(conversation())
