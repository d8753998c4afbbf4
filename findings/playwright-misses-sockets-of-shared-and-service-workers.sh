#!/usr/bin/env bash
# Playwright 1.65.1 with Chromium 153 (@sparticuz/chromium 153.0.0): a WebSocket that a SharedWorker or a service worker opens gives no
# `websocket` event on the page and has no entry in the HAR; one of the page and one of a dedicated worker have both.
# extraHTTPHeaders are added to the opening requests of the page, the dedicated worker and the service worker, not to the SharedWorker's.
# Seen: all four reach the server; two are reported.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts @sparticuz/chromium@153.0.0 playwright-core@1.65.1 ws@8.23.0 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import packed from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import { WebSocketServer } from 'ws';

const open = (path) => `new WebSocket('ws://' + location.host + '${path}')`;
const files = {
  '/': `<script>${open('/page')};new Worker('/worker.js');new SharedWorker('/shared.js');navigator.serviceWorker.register('/service.js')</script>`,
  '/worker.js': open('/worker'),
  '/shared.js': open('/shared'),
  '/service.js': open('/service'),
};
const server = createServer(({ url }, response) => {
  response.setHeader('content-type', url.endsWith('.js') ? 'text/javascript' : 'text/html').end(files[url] ?? '');
});
const asked = new Map();
const all = new Promise((resolve) => {
  new WebSocketServer({ server }).on('connection', (socket, { url, headers }) => {
    asked.set(url, headers['x-extra'] ?? 'none');
    socket.send('hello');
    if (asked.size === 4) resolve();
  });
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const browser = await chromium.launch({ executablePath: await packed.executablePath(), args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ recordHar: { path: 'seen.har' }, extraHTTPHeaders: { 'x-extra': 'yes' } });
const page = await context.newPage();
const events = [];
page.on('websocket', (socket) => events.push(new URL(socket.url()).pathname));
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await all;
await page.waitForTimeout(500);
await context.close();
await browser.close();
const entries = JSON.parse(readFileSync('seen.har', 'utf8')).log.entries.map(({ request }) => new URL(request.url));
const inHar = entries.filter(({ protocol }) => protocol === 'ws:').map(({ pathname }) => pathname);
console.log(`the server: ${[...asked].sort().map(([path, header]) => `${path} ${header}`).join(', ')}`);
console.log(`page.on('websocket'): ${events.sort().join(', ')}`);
console.log(`HAR: ${inHar.sort().join(', ')}`);
process.exit();
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "the server: /page yes, /service yes, /shared none, /worker yes
page.on('websocket'): /page, /worker
HAR: /page, /worker" ]
