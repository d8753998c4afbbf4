#!/usr/bin/env bash
# Deno 2.9.6: a server's WebSocket whose ping is not answered in time fires two close events.
# The standard has one, and a server that counts its connections down at each counts this one twice.
# Seen, with idleTimeout 4 and a client that opens and then says nothing: close 1001 "No response from ping frame.", wasClean false;
# then, when the client has answered the close frame or ended TCP, close 1005, wasClean true.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund deno@2.9.6 >/dev/null 2>&1
node node_modules/deno/install.cjs >/dev/null 2>&1 || true
cat > server.mjs <<'JS'
Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log(port) }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 4 });
  socket.addEventListener('close', ({ code, reason, wasClean }) => console.log(`close ${code} "${reason}" ${wasClean}`));
  return response;
});
JS
cat > silent.mjs <<'JS'
import { connect } from 'node:net';
const socket = connect(Number(process.argv[2]), '127.0.0.1');
socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n');
socket.resume();
socket.on('error', () => {});
setTimeout(() => process.exit(2), 20_000).unref();
JS
node_modules/.bin/deno run --allow-net server.mjs > seen &
server=$!
for _ in $(seq 100); do [ -s seen ] && break; sleep 0.1; done
node silent.mjs "$(head -n 1 seen)"
sleep 1
tail -n +2 seen
[ "$(tail -n +2 seen)" = 'close 1001 "No response from ping frame." false
close 1005 "" true' ]
