import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { findCauses } from '../../src/conformance/index.ts';
import { joinLines } from '../../src/protocol/handshake/head/example-heads.ts';
import { computeAccept, EXAMPLE_KEY } from '../../src/protocol/index.ts';
import { formatReport, formatReportJson } from './format-report.ts';
import type { SuiteProgress } from './run-cases.ts';
import { runSuite } from './run-suite.ts';
import { parseServerUrl, type ServerUrl } from './target.ts';

let server: WebSocketServer;
let target: ServerUrl;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket: WebSocket) => {
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  await once(server, 'listening');
  target = targetOf(server.address() as AddressInfo);
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

const targetOf = ({ port }: AddressInfo) => parseServerUrl(`ws://127.0.0.1:${port}/echo`);
// The ws package opens a connection for a request in HTTP/1.0.
const FALLS_SHORT = '4.2.1-refuses-http-version-too-low';

const FLOOD = new Uint8Array(64 * 1024);
const HEADER_OF_2_TO_THE_40 = Buffer.from('827f0000010000000000', 'hex');
const CLOSE_1009 = Buffer.from('880203f1', 'hex');
const ACCEPTING = joinLines(
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Accept: ${computeAccept(EXAMPLE_KEY)}`,
);

describe('runSuite', () => {
  test('runs the cases of its prefix, reports each, and counts', async () => {
    const seen: SuiteProgress[] = [];
    const result = await runSuite(target, { only: '5.5.2', onProgress: (progress) => seen.push(progress) });
    expect(result.counts).toEqual({ passed: result.results.length, allowed: 0, failed: 0 });
    expect(seen.map(({ done }) => done)).toEqual(result.results.map((_, i) => i + 1));
    expect(seen.every(({ total }) => total === result.results.length)).toBe(true);
  });

  test('says what was sent, what came back and what the rule is', async () => {
    const { counts, results } = await runSuite(target, { only: FALLS_SHORT });
    expect(counts.failed).toBe(2);
    expect(results[0]?.sentence).toContain('The server opened the connection. It must refuse, here with 400.');
    expect(results[0]?.sentence).toContain('Sent: the opening request. Came back: status 101');
    expect(results[0]?.sentence).toContain('RFC 6455 §4.2.1: The HTTP version of the request is 1.1 or higher.');
  });

  test('stops when it is aborted', async () => {
    const stop = new AbortController();
    const run = runSuite(target, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(run).rejects.toThrow('enough');
  });

  test('stops while it waits for a silent server', async () => {
    const silent = createServer();
    const address = await listen(silent);
    const stop = new AbortController();
    silent.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.once('data', () => stop.abort(new Error('enough')));
    });
    await expect(runSuite(targetOf(address), { signal: stop.signal })).rejects.toThrow('enough');
    await new Promise((resolve) => silent.close(resolve));
  });

  test('ends after the first case if no connection opens', async () => {
    const refusing = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\nNo such page.'));
    });
    const address = await listen(refusing);
    const seen: SuiteProgress[] = [];
    const result = await runSuite(targetOf(address), { only: '5.5.2', onProgress: (progress) => seen.push(progress) });
    expect(result).toMatchObject({ end: 'not-opened', counts: { passed: 0, allowed: 0, failed: 1 } });
    expect(result.leftOut).toBeGreaterThan(5);
    expect(seen).toMatchObject([{ done: 1, total: 1, result: { id: '4.2.2-opens-plain' } }]);
    const report = formatReport(result, { columns: 80 });
    expect(report).toContain('HTTP/1.1 404 Not Found');
    expect(report).toContain('No such page.');
    expect(report).toContain('GET /echo HTTP/1.1');
    expect(report).not.toContain('ping');
    await new Promise((resolve) => refusing.close(resolve));
  });

  test('explains a wrong accept, and shows an unreadable head', async () => {
    const answers = [
      // The hexadecimal digits of the hash, encoded.
      ACCEPTING.replace(/Accept: .*/, `Accept: ${btoa('b37a4f2cc0624f1690f64606cf385945b2bec4ea')}`),
      ACCEPTING.replace(/Accept: .*/, '$&\n'),
      ACCEPTING.replace(/Accept: .*/, 'Accept:'),
      ACCEPTING.replace(/Sec-WebSocket-Accept: .*\r\n/, ''),
    ];
    const reports: string[] = [];
    for (const answer of answers) {
      const wrong = createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => socket.end(answer));
      });
      reports.push(formatReport(await runSuite(targetOf(await listen(wrong)), { only: '5.5.2' })));
      await new Promise((resolve) => wrong.close(resolve));
    }
    expect(reports[0]).toContain('The hex digits of the hash were encoded, not its bytes. Ask for the raw digest');
    expect(reports[1]).toMatch(/^ +Sec-WebSocket-Accept: \S+=\\n$/m);
    // Nothing behind the colon is an answer, and has causes of its own; no header has none.
    expect(reports[2]).toContain('Sec-WebSocket-Accept is ""');
    expect(reports[2]?.replace(/\s+/g, ' ')).toContain('The answer is empty. Print the key');
    expect(reports[3]).toContain('The response has no Sec-WebSocket-Accept.');
    expect(reports[3]).not.toContain('The answer is empty');
  });

  test('reports a server that is gone midway', async () => {
    const mortal = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(mortal, 'listening');
    let accepted = 0;
    mortal.on('connection', (socket: WebSocket) => {
      accepted++;
      socket.on('error', () => {});
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
      if (accepted === 20) mortal.close();
    });
    const result = await runSuite(targetOf(mortal.address() as AddressInfo), { only: '5.3' });
    expect(result.end).toBe('gone');
    expect(result.results.length).toBeGreaterThan(10);
    expect(result.leftOut).toBeGreaterThan(10);
    expect(formatReport(result)).toContain('The server stopped listening');
  });

  test('refuses a prefix that no case has', async () => {
    await expect(runSuite(target, { only: '12.9' })).rejects.toThrow('No case starts with "12.9"');
  });

  test('says that there is no server', async () => {
    const gone = createServer();
    const address = await listen(gone);
    await new Promise((resolve) => gone.close(resolve));
    await expect(runSuite(targetOf(address))).rejects.toThrow('There is no server at ws://127.0.0.1:');
  });

  test('cuts off a server that floods', async () => {
    let poured = 0;
    const flood = createServer((socket) => {
      const pour = () => {
        do poured += FLOOD.length;
        while (socket.writable && socket.write(FLOOD));
      };
      socket.on('error', () => {});
      socket.on('drain', pour);
      socket.write(ACCEPTING);
      socket.write(HEADER_OF_2_TO_THE_40);
      pour();
    });
    const address = await listen(flood);
    const { results } = await runSuite(targetOf(address), { only: '4.2.2-opens-plain' });
    expect(results[0]).toMatchObject({ outcome: 'failed', finding: expect.stringContaining('hung up') });
    expect(poured).toBeLessThan(1000 * FLOOD.length);
    await new Promise((resolve) => flood.close(resolve));
  });
});

test('the last words of a server that hangs up on megabytes are heard', async () => {
  const hasty = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(ACCEPTING);
      socket.once('data', () => {
        socket.pause();
        // What is not read makes the kernel reset the connection, right behind the close frame.
        socket.write(CLOSE_1009, () => socket.destroy());
      });
    });
  });
  const address = await listen(hasty);
  const { results } = await runSuite(targetOf(address), { only: '6.2-large-binary-1' });
  expect(results.length).toBeGreaterThan(5);
  for (const result of results) expect(result.finding).toContain('rejected the message as too big, with 1009');
  await new Promise((resolve) => hasty.close(resolve));
});

describe('the reports', () => {
  test('for people show the failed cases and the totals', async () => {
    const report = formatReport(await runSuite(target, { only: '4.2.1-refuses-http' }));
    expect(report).toContain(`FAILED  ${FALLS_SHORT}`);
    expect(report).toMatch(
      /2 cases against ws:\/\/127\.0\.0\.1:\d+\/echo in \d+\.\d s: 0 passed, 0 allowed, 2 failed\.\n$/,
    );
  });

  test('for people show three cases of each cause in full, and name the others unless asked for all', async () => {
    const result = await runSuite(target, { only: '4.2.1-refuses' });
    const short = formatReport(result);
    const inFull = (report: string) => report.match(/^(?:FAILED|allowed) /gm)?.length;
    const causes = findCauses(result.results);
    expect(Math.max(...causes.map(({ cases }) => cases.length))).toBeGreaterThan(3);
    expect(inFull(short)).toBe(causes.reduce((sum, { cases }) => sum + Math.min(cases.length, 3), 0));
    expect(short).toMatch(/^Most likely causes:\n {2}\d+ cases? +\w/m);
    expect(short).toMatch(/^\d+ more cases? fails? like these: 4\.2\.1-refuses-.*--long/m);
    expect(inFull(formatReport(result, { long: true }))).toBe(result.counts.failed + result.counts.allowed);
  });

  test('for programs are one JSON document with every case', async () => {
    const report = JSON.parse(formatReportJson(await runSuite(target, { only: '5.5.2-ping-text' })));
    expect(report.counts).toEqual({ passed: 1, allowed: 0, failed: 0 });
    expect(report.cases[0]).toMatchObject({
      id: '5.5.2-ping-text',
      section: '5.5.2',
      autobahn: '2.2',
      outcome: 'passed',
    });
    expect(report.cases[0].sentHex).toMatch(/^898d/);
    expect(Buffer.from(report.cases[0].receivedHex, 'hex').toString('latin1')).toMatch(/^HTTP\/1\.1 101 /);
  });
});

async function listen(listening: Server): Promise<AddressInfo> {
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return listening.address() as AddressInfo;
}
