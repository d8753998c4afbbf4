#!/usr/bin/env bash
# lighttpd 1.4.69 (Debian's package lighttpd 1.4.69-1, which must be installed), mod_proxy with "upgrade" => "enable" and server.max-read-idle = 2:
# a WebSocket on which only the server sends, several messages a second, is cut after 2 to 3 seconds. If the client sends pongs too, it is
# open after 8 s. Not tried here: the client alone sending, and a short max-write-idle (60 here).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/run.py" <<'PY'
import os, select, signal, socket, subprocess, sys, time
folder = sys.argv[1]

def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]

def opened(port, backend):
    """A client and the server behind the proxy, with the 101 passed on."""
    for _ in range(100):
        try:
            client = socket.create_connection(("127.0.0.1", port))
            break
        except OSError:
            time.sleep(0.05)
    client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
    server, _ = backend.accept()
    until(server, b"\r\n\r\n")
    server.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
    assert b" 101 " in until(client, b"\r\n\r\n")
    return client, server

def until(one, end):
    one.settimeout(5)
    got = b""
    while not got.endswith(end):
        more = one.recv(1)
        assert more, got
        got += more
    return got

def read_end(one, seconds):
    """What arrives until the end of TCP, and how it ends."""
    one.settimeout(seconds)
    got = b""
    try:
        while more := one.recv(4096):
            got += more
        return got.hex() + " FIN"
    except socket.timeout:
        return got.hex() + " open"
    except ConnectionResetError:
        return got.hex() + " RST"

backend = socket.create_server(("127.0.0.1", 0))
target = backend.getsockname()[1]
port = free_port()
with open(f"{folder}/lighttpd.conf", "w") as file:
    file.write(f'''server.document-root = "{folder}"
server.port = {port}
server.bind = "127.0.0.1"
server.errorlog = "{folder}/error.log"
server.modules = ( "mod_proxy" )
proxy.server = ( "" => (( "host" => "127.0.0.1", "port" => "{target}" )))
proxy.header = ( "upgrade" => "enable" )
server.max-read-idle = 2
server.max-write-idle = 60
''')
lighttpd = subprocess.Popen(["lighttpd", "-D", "-f", f"{folder}/lighttpd.conf"], stderr=subprocess.DEVNULL)
try:
    for both in (False, True):
        client, server = opened(port, backend)
        start, cut = time.monotonic(), False
        while not cut and time.monotonic() - start < 8:
            try:
                server.sendall(bytes.fromhex("810568656c6c6f"))
                if both:
                    client.sendall(bytes.fromhex("8a8000000000"))
                if select.select([client], [], [], 0.2)[0]:
                    cut = client.recv(4096) == b""
                if select.select([server], [], [], 0)[0]:
                    cut = cut or server.recv(4096) == b""
                time.sleep(0.1)
            except OSError:
                cut = True
        print("both send:" if both else "only the server sends:", "cut" if cut else "open after 8 s")
        print(f"{time.monotonic() - start:.1f} s", file=sys.stderr)
        client.close()
        server.close()
finally:
    lighttpd.kill()
    lighttpd.wait()
PY
seen=$(python3 "$folder/run.py" "$folder")
lighttpd -v | head -1
echo "$seen"
[ "$seen" = 'only the server sends: cut
both send: open after 8 s' ]
