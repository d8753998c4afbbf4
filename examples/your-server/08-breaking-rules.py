# Stage 8: says no to what is still wrong: the order of the frames, a text that is not UTF-8, a bad close frame.
# Run it:   python3 examples/your-server/08-breaking-rules.py
# Check it: npm run -s framelight -- check ws://localhost:9001/echo --stage 8

import asyncio
import base64
import codecs
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


def unmask(piece, key, at=0):
    """Undoes the masking of a piece of a payload. Its first byte is byte `at` of the payload."""
    keys = (key * (len(piece) // 4 + 2))[at % 4 : at % 4 + len(piece)]
    # One XOR of two long numbers is much faster than a loop over their bytes.
    return (int.from_bytes(piece, "big") ^ int.from_bytes(keys, "big")).to_bytes(len(piece), "big")


def check_close_body(body):
    """The body of a close frame is empty, or it is a code that may be sent and a reason in UTF-8."""
    if len(body) == 0:
        return
    code = 0 if len(body) == 1 else int.from_bytes(body[:2], "big")
    is_assigned = 1000 <= code <= 1014 and code not in (1004, 1005, 1006)
    rule(is_assigned or 3000 <= code <= 4999, 1002, "this close code must not be sent")
    body[2:].decode()


async def talk(reader, writer):
    """Reads frame after frame, and echoes each message when its last frame has come."""
    message = None  # The message whose last frame has not come yet.
    while True:
        fin, opcode, length, key = await read_header(reader)
        if opcode >= CLOSE:
            payload = unmask(await reader.readexactly(length), key)
            if opcode == PING:
                await send(writer, encode_frame(PONG, payload))
            if opcode == CLOSE:
                check_close_body(payload)
                raise Stop(encode_frame(CLOSE, payload[:2]))
            continue
        rule((opcode == CONTINUATION) == (message is not None), 1002, "the fragments are out of order")
        if message is None:
            message, kind, decoder = bytearray(), opcode, codecs.getincrementaldecoder("utf-8")()
        rule(len(message) + length <= MAX_MESSAGE_BYTES, 1009, "the message is too long")
        # Check a text as it arrives. One decoder for all of it: a piece may end inside a character.
        at = 0
        while at < length:
            piece = unmask(await read_some(reader, length - at), key, at)
            if kind == TEXT:
                decoder.decode(piece)
            message += piece
            at += len(piece)
        if not fin:
            continue
        if kind == TEXT:
            decoder.decode(b"", final=True)
        await send(writer, encode_frame(kind, message))
        message = None


async def read_some(reader, count):
    """Returns at least one byte, and at most `count`. Waits if nothing is there."""
    return await reader.read(count) or await reader.readexactly(1)  # After the end of TCP, readexactly raises.


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
        except UnicodeDecodeError:
            await send(writer, close_frame(1007, "the text is not UTF-8"))
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
