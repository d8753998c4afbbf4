#!/usr/bin/env bash
# A WebSocket to a path that no route serves should get an HTTP error before any upgrade. With these it opens first:
# express-ws 5.0.2 answers 101 and then a close frame without a code; koa-websocket 7.0.0 answers 101 and then says nothing, for good;
# @fastify/websocket 11.3.7 answers 404 to an unknown path, but on the path of an ordinary GET route 101 and a close frame without a code.
# @hono/node-ws 1.3.1 answers 404, and 200 on an ordinary route. The client of the first three sees "open", then 1005 or nothing: look at the path.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts express@4.22.3 express-ws@5.0.2 fastify@5.12.8 @fastify/websocket@11.3.7 koa@3.3.0 koa-websocket@7.0.0 \
  hono@4.13.19 @hono/node-server@1.19.19 @hono/node-ws@1.3.1 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { connect } from 'node:net';
import { serve } from '@hono/node-server';
import { createNodeWebSocket } from '@hono/node-ws';
import fastifyWebSocket from '@fastify/websocket';
import express from 'express';
import expressWs from 'express-ws';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import koaWebSocket from 'koa-websocket';

function ask(port, path) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let bytes = Buffer.alloc(0);
    socket.on('data', (more) => { bytes = Buffer.concat([bytes, more]); });
    socket.on('error', () => {});
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`);
    setTimeout(() => {
      const status = bytes.toString('latin1').split(' ')[1];
      const after = bytes.subarray(bytes.indexOf('\r\n\r\n') + 4).toString('hex');
      done(status === '101' ? `101, then ${after || 'nothing in 1.5 s'}` : status);
      socket.destroy();
    }, 1500);
  });
}
const listening = (server) => new Promise((done) => server.once('listening', () => done(server.address().port)));

const onExpress = express();
expressWs(onExpress);
onExpress.ws('/socket', () => {});
const onFastify = fastify();
await onFastify.register(fastifyWebSocket);
onFastify.get('/socket', { websocket: true }, () => {});
onFastify.get('/page', async () => 'a page');
await onFastify.listen({ port: 0, host: '127.0.0.1' });
const onKoa = koaWebSocket(new Koa());
onKoa.ws.use((context, next) => (context.path === '/socket' ? undefined : next()));
const onHono = new Hono();
const { injectWebSocket, upgradeWebSocket } = createNodeWebSocket({ app: onHono });
onHono.get('/socket', upgradeWebSocket(() => ({})));
onHono.get('/page', (context) => context.text('a page'));
const honoServer = serve({ fetch: onHono.fetch, port: 0, hostname: '127.0.0.1' });
injectWebSocket(honoServer);

const expressPort = await listening(onExpress.listen(0, '127.0.0.1'));
const koaPort = await listening(onKoa.listen(0, '127.0.0.1'));
const honoPort = honoServer.listening ? honoServer.address().port : await listening(honoServer);
console.log(`express-ws, unknown path: ${await ask(expressPort, '/unknown')}`);
console.log(`koa-websocket, unknown path: ${await ask(koaPort, '/unknown')}`);
console.log(`@fastify/websocket, unknown path: ${await ask(onFastify.server.address().port, '/unknown')}`);
console.log(`@fastify/websocket, ordinary route: ${await ask(onFastify.server.address().port, '/page')}`);
console.log(`@hono/node-ws, unknown path: ${await ask(honoPort, '/unknown')}`);
console.log(`@hono/node-ws, ordinary route: ${await ask(honoPort, '/page')}`);
process.exit();
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = 'express-ws, unknown path: 101, then 8800
koa-websocket, unknown path: 101, then nothing in 1.5 s
@fastify/websocket, unknown path: 404
@fastify/websocket, ordinary route: 101, then 8800
@hono/node-ws, unknown path: 404
@hono/node-ws, ordinary route: 200' ]
