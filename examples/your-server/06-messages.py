# Stage 6: joins the fragments of a message, and echoes the whole message.
# Run it:   python3 examples/your-server/06-messages.py
# Check it: npm run -s framelight -- check ws://localhost:9001/echo --stage 6

import asyncio
import base64
import hashlib
import re
import sys
from http import HTTPStatus

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 9001
PATH = "/echo"
MAX_HEAD_BYTES = 8192
MAX_MESSAGE_BYTES = 16 * 1024 * 1024
LINGER_SECONDS = 2
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10


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
    accept = accept_of(values("sec-websocket-key")[0])
    return response(101, "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Accept: {accept}")


def matches(form, text):
    """Compares the whole text. Only the letters and digits of ASCII count as such."""
    return re.fullmatch(form, text, re.ASCII)


def accept_of(key):
    """Hashes the key, as text, with the GUID of RFC 6455 appended. The hash is 20 bytes, not hex digits."""
    digest = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()
    return base64.b64encode(digest).decode()


async def read_header(reader):
    """Reads the header of a frame, and checks everything that can be checked in it."""
    first, second = await reader.readexactly(2)
    fin, opcode, size = first >= 0x80, first & 0x0F, second & 0x7F
    rule(first & 0x70 == 0, 1002, "a reserved bit is set")
    rule(opcode in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG), 1002, "the opcode is reserved")
    rule(second >= 0x80, 1002, "the frame is not masked")
    rule(opcode < CLOSE or (fin and size <= 125), 1002, "a control frame is cut, or too long")
    length = size
    if size >= 126:
        length = int.from_bytes(await reader.readexactly(2 if size == 126 else 8), "big")
        rule(length >= (126 if size == 126 else 65_536), 1002, "the length has a shorter form")
    rule(length < 2**63, 1002, "the first bit of the length is 1")
    rule(length <= MAX_MESSAGE_BYTES, 1009, "the frame is too long")
    return fin, opcode, length, await reader.readexactly(4)


def rule(is_kept, code, reason):
    """Fails the connection unless the rule is kept: sends a close frame that says why, and ends TCP."""
    if not is_kept:
        raise Stop(close_frame(code, reason))


def close_frame(code, reason):
    return encode_frame(CLOSE, code.to_bytes(2, "big") + reason.encode())


def encode_frame(opcode, payload):
    """Writes a frame as a server does: FIN is 1, there is no mask, and the length has its shortest form."""
    length = len(payload)
    size = length if length < 126 else 126 if length < 65_536 else 127
    extended = b"" if size < 126 else length.to_bytes(2 if size == 126 else 8, "big")
    return bytes([0x80 | opcode, size]) + extended + payload


def unmask(payload, key):
    """Undoes the masking: XOR of byte i of the payload and byte i mod 4 of the key."""
    keys = (key * (len(payload) // 4 + 1))[: len(payload)]
    # One XOR of two long numbers is much faster than a loop over their bytes.
    return (int.from_bytes(payload, "big") ^ int.from_bytes(keys, "big")).to_bytes(len(payload), "big")


async def talk(reader, writer):
    """Reads frame after frame, and echoes each message when its last frame has come."""
    message = None  # The message whose last frame has not come yet.
    while True:
        fin, opcode, length, key = await read_header(reader)
        payload = unmask(await reader.readexactly(length), key)
        if opcode >= CLOSE:
            continue  # A control frame may come between two fragments. It is not part of the message.
        if opcode != CONTINUATION:
            message, kind = bytearray(), opcode
        if message is None:
            continue
        rule(len(message) + length <= MAX_MESSAGE_BYTES, 1009, "the message is too long")
        message += payload
        if not fin:
            continue
        await send(writer, encode_frame(kind, message))
        message = None


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
            await talk(reader, writer)
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
