# Stage 2: checks the opening request, refuses a wrong one, and answers a right one with 101.
# Run it:   python3 examples/your-server/02-handshake.py
# Check it: npm run -s framelight -- check ws://localhost:9001/echo --stage 2

import asyncio
import re
import sys
from http import HTTPStatus

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 9001
PATH = "/echo"
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


TOKEN = r"[\w!#$%&'*+.^`|~-]+"
HEADER = rf"({TOKEN}):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*"
HOST = r"([\w.-]+|\[[\da-fA-F:.]+\])(:\d+)?"
EXTENSION = rf'{TOKEN}([ \t]*;[ \t]*{TOKEN}(="?{TOKEN}"?)?)*'


def open_connection(head):
    """Checks the request, and returns the response that opens the connection."""
    request_line, *lines = head[:-4].split("\r\n")
    request = matches(r"([A-Z]+) (\S+) HTTP/1\.1", request_line)
    check(request, 400)
    check(request[1] == "GET", 405, "Allow: GET")
    target = matches(r"(?:https?://[^/]+)?(/[^?]*).*", request[2])
    check(target, 400)
    check(target[1] == PATH, 404)

    headers = {}
    for line in lines:
        header = matches(HEADER, line)
        check(header, 400)
        headers.setdefault(header[1].lower(), []).append(header[2])

    def values(name):
        return headers.get(name, [])

    def items(name):
        return [item for value in values(name) for item in re.split(r"[ \t]*,[ \t]*", value) if item]

    def lists(name, word):
        return word in [item.lower() for item in items(name)]

    def is_one(name, form):
        return len(values(name)) == 1 and matches(form, values(name)[0])

    check(is_one("host", HOST), 400)
    check(values("upgrade"), 426, "Upgrade: websocket")
    check(lists("upgrade", "websocket") and lists("connection", "upgrade"), 400)
    check(is_one("sec-websocket-version", "13"), 426, "Upgrade: websocket", "Sec-WebSocket-Version: 13")
    check(is_one("sec-websocket-key", r"[A-Za-z\d+/]{22}=="), 400)
    check(len(values("origin")) <= 1 and not values("content-length"), 400)
    subprotocols = items("sec-websocket-protocol")
    check(all(matches(TOKEN, name) for name in subprotocols), 400)
    check(len(set(subprotocols)) == len(subprotocols), 400)
    check(all(matches(EXTENSION, offer) for offer in items("sec-websocket-extensions")), 400)
    return response(101, "Upgrade: websocket", "Connection: Upgrade")


def matches(form, text):
    """Compares the whole text. Only the letters and digits of ASCII count as such."""
    return re.fullmatch(form, text, re.ASCII)


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
            await send(writer, open_connection(head))
            while await reader.read(65_536):
                pass  # The frames, which we cannot read yet.
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
