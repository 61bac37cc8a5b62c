"""A chat-completions server on 127.0.0.1 that plays a list of behaviours, one for each request."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers a POST with the server's next behaviour; the last one is repeated."""

    server: "Endpoint"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        number = min(len(self.server.requests), len(self.server.behaviours)) - 1
        try:
            self.server.behaviours[number](self)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """The test's output stays clean."""

    def start_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def event(self, **fields: Any) -> None:
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "fake"}
        self.wfile.write(f"data: {json.dumps(chunk | fields)}\n\n".encode())
        self.wfile.flush()

    def delta(self, finish: str | None = None, **delta: Any) -> None:
        self.event(choices=[{"index": 0, "delta": delta, "finish_reason": finish}])

    def done(self) -> None:
        self.wfile.write(b"data: [DONE]\n\n")


class Endpoint(ThreadingHTTPServer):
    """The server, and what it was asked."""

    daemon_threads = True

    def __init__(self, behaviours: Sequence[Behaviour]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviours = behaviours
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Endpoint]:
    """A server for the length of a `with` block."""
    with Endpoint(behaviours) as endpoint:
        thread = threading.Thread(target=endpoint.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield endpoint
        finally:
            endpoint.released.set()
            endpoint.shutdown()
            thread.join()


def says(text: str, finish: str = "stop", piece: int = 40) -> Behaviour:
    """Streams a text in pieces, then its usage: 11 tokens in, 7 out."""

    def play(handler: Handler) -> None:
        handler.start_events()
        handler.delta(role="assistant", content="")
        for start in range(0, len(text), piece):
            handler.delta(content=text[start : start + piece])
        handler.delta(finish)
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        handler.event(choices=[], usage=usage)
        handler.done()

    return play


def calls(name: str, arguments: dict[str, Any]) -> Behaviour:
    """Streams a tool call, its arguments in two pieces."""

    def play(handler: Handler) -> None:
        text = json.dumps(arguments)
        function = {"name": name, "arguments": text[:9]}
        handler.start_events()
        handler.delta(
            tool_calls=[{"index": 0, "id": "c", "type": "function", "function": function}]
        )
        handler.delta(tool_calls=[{"index": 0, "function": {"arguments": text[9:]}}])
        handler.delta("tool_calls")
        handler.done()

    return play


def refuses(status: int, message: str = "no") -> Behaviour:
    """An error status; the message is followed by the key that was sent."""

    def play(handler: Handler) -> None:
        text = f"{message} {handler.headers.get('Authorization', '')}"
        body = json.dumps({"error": {"message": text}}).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Retry-After-Ms", "1")
        handler.end_headers()
        handler.wfile.write(body)

    return play


def hangs(handler: Handler) -> None:
    """Takes the request and does not answer."""
    handler.server.released.wait()


def stalls(handler: Handler) -> None:
    """Begins an answer and does not go on."""
    handler.start_events()
    handler.delta(content="module m")
    handler.server.released.wait()


def cuts(handler: Handler) -> None:
    """Ends the connection in the middle of a chunk of an answer."""
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.delta(content="module m")
    handler.close_connection = True


def ends_early(handler: Handler) -> None:
    """Ends the stream in good order, but before the answer is finished."""
    handler.start_events()
    handler.delta(content="module m")


def says_nothing(handler: Handler) -> None:
    """A stream without any chunk."""
    handler.start_events()
    handler.done()


def sends_a_page(handler: Handler) -> None:
    """A web page, as from a server that is something else."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    handler.wfile.write(b"<html>Welcome</html>")


def sends_garbage(handler: Handler) -> None:
    """An event that is not JSON."""
    handler.start_events()
    handler.wfile.write(b"data: {not json\n\n")
