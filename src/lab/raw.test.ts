import { describe, expect, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import type { RawAnswer } from '../companion/lab/raw-answer.ts';
import { parseRawAnswer } from '../companion/lab.ts';
import { companionAt, foreseeRefusal } from '../companion/policy/foresee.ts';
import { encodeFrame } from '../protocol/framing/frame.ts';
import { EXAMPLE_REQUEST } from '../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../text/utf8.ts';
import { RawWatch } from './raw-watch.ts';
import { simulateRaw } from './simulate-raw.ts';

// The sample's Origin is one that the companion refuses.
const REQUEST = EXAMPLE_REQUEST.replace('/chat', '/echo').replace(/Origin: .*\r\n/, '');

describe('parseRawAnswer', () => {
  test('takes what a run tells', () => {
    for (const answer of simulateRaw([{ bytes: encodeText(REQUEST) }])) {
      expect(parseRawAnswer(JSON.stringify(answer))).toEqual({ answer });
    }
    const problem = { type: 'problem', sentence: 'No.' };
    expect(parseRawAnswer(JSON.stringify(problem))).toEqual({ answer: problem });
  });

  test.each([
    '',
    'null',
    '{"type":"done"}',
    '{"type":"done","end":"never","body":""}',
    '{"type":"problem"}',
    '{"type":"frame"}',
  ])('%s is a problem', (text) => {
    expect(parseRawAnswer(text)).toHaveProperty('problem');
  });
});

test('bytes that are explained in pieces are told as they are in one piece', () => {
  const [one, other] = [new RawWatch(1, 'here'), new RawWatch(1, 'here')];
  const frames = Array.from({ length: 300 }, (_, i) => encodeFrame({ opcode: 2, payload: new Uint8Array(i) }));
  const chunks = [
    ['in', encodeText(REQUEST)],
    ['out', encodeText('HTTP/1.1 101 Switching Protocols\r\n\r\n')],
    ['out', Uint8Array.from(frames.flatMap((frame) => [...frame]))],
    ['in', new Uint8Array(0)],
  ] as const;
  for (const [direction, bytes] of chunks) {
    const pieces = [...one.inPieces(direction, bytes, 3)];
    const whole = direction === 'in' ? other.sent(bytes, 3) : other.received(bytes, 3);
    expect(pieces.flat()).toEqual(whole);
    // The frames are 45 KB.
    expect(pieces.length > 40).toBe(bytes.length > 40_000);
  }
});

describe('simulateRaw', () => {
  const run = (...texts: (string | Uint8Array)[]) =>
    simulateRaw(
      texts.map((text) => ({ bytes: typeof text === 'string' ? encodeText(text) : text })),
      (head) => foreseeRefusal(head, companionAt('localhost')),
    );
  const typesOf = (answers: readonly RawAnswer[]) => answers.map(({ type }) => type);
  const doneOf = (answers: readonly RawAnswer[]) => answers.at(-1);

  test('tells of more frames than a call can have arguments', () => {
    const many = run(
      REQUEST,
      Uint8Array.from({ length: 260_000 }, (_, i) => (i % 2 === 0 ? 0x81 : 0)),
    );
    expect(typesOf(many).filter((type) => type === 'frame').length).toBeGreaterThanOrEqual(130_000);
  });

  test('a right request is answered, and the frame behind it echoed', () => {
    const frame = encodeFrame({ opcode: 1, payload: encodeText('Hello'), maskingKey: 1 });
    const answers = run(REQUEST, frame);
    expect(typesOf(answers).filter((type) => type !== 'chunk')).toEqual([
      ...['open', 'handshake', 'handshake', 'frame', 'frame', 'close', 'done'],
    ]);
    expect(doneOf(answers)).toEqual({ type: 'done', end: 'quiet', body: '' });
  });

  test('a request in two pieces is one', () => {
    expect(run(REQUEST.slice(0, 30), REQUEST.slice(30))).toContainEqual(
      expect.objectContaining({ type: 'handshake', direction: 'out' }),
    );
  });

  test('a refusal is told with its body', () => {
    const answers = run(REQUEST.replace('GET', 'POST'));
    expect(doneOf(answers)).toEqual({ type: 'done', end: 'server', body: expect.stringContaining('POST') });
  });

  test('a path that nobody serves is 404', () => {
    const answers = run(REQUEST.replace('/echo', '/nowhere?x=1'));
    const response = answers.find((answer) => answer.type === 'handshake' && answer.direction === 'out');
    expect(response).toMatchObject({ hex: expect.stringContaining(formatHex(encodeText('HTTP/1.1 404 Not Found'))) });
    expect(doneOf(answers)).toMatchObject({ end: 'server', body: expect.stringContaining('/echo') });
  });

  test('a broken frame is answered with the code of its rule', () => {
    const answers = run(REQUEST, encodeFrame({ opcode: 1, payload: encodeText('Hello') }));
    const [broken, close] = answers.filter((answer) => answer.type === 'frame');
    expect(broken).toMatchObject({ direction: 'in', violations: [{ rule: 'unmasked-client-frame' }] });
    expect(close).toMatchObject({ direction: 'out', payload: { hex: expect.stringMatching(/^03ea/) } });
    expect(doneOf(answers)).toMatchObject({ end: 'server' });
  });

  test('a close frame is answered, and what the server was told stands in the end', () => {
    const answers = run(REQUEST, encodeFrame({ opcode: 8, payload: Uint8Array.of(0x0f, 0xa0, 0x21), maskingKey: 1 }));
    expect(answers.at(-2)).toMatchObject({ type: 'close', closeCode: 4000, reason: '!', clean: true });
  });

  test('after the end nothing is sent', () => {
    const answers = simulateRaw([
      { bytes: encodeText(REQUEST.replace('Host', 'Hose')) },
      { waitMs: 5 },
      { bytes: Uint8Array.of(0) },
    ]);
    expect(answers.filter(({ type }) => type === 'chunk')).toHaveLength(2);
  });
});
