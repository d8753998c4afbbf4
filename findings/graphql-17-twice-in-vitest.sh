#!/usr/bin/env bash
# graphql 17.1.0 with graphql-ws 6.4.2 in Vitest 5.1.1: the test imports the copy of graphql for the condition "development", and graphql-ws
# imports the other one. A schema that the test builds is then none for the server, which closes the client's WebSocket with 4500.
# The same code run by Node answers. Seen: "closed with 4500 Internal server error" in Vitest, "Hi" in Node 24.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund vitest@5.1.1 graphql@17.1.0 graphql-ws@6.4.2 ws@8.23.0 >/dev/null 2>&1
cat > subscribe.mjs <<'JS'
import { buildSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

export async function subscribe() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const schema = buildSchema('type Query { hello: String } type Subscription { greetings: String }');
  async function* greetings() { yield { greetings: 'Hi' }; }
  useServer({ schema, roots: { subscription: { greetings } } }, server);
  await new Promise((resolve) => server.on('listening', resolve));
  const client = createClient({ url: `ws://127.0.0.1:${server.address().port}/`, retryAttempts: 0 });
  try {
    for await (const { data } of client.iterate({ query: 'subscription { greetings }' })) return data.greetings;
  } catch ({ code, reason }) {
    return `closed with ${code} ${reason}`;
  } finally {
    server.close();
  }
}
JS
cat > in-vitest.test.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { subscribe } from './subscribe.mjs';
test('subscribe', async () => writeFileSync('vitest.txt', await subscribe()));
JS
node -e "import('./subscribe.mjs').then(({ subscribe }) => subscribe()).then((said) => { require('node:fs').writeFileSync('node.txt', said); process.exit(); })"
node_modules/.bin/vitest run --dangerouslyIgnoreUnhandledErrors >/dev/null 2>&1 || true
seen="Vitest: $(cat vitest.txt); Node: $(cat node.txt)"
echo "$seen"
[ "$seen" = 'Vitest: closed with 4500 Internal server error; Node: Hi' ]
