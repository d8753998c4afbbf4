import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ConformanceAnswer, parseConformanceAnswer } from '../../src/companion/conformance.ts';
import { startCompanion } from '../testing/companion.ts';
import { maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';

async function openCheck(port: number): Promise<RawPeer> {
  const page = await RawPeer.open(port, '/lab/check');
  onTestFinished(() => void page.socket.destroy());
  return page;
}

const order = (page: RawPeer, what: unknown) =>
  page.send(maskedText(typeof what === 'string' ? what : JSON.stringify(what)));

async function nextAnswer(page: RawPeer): Promise<ConformanceAnswer> {
  const parsed = parseConformanceAnswer((await page.frame()).payload.toString());
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.answer;
}

/** All that is told, to the last message. */
async function answersOf(page: RawPeer): Promise<ConformanceAnswer[]> {
  const answers: ConformanceAnswer[] = [];
  while (answers.at(-1)?.type !== 'done' && answers.at(-1)?.type !== 'problem') answers.push(await nextAnswer(page));
  return answers;
}

/** A server of bytes; says nothing where `greet` does not. */
async function serve(greet: (socket: Socket) => void = () => {}): Promise<{ server: Server; url: string }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    greet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return { server, url: `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/echo` };
}

test('every case is reported and counted, and then the end', async () => {
  const { port } = await startCompanion();
  const page = await openCheck(port);
  order(page, { url: `ws://127.0.0.1:${port}/echo`, only: '5.5.2' });
  const answers = await answersOf(page);
  const told = answers.flatMap((answer) => (answer.type === 'progress' ? [answer] : []));
  expect(told.map(({ done }) => done)).toEqual(told.map((_, index) => index + 1));
  expect(told.at(-1)?.total).toBe(told.length);
  expect(told.every(({ result }) => result.outcome === 'passed' && result.sentHex === '')).toBe(true);
  expect(answers.at(-1)).toEqual({ type: 'done', end: 'all', tookMs: expect.any(Number) });
});

