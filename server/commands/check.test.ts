import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { check } from './check.ts';
import { BadInput } from './command.ts';

let server: WebSocketServer;
let address: string;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  await once(server, 'listening');
  address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

async function run(...args: string[]) {
  let [out, err] = ['', ''];
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const status = await check.run(args, output);
  return { status, out, err };
}

test('exits with 0 if all cases pass, with progress on standard error', async () => {
  const { status, out, err } = await run(address, '--only', '5.5.1-reason');
  expect(status).toBe(0);
  expect(out).toContain('passed, 0 allowed, 0 failed.');
  expect(err).toMatch(/^\d+ of \d+ cases, 0 failed\n$/);
});

test('exits with 1 if a case fails, and says which', async () => {
  const { status, out } = await run(address, '--only', '4.2.1-refuses-http');
  expect(status).toBe(1);
  expect(out).toContain('FAILED  4.2.1-refuses-http-version-too-low');
});

test('prints one JSON document', async () => {
  const { out } = await run(address, '--only', '5.5.2-ping-empty', '--json');
  expect(JSON.parse(out).counts).toEqual({ passed: 1, allowed: 0, failed: 0 });
});

test('runs the cases of a stage, and says that it is not done and what is left', async () => {
  const { status, out } = await run(address, '--stage', '2');
  // ws does not check the version of HTTP, among others.
  expect(status).toBe(1);
  expect(out).toMatch(/^96 cases against .*, [1-9]\d* failed\.$/m);
  expect(out).toMatch(/^Stage 2 of 8, Check the request: not done yet\. \d{3} cases left for later stages\.$/m);
  const { out: few } = await run(address, '--stage', '3', '--only', '4.2.2-accept');
  expect(few).toMatch(/^Stage 3 of 8, Compute the accept: only 5 of its 110 cases ran\.$/m);
});

test('says that a stage is done, and what comes next', async () => {
  const { status, out } = await run(address, '--stage', '1');
  expect(status).toBe(0);
  expect(out).toMatch(
    /^Stage 1 of 8, Listen, and read a request: done\. \d{3} cases left for later stages\. Next is stage 2, Check the request\.$/m,
  );
});

test('has the stage in the JSON document', async () => {
  const { out } = await run(address, '--stage', '5', '--only', '5.3-mask-00000000-33', '--json');
  const { stage, cases } = JSON.parse(out);
  expect(stage).toMatchObject({ number: 5, title: 'Undo the masking, and echo', cases: 428 });
  // Before stage 7 a server need not answer a close frame, so the case ends with the echo.
  expect(cases).toMatchObject([{ outcome: 'passed', expected: 'status 101; binary of 33 bytes' }]);
});

test('tests the given limit', async () => {
  const { out } = await run(address, '--only', '10.4', '--max-message', '65536', '--json');
  // The server takes far more than that.
  expect(JSON.parse(out).counts).toEqual({ passed: 2, allowed: 0, failed: 2 });
});

test.each([
  ['no address', []],
  ['two addresses', ['ws://localhost:1', 'ws://localhost:2']],
  ['an option that there is not', ['ws://localhost:1', '--fast']],
  ['another machine', ['ws://192.0.2.1/']],
  ['a stage before the first', ['ws://localhost:1', '--stage', '0']],
  ['a stage after the last', ['ws://localhost:1', '--stage', '9']],
  ['a stage that is no number', ['ws://localhost:1', '--stage', 'frame']],
  ['a stage with compression, which has none', ['ws://localhost:1', '--stage', '8', '--deflate']],
  ['a section that the stage does not have', ['ws://localhost:1', '--stage', '3', '--only', '5.5']],
  ['a limit too small for the other cases', ['ws://localhost:1', '--max-message', '10']],
])('takes %s for bad input', async (_name, args) => {
  await expect(run(...args)).rejects.toBeInstanceOf(BadInput);
});

test('shows its progress in one line on a terminal, and leaves none behind', async () => {
  const shown: string[] = [];
  const output = { out: () => {}, err: () => {}, status: (line: string) => shown.push(line), columns: 60 };
  await check.run([address, '--only', '5.5.2'], output);
  expect(shown[0]).toMatch(/^1 of \d+ cases, 0 failed; 5\.5\.2-/);
  expect(shown.at(-1)).toBe('');
});

test('is stopped by Ctrl+C, and reports what it has', async () => {
  let report = '';
  const output = {
    out: (text: string) => {
      report += text;
    },
    err: () => {},
    status: (line: string) => line.startsWith('3 of') && process.emit('SIGINT'),
  };
  const listeners = process.listenerCount('SIGINT');
  expect(await check.run([address, '--only', '5'], output)).toBe(130);
  expect(report).toMatch(/^\d+ of \d+ cases against .*\nStopped before the end\.\n$/m);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});

test('takes a server that is not there for bad input', async () => {
  await expect(run('ws://127.0.0.1:1/', '--only', '5.5.2')).rejects.toThrow('There is no server at');
});
