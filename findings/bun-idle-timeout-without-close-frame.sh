#!/usr/bin/env bash
# Bun 1.4.5: Bun.serve pings a silent client by itself (sendPings) after half of idleTimeout, and at the whole ends TCP
# without a close frame. The client's close event is 1006, and nothing on the wire says that the server did it on purpose.
# Seen with idleTimeout 16: 89 00 after 8 s, FIN after 16 s, no other byte.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund bun@1.4.5 >/dev/null 2>&1
node node_modules/bun/install.js >/dev/null 2>&1 || true
cat > server.mjs <<'JS'
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request, self) { return self.upgrade(request) ? undefined : new Response('no WebSocket'); },
  websocket: { idleTimeout: 16, message() {} },
});
console.log(server.port);
JS
cat > silent.mjs <<'JS'
import { connect } from 'node:net';
const socket = connect(Number(process.argv[2]), '127.0.0.1');
socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n');
let start = 0;
const seconds = () => Math.round((performance.now() - start) / 1000);
socket.on('data', (bytes) => {
  if (start === 0) start = performance.now();
  else console.log(`${seconds()} s: ${bytes.toString('hex')}`);
});
socket.on('end', () => console.log(`${seconds()} s: FIN`));
setTimeout(() => process.exit(2), 40_000).unref();
JS
node_modules/.bin/bun server.mjs > port &
server=$!
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
seen=$(node silent.mjs "$(cat port)")
echo "$seen"
[ "$seen" = '8 s: 8900
16 s: FIN' ]