test('a stage runs only what a server should pass by then', async () => {
  // It reads a request and speaks no WebSocket: enough for the first stage.
  const { url } = await serve((socket) => {
    let head = '';
    socket.on('data', (bytes) => {
      head += bytes;
      if (head.endsWith('\r\n\r\n')) socket.end('HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const { port } = await startCompanion();
  const page = await openCheck(port);
  order(page, { url, stage: 1, only: '4.2.1-opens' });
  const told = (await answersOf(page)).flatMap((answer) => (answer.type === 'progress' ? [answer.result] : []));
  expect(told.map(({ outcome }) => outcome)).toEqual(new Array(6).fill('passed'));
  expect(told.every(({ id }) => id.startsWith('4.2.1-opens-cut-'))).toBe(true);
});

test('what fails comes with its bytes, and what a server says is cut', async () => {
  const { url } = await serve((socket) => socket.end(`HTTP/1.1 403 ${'no'.repeat(3000)}\r\nConnection: close\r\n\r\n`));
  const { port } = await startCompanion();
  const page = await openCheck(port);
  order(page, { url, only: '5.5.2-ping-text' });
  const [first] = await answersOf(page);
  expect(first).toMatchObject({ type: 'progress', done: 1, total: 1, result: { outcome: 'failed' } });
  if (first?.type !== 'progress') throw new Error('no progress');
  expect(first.result).toMatchObject({ id: '4.2.2-opens-plain', sentHex: '' });
  expect(first.result.sentHead).toMatch(/^GET \/echo HTTP\/1\.1\r\nHost: 127\.0\.0\.1:/);
  expect(Buffer.from(first.result.receivedHex, 'hex').toString('latin1')).toMatch(/^HTTP\/1\.1 403 no/);
  expect(first.result.receivedHex).toHaveLength(2048);
  expect(first.result.cameBack.length).toBeLessThanOrEqual(2048);
});

test('during a run the same page cannot start another, but can stop it and then start the next', async () => {
  const arrived = Promise.withResolvers<void>();
  const { url } = await serve((socket) => socket.once('data', () => arrived.resolve()));
  const { port } = await startCompanion();
  const page = await openCheck(port);
  order(page, { url });
  await arrived.promise;
  order(page, { url });
  expect(await nextAnswer(page)).toEqual({
    type: 'problem',
    sentence: expect.stringContaining('A run is already going'),
  });
  order(page, { type: 'stop' });
  expect(await nextAnswer(page)).toMatchObject({ type: 'done', end: 'stopped' });
  order(page, { url: `ws://127.0.0.1:${port}/echo`, only: '5.5.2-ping-text' });
  expect(await nextAnswer(page)).toMatchObject({ type: 'progress', result: { outcome: 'passed' } });
});

test('a page that closes stops its run', async () => {
  const arrived = Promise.withResolvers<Socket>();
  // The first connection only looks whether somebody listens.
  const { url } = await serve((socket) => socket.once('data', () => arrived.resolve(socket)));
  const { port } = await startCompanion();
  const page = await openCheck(port);
  order(page, { url });
  const socket = await arrived.promise;
  const gone = once(socket.resume(), 'close');
  page.socket.resetAndDestroy();
  await gone;
});

test('only a limited number of pages can run the suite at a time', async () => {
  const { url } = await serve();
  const { port } = await startCompanion();
  for (let nth = 0; nth < 4; nth++) order(await openCheck(port), { url });
  // Another connection's messages may overtake these: an order that is refused says that they have come.
  const last = await openCheck(port);
  for (;;) {
    order(last, { url });
    order(last, { type: 'stop' });
    const answer = await nextAnswer(last);
    if (answer.type === 'problem') {
      expect(answer.sentence).toContain('Too many pages');
      return;
    }
  }
});

describe('what a page cannot do', () => {
  test.each([
    ['ws://192.0.2.1/echo', '192.0.2.1 is not this machine'],
    ['ws://example.com/', 'example.com is not this machine'],
    ['ws://127.0.0.1.example.com/', 'not this machine'],
    ['ws://localhost@example.com/', 'not this machine'],
    ['ws://[::ffff:c000:201]/', 'not this machine'],
    ['ws://192.0.2.1:22/', 'not this machine'],
    ['ws://localhost:22/', 'port 22'],
    ['ws://127.0.0.1:6000/', 'port 6000'],
    ['ws://[::1]:25/', 'port 25'],
    ['wss://localhost/', 'TLS'],
    ['ftp://localhost/', 'does not start with ws:'],
    ['non sense', 'not an address'],
    ['', 'not an address'],
  ])('check %s', async (url, words) => {
    const { port } = await startCompanion();
    const page = await openCheck(port);
    order(page, { url });
    expect(await answersOf(page)).toEqual([{ type: 'problem', sentence: expect.stringContaining(words) }]);
  });

  test('check nothing, or a server that is not there', async () => {
    const { server, url } = await serve();
    await new Promise((resolve) => server.close(resolve));
    const { port } = await startCompanion();
    const page = await openCheck(port);
    order(page, { url: `ws://127.0.0.1:${port}/echo`, only: '12.9' });
    expect(await nextAnswer(page)).toEqual({ type: 'problem', sentence: expect.stringContaining('"12.9"') });
    order(page, { url });
    expect(await nextAnswer(page)).toEqual({
      type: 'problem',
      sentence: expect.stringContaining('There is no server'),
    });
    order(page, 'not JSON');
    expect(await nextAnswer(page)).toEqual({ type: 'problem', sentence: expect.stringContaining('not JSON') });
  });

  test('send a long order', async () => {
    const { port } = await startCompanion();
    const page = await openCheck(port);
    order(page, ' '.repeat(10_000));
    expect((await page.frame()).payload.readUInt16BE()).toBe(1009);
  });

  test.each([
    ['another origin', ['Origin: https://example.com']],
    ['another program on this machine', ['Origin: http://localhost:1']],
    ['a page without an origin of its own', ['Origin: null']],
  ])('come from %s', async (_, headers) => {
    const { port } = await startCompanion();
    const page = await RawPeer.connect(port);
    page.send(requestFor('/lab/check', headers));
    await page.end();
    expect(page.received.toString()).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('come under another name', async () => {
    const { port } = await startCompanion();
    const page = await RawPeer.connect(port);
    page.send(requestFor('/lab/check').replace('Host: localhost', 'Host: rebound.example'));
    await page.end();
    expect(page.received.toString()).toMatch(/^HTTP\/1\.1 403 /);
  });
});
