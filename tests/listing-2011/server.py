"""A WebSocket server with the 22 mistakes of a listing of 2011, for Python 3. Not for any other use.

    python3 server.py --port 8081     a real server at 127.0.0.1, with /echo and /broadcast
    python3 server.py --replay        reads steps as JSON from standard input, and prints what it did

It was written from a description of what the listing in chapter 7 of a 2011 HTML5 book does, not from its text. That one
was built on asyncore, which Python 3.12 no longer has (mistake 22); this one uses selectors. The numbers in the comments
are those of the chapter "The 2011 listing under a microscope".
"""

import argparse
import base64
import hashlib
import importlib.util
import json
import selectors
import socket
import struct
import sys

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
READ_BYTES = 1024
NEEDED_AT_FIRST = 6


class Client:
    """The other end of a session, as a replay sees it."""

    def __init__(self):
        self.does = "reads"


class Session:
    def __init__(self, server, number, client):
        self.server = server
        self.number = number
        self.client = client
        self.readystate = "connecting"
        self.buffer = b""
        self.handler = None
        self.copied = 0
        self.unsent = 0
        self.dead = False

    # What comes in.

    def read(self, chunk):
        self.buffer = self.buffer + chunk  # 21: every read copies all that is there
        if self.readystate == "open":
            self.copied += len(self.buffer)
            self.read_frame()  # 3: at most one frame for each read
        else:
            self.read_head()

    def read_head(self):
        head, end, rest = self.buffer.partition(b"\r\n\r\n")
        if not end:
            self.say("waits", held=len(self.buffer), needed=None)
            return
        self.buffer = rest
        lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, value = line.split(": ")  # 13: at every colon and space
            headers[name] = value  # 13: with its case
        key = headers["Sec-WebSocket-Key"]  # 14: its form is not checked, nor Upgrade, Connection and version
        headers["Host"]  # 15: and nobody looks at Origin
        path = lines[0].split(" ")[1]  # 17: with its query
        self.readystate = "open"  # 17: before anything was sent
        self.say("opens", path=path)
        self.handler = self.server.handlers.get(path)(self)  # 16: calls None if there is no such path
        digest = hashlib.sha1((key + GUID).encode("latin-1")).digest()
        accept = base64.encodebytes(digest).decode("ascii")  # 11: ends with a line feed
        reply = (
            "HTTP/1.1 101 Switching Protocols\r\n"
            "Upgrade: websocket\r\n"
            "Connection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n"
        )
        if "Sec-WebSocket-Protocol" in headers:
            # 11: after the end of the head; 12: the whole list
            reply += f"Sec-WebSocket-Protocol: {headers['Sec-WebSocket-Protocol']}\r\n"
        self.write(reply.encode("latin-1"))

    def read_frame(self):
        buffer = b"" if self.dead else self.buffer
        if len(buffer) < NEEDED_AT_FIRST:  # 4: as if every frame were masked
            self.say("waits", held=len(self.buffer), needed=NEEDED_AT_FIRST)
            return
        first, second = buffer[0], buffer[1]
        opcode = first & 0x0F  # 6 and 8: FIN and the reserved bits are not used
        length, at = second & 0x7F, 2
        if length == 126:
            length, at = struct.unpack(">H", buffer[2:4])[0], 4
        elif length == 127:
            length, at = struct.unpack(">I", buffer[2:6])[0], 6  # 1: 32 of the 64 bits
        masked = second & 0x80
        start = at + 4 if masked else at
        if len(buffer) < start + length:  # 10: whatever the length is
            self.say("waits", held=len(buffer), needed=start + length)
            return
        key = buffer[at:start]
        payload = buffer[start : start + length]
        self.buffer = buffer[start + length :]
        self.copied += length
        if masked:  # 5: and if not, it takes the payload as it is
            payload = bytes(payload[i] ^ key[i % 4] for i in range(length))
        if opcode == 1:
            try:
                self.dispatch(payload.decode("utf-8"))  # 9: nothing catches what this raises
            except UnicodeDecodeError:
                self.dead = True
                raise
        elif opcode == 2:
            self.dispatch(payload)
        else:  # 6, 7 and 8: continuations, control frames and unknown ones
            self.say("drops", opcode=opcode, frameBytes=start + length)

    def dispatch(self, data):
        self.handler(data)

    def echo(self, data):
        self.say("calls", handler="echo", **as_json(data))
        self.send(data)

    def broadcast(self, data):
        self.say("calls", handler="broadcast", **as_json(data))
        for session in self.server.sessions:
            session.send(data)

    # What goes out.

    def send(self, data):
        if self.readystate != "open":
            return
        payload = data.encode("utf-8") if isinstance(data, str) else data
        header = bytes([0x81 if isinstance(data, str) else 0x82])
        length = len(payload)
        if length < 126:
            header += bytes([length])
        elif length < 65535:  # 2: one too few
            header += struct.pack(">BH", 126, length)
        else:
            header += struct.pack(">BQ", 127, length)
        self.write(header + payload)

    def write(self, data):
        try:
            self.transmit(data)
        except OSError:  # 19: and nobody learns of it
            self.say("swallows", lostBytes=len(data))

    def transmit(self, data):
        if self.client.does == "is gone":
            raise BrokenPipeError
        if self.client.does == "stops reading":
            self.unsent += len(data)  # 20: without a limit
            self.say("keeps", unsentBytes=self.unsent)
            return
        self.say("writes", **show(data))

    def terminate(self):
        self.ready_state = "closed"  # 18: the others read readystate, and the list keeps the session

    def say(self, kind, **more):
        self.server.events.append({"session": self.number, "kind": kind, **more})


