import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formatHex } from '../../src/bytes/hex.ts';
import type { RawAnswer } from '../../src/companion/lab.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { startCompanion } from '../testing/companion.ts';
import { maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';

const hexOf = (...pieces: (string | Uint8Array)[]) =>
  pieces.map((piece) => formatHex(typeof piece === 'string' ? encodeText(piece) : piece)).join('');

async function openLab(port: number): Promise<RawPeer> {
  const lab = await RawPeer.open(port, '/lab/raw');
  onTestFinished(() => void lab.socket.destroy());
  return lab;
}

/** All that a run tells, to its last message. */
async function run(lab: RawPeer, request: unknown): Promise<RawAnswer[]> {
  lab.send(maskedText(typeof request === 'string' ? request : JSON.stringify(request)));
  const answers: RawAnswer[] = [];
  for (;;) {
    const answer = await lab.json<RawAnswer>();
    answers.push(answer);
    if (answer.type === 'done' || answer.type === 'problem') return answers;
  }
}

const framesOf = (answers: readonly RawAnswer[]) =>
  answers.flatMap((answer) => (answer.type === 'frame' ? [`${answer.direction} ${answer.hex}`] : []));
const statusOf = (answers: readonly RawAnswer[]) => {
  const head = answers.find((answer) => answer.type === 'handshake' && answer.direction === 'out');
  return head?.type === 'handshake' ? Buffer.from(head.hex, 'hex').toString().slice(9, 12) : undefined;
};

test('a frame that breaks a rule is answered, and the server ends TCP', async () => {
  const { port } = await startCompanion();
  const answers = await run(await openLab(port), { hex: hexOf(requestFor('/echo'), Uint8Array.of(0x81, 0)) });
  expect(statusOf(answers)).toBe('101');
  expect(framesOf(answers)).toEqual(['in 8100', expect.stringMatching(/^out 88..03ea/)]);
  expect(answers.slice(-2)).toEqual([
    expect.objectContaining({ type: 'close', closeCode: 1006, clean: false }),
    { type: 'done', end: 'server', body: '' },
  ]);
});

test('a request that is refused comes with the body of the refusal', async () => {
  const { port } = await startCompanion();
  const lab = await openLab(port);
  const answers = await run(lab, { hex: hexOf(requestFor('/echo').replace('Version: 13', 'Version: 8')) });
  expect(statusOf(answers)).toBe('426');
  expect(answers.at(-1)).toEqual({ type: 'done', end: 'server', body: expect.stringContaining('13') });
  const next = await run(lab, { hex: hexOf(requestFor('/nowhere')) });
  expect(statusOf(next)).toBe('404');
});

test('steps and waits are taken in order, and a quiet connection is hung up', async () => {
  const { port } = await startCompanion();
  const request = requestFor('/echo');
  const answers = await run(await openLab(port), {
    steps: [
      { hex: hexOf(request.slice(0, 20)) },
      { waitMs: 30 },
      { hex: hexOf(request.slice(20)) },
      { hex: hexOf(maskedText('Hello')) },
    ],
  });
  const sent = answers.flatMap((answer) => (answer.type === 'chunk' && answer.direction === 'in' ? [answer] : []));
  expect(sent.map(({ byteLength }) => byteLength)).toEqual([20, request.length - 20, 11]);
  expect((sent[1]?.timeMs ?? 0) - (sent[0]?.timeMs ?? 0)).toBeGreaterThanOrEqual(25);
  expect(framesOf(answers).at(-1)).toBe('out 810548656c6c6f');
  expect(answers.at(-1)).toEqual({ type: 'done', end: 'quiet', body: '' });
});

test('a page can start another run after its first, but not during it', async () => {
  const { port } = await startCompanion();
  const lab = await openLab(port);
  lab.send(maskedText(JSON.stringify({ steps: [{ hex: hexOf(requestFor('/echo')) }, { waitMs: 50 }] })));
  expect(await run(lab, { hex: '' })).toContainEqual({
    type: 'problem',
    sentence: expect.stringContaining('A run is already going'),
  });
  while ((await lab.json<RawAnswer>()).type !== 'done');
  expect(statusOf(await run(lab, { hex: hexOf(requestFor('/echo')) }))).toBe('101');
});

describe('what a page cannot do', () => {
  test('lead the connection to another place', async () => {
    const { port } = await startCompanion();
    const elsewhere = createServer();
    const arrived: Socket[] = [];
    elsewhere.on('connection', (socket) => arrived.push(socket));
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    onTestFinished(() => void elsewhere.close());
    const address = elsewhere.address();
    const other = typeof address === 'object' ? address?.port : undefined;
    const lab = await openLab(port);
    const hex = hexOf(
      requestFor(`http://127.0.0.1:${other}/echo`).replace('Host: localhost', `Host: localhost:${other}`),
    );
    const places = {
      host: '127.0.0.1',
      port: other,
      address: `127.0.0.1:${other}`,
      path: `http://127.0.0.1:${other}/`,
    };
    const answers = await run(lab, { ...places, hex, steps: [{ ...places, hex }] });
    // Our own server has answered, whatever the request said of names and ports.
    expect(statusOf(answers)).toBe('101');
    expect(arrived).toEqual([]);
  });

  test.each([
    ['not JSON', 'not JSON'],
    [{ hex: 'xx' }, 'not a hex digit'],
    [{ steps: Array(33).fill({ waitMs: 0 }) }, 'At most 32'],
    [{ steps: [{ waitMs: 10_001 }] }, 'At most 10000'],
    [{ hex: '00'.repeat(1024 * 1024 + 1) }, 'At most 1048576'],
  ])('%#: go beyond the bounds', async (request, sentence) => {
    const { port } = await startCompanion();
    const answers = await run(await openLab(port), request);
    expect(answers).toEqual([{ type: 'problem', sentence: expect.stringContaining(sentence) }]);
  });

  test('send more than a request can be', async () => {
    const { port } = await startCompanion();
    const lab = await openLab(port);
    lab.send(maskedText(' '.repeat(3 * 1024 * 1024)));
    expect((await lab.frame()).payload.readUInt16BE()).toBe(1009);
  });

  test('get more back than the lab passes on', async () => {
    const { port } = await startCompanion();
    const frames = Array.from({ length: 20_000 }, () => maskedText('x'));
    const answers = await run(await openLab(port), { hex: hexOf(requestFor('/echo'), ...frames) });
    expect(answers.length).toBeLessThan(3000);
    expect(answers.at(-1)).toMatchObject({ type: 'done', end: 'too-much' });
    expect(answers.find(({ type }) => type === 'dropped')).toMatchObject({ messages: expect.any(Number) });
  });

  test('come from another origin', async () => {
    const { port } = await startCompanion();
    const peer = await RawPeer.connect(port);
    peer.send(requestFor('/lab/raw', ['Origin: https://example.com']));
    await peer.end();
    expect(peer.received.toString()).toMatch(/^HTTP\/1\.1 403 /);
  });
});

test('a page that vanishes in the middle of a run takes the raw connection with it', async () => {
  const companion = await startCompanion();
  const lab = await openLab(companion.port);
  const steps = [{ hex: hexOf(requestFor('/echo')) }, { waitMs: 9000 }];
  lab.send(maskedText(JSON.stringify({ steps })));
  for (let answer = await lab.json<RawAnswer>(); ; answer = await lab.json<RawAnswer>()) {
    if (answer.type === 'handshake' && answer.direction === 'out') break;
  }
  expect(companion.connections).toBe(2);
  lab.socket.resetAndDestroy();
  // It would take the steps nine seconds: the test does not wait so long.
  const startedAtMs = performance.now();
  await companion.close();
  expect(companion.connections).toBe(0);
  expect(performance.now() - startedAtMs).toBeLessThan(5000);
});
