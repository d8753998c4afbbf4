import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createProxyServer } from 'http-proxy-3';
import { expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../testing/companion.ts';
import { COMMANDS, runCommandLine } from './command-line.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

test('prints what a proxy has changed in the heads, when the connection has ended on both sides', async () => {
  const companion = await startCompanion();
  let target = '';
  const passing = createProxyServer({ ws: true });
  const proxy = createServer().on('upgrade', (request, socket, head) => passing.ws(request, socket, head, { target }));
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  const { port } = proxy.address() as AddressInfo;
  const servers = [`ws://127.0.0.1:${port}/echo`, `ws://127.0.0.1:${companion.port}`];
  const child = spawn(process.execPath, [MAIN, 'sandwich', ...servers, '--port', '0', '--inner-port', '0']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value as string;
  const [, address = '', inner = ''] =
    /^Point your client at (ws:\S+), and your proxy at (\S+)\.$/.exec(await next()) ?? [];
  expect(address).toMatch(/\/echo$/);
  target = `http://${inner}`;
  const client = new WebSocket(address);
  await once(client, 'open');
  client.send('Hello');
  await once(client, 'message');
  client.close(1000);
  await once(client, 'close');
  expect(await next()).toBe('Connection 1 to your proxy, 1 from it:');
  expect(await next()).toMatch(/^ {2}(request|response): /);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  [['ws://localhost:1'], /^Give two addresses/],
  [['ws://localhost:1', 'ws://192.0.2.1:2'], /^192\.0\.2\.1 is not this machine/],
  [['ws://localhost:1', 'ws://localhost:2', '--port', '9', '--inner-port', '9'], /^--port and --inner-port are both 9/],
])('says what is wrong with %j', async (args, message) => {
  let problem = '';
  const err = (text: string): void => {
    problem += text;
  };
  const output = { out: () => {}, err };
  expect(await runCommandLine(['sandwich', ...args], output, COMMANDS)).toBe(2);
  expect(problem).toMatch(message);
});
