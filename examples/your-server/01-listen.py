# Stage 1: listens on TCP and reads the head of a request. It does not speak WebSocket yet, and says so.
# Run it:   python3 examples/your-server/01-listen.py
# Check it: npm run -s framelight -- check ws://localhost:9001/echo --stage 1

import asyncio
import sys
from http import HTTPStatus

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 9001
MAX_HEAD_BYTES = 8192
LINGER_SECONDS = 2


class Stop(Exception):
    """Raised to end a connection. The last words are sent first: a response, or a close frame."""

    def __init__(self, last_words):
        self.last_words = last_words


async def read_head(reader):
    """Reads the head of a request, up to and including its empty line."""
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.LimitOverrunError:
        check(False, 431)


def check(is_right, status, *headers):
    """Refuses the request with an HTTP status, unless all is right."""
    if not is_right:
        raise Stop(response(status, *headers, "Connection: close", "Content-Length: 0"))


def response(status, *headers):
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *headers, "", ""]
    return "\r\n".join(lines).encode()


async def send(writer, data):
    """Returns when the data is on its way, so that a client that does not read slows us down."""
    writer.write(data)
    await writer.drain()


async def end(reader, writer):
    """Ends TCP from this side, and reads on. Unread bytes would reset TCP, and our last words could be lost."""
    writer.write_eof()
    while await reader.read(65_536):
        pass


async def serve(reader, writer):
    try:
        try:
            head = await read_head(reader)
            print(head, flush=True)
            check(False, 501)
        except Stop as stop:
            await send(writer, stop.last_words)
        await asyncio.wait_for(end(reader, writer), LINGER_SECONDS)
    except (EOFError, OSError, asyncio.TimeoutError, asyncio.CancelledError):
        pass  # The client has gone, or does not end TCP, or Ctrl+C stops us.
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT, limit=MAX_HEAD_BYTES)
    print(f"Listening on ws://localhost:{server.sockets[0].getsockname()[1]}/echo", flush=True)
    await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