class Server:
    def __init__(self):
        self.handlers = {"/echo": lambda session: session.echo, "/broadcast": lambda session: session.broadcast}
        self.sessions = []
        self.events = []

    def connect(self, kind=Session, client=None):
        session = kind(self, len(self.sessions), client or Client())
        self.sessions.append(session)
        return session


def as_json(data):
    return {"text": data} if isinstance(data, str) else show(data)


def show(data):
    return {"hex": data[:64].hex(), "byteLength": len(data)}


# Replay: steps in, events out.


def replay(steps):
    server = Server()
    for step in steps:
        if step["do"] == "connect":
            server.connect().client.does = step.get("client", "reads")
            continue
        session = server.sessions[step["session"]]
        if step["do"] == "read":
            whole = bytes.fromhex(step["hex"])
            size = step.get("size") or max(1, len(whole))
            for at in range(0, max(1, len(whole)), size):
                try:
                    session.read(whole[at : at + size])
                except (IndexError, KeyError, TypeError, ValueError) as error:
                    session.say("raises", error=type(error).__name__)
        elif step["do"] == "client":
            session.client.does = step["client"]
        elif step["do"] == "send":
            session.send(bytes.fromhex(step["hex"]))
        elif step["do"] == "terminate":
            session.terminate()
    return {
        "events": server.events,
        "copied": [session.copied for session in server.sessions],
        "python": list(sys.version_info[:2]),
        "hasAsyncore": importlib.util.find_spec("asyncore") is not None,
    }


# A real server: one thread, one selector.


class SocketSession(Session):
    """A session over a socket. It blocks while it writes, as a simple server does."""

    def transmit(self, data):
        self.client.sendall(data)

    def say(self, kind, **more):
        pass


def serve(port):
    server = Server()
    selector = selectors.DefaultSelector()
    listening = socket.create_server(("127.0.0.1", port))
    selector.register(listening, selectors.EVENT_READ)
    print(f"ws://127.0.0.1:{listening.getsockname()[1]}/echo", flush=True)
    while True:
        for ready, _ in selector.select():
            if ready.fileobj is listening:
                client, _ = listening.accept()
                client.settimeout(2)
                selector.register(client, selectors.EVENT_READ, server.connect(SocketSession, client))
                continue
            session = ready.data
            try:
                chunk = session.client.recv(READ_BYTES)
                if chunk:
                    session.read(chunk)
            except Exception as error:
                # The connection hangs open after an exception in the handshake, and dies after one in a frame.
                print(type(error).__name__, file=sys.stderr, flush=True)
                chunk = b"" if session.dead or isinstance(error, OSError) else b"-"
            if not chunk:
                selector.unregister(session.client)
                session.client.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--replay", action="store_true")
    options = parser.parse_args()
    if options.replay:
        for line in sys.stdin:
            print(json.dumps(replay(json.loads(line))), flush=True)
    else:
        serve(options.port)
