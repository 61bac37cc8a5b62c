"""`./siliwright mcp`: the tools for other agents, over standard input and output or HTTP."""

from enum import StrEnum
from typing import Annotated

import typer


class Transport(StrEnum):
    """How the client reaches the server."""

    STDIO = "stdio"
    HTTP = "http"


def mcp(
    transport: Annotated[
        Transport, typer.Option(help="stdio for a client that starts this command; or http.")
    ] = Transport.STDIO,
    host: Annotated[str, typer.Option(help="The address for http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port for http; the path is /mcp.")] = 8600,
) -> None:
    """Serve the tools to other agents by the Model Context Protocol."""
    # The protocol's package takes as long to import as all else; the other commands do without.
    from app.mcp_server import server

    if transport is Transport.STDIO:
        server().run("stdio")
    else:
        server().run("streamable-http", host=host, port=port)
