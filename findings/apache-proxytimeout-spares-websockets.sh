#!/usr/bin/env bash
# Apache httpd 2.4.71 (Debian's package apache2 2.4.71-1~deb12u1, which must be installed), ProxyPass with upgrade=websocket and ProxyTimeout 2:
# an upgraded connection on which nothing is sent is still open after 8 s. If the client then ends its side of TCP, the server reads the end,
# and the client's connection is open 5 s later.
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
modules = "/usr/lib/apache2/modules"
with open(f"{folder}/apache2.conf", "w") as file:
    file.write(f'''ServerName 127.0.0.1
User www-data
Group www-data
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule proxy_module {modules}/mod_proxy.so
LoadModule proxy_http_module {modules}/mod_proxy_http.so
ProxyTimeout 2
ProxyPass / http://127.0.0.1:{target}/ upgrade=websocket
''')
apache = subprocess.Popen(["apache2", "-f", f"{folder}/apache2.conf", "-DFOREGROUND"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    start_new_session=True)
try:
    client, server = opened(port, backend)
    print("client after 8 idle seconds:", read_end(client, 8).strip())
    print("server after 8 idle seconds:", read_end(server, 0.5).strip())
    client.shutdown(socket.SHUT_WR)
    print("server, after the client's FIN:", read_end(server, 5).strip())
    print("client, after its own FIN:", read_end(client, 5).strip())
finally:
    os.killpg(apache.pid, signal.SIGKILL)  # its children too: they outlive the parent while a connection is open
    apache.wait()
PY
seen=$(python3 "$folder/run.py" "$folder")
apache2 -v | head -1
echo "$seen"
[ "$seen" = "client after 8 idle seconds: open
server after 8 idle seconds: open
server, after the client's FIN: FIN
client, after its own FIN: open" ]
