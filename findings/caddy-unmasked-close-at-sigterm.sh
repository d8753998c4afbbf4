#!/usr/bin/env bash
# Caddy 2.6.2 (Debian's package caddy 2.6.2-5, which must be installed): when its process gets SIGTERM, its reverse_proxy writes a close frame
# with 1001 into each proxied WebSocket, in both directions: 88 02 03 e9. The one that goes to the server is not masked, which a server
# must answer with a failed connection (RFC 6455 §5.1).
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
with open(f"{folder}/Caddyfile", "w") as file:
    file.write(f"{{\n admin off\n}}\nhttp://127.0.0.1:{port} {{\n reverse_proxy 127.0.0.1:{target}\n}}\n")
caddy = subprocess.Popen(["caddy", "run", "--config", f"{folder}/Caddyfile"], stderr=subprocess.DEVNULL,
    env={**os.environ, "HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder})
try:
    client, server = opened(port, backend)
    caddy.send_signal(signal.SIGTERM)
    print("client reads:", read_end(client, 5).split(" ")[0])
    print("server reads:", read_end(server, 5).split(" ")[0])
finally:
    caddy.kill()
    caddy.wait()
PY
seen=$(python3 "$folder/run.py" "$folder")
caddy version
echo "$seen"
[ "$seen" = 'client reads: 880203e9
server reads: 880203e9' ]
