import { expect, test } from 'vitest';
import { formatHex } from '../../../bytes/hex.ts';
import { parseRawRequest, type RawDone } from '../../../companion/lab.ts';
import type { WireMessage } from '../../../inspector/wire/wire.ts';
import { simulateRaw } from '../../../lab/simulate-raw.ts';
import { formatRequestHead } from '../../../protocol/handshake/head/format-head.ts';
import { createRequest } from '../../../protocol/handshake/request/request.ts';
import { presentRun } from './present-run.ts';

const opening = formatRequestHead(
  createRequest({ host: 'localhost', target: '/echo', key: 'dGhlIHNhbXBsZSBub25jZQ==' }),
);

function answerTo(hex: string) {
  const parsed = parseRawRequest(JSON.stringify({ steps: [{ hex: formatHex(opening) }, { hex }] }));
  if ('problem' in parsed) throw new Error(parsed.problem);
  const answers = simulateRaw(parsed.steps);
  const done = answers.find((answer): answer is RawDone => answer.type === 'done');
  if (done === undefined) throw new Error('the run has no end');
  const messages = answers.filter(
    (answer): answer is WireMessage => answer.type !== 'done' && answer.type !== 'problem',
  );
  return presentRun({ messages, done });
}

test('a right frame is echoed', () => {
  expect(answerTo('818537fa213d7f9f4d5158')).toEqual({
    frames: [
      { about: 'text, unmasked, 5 bytes, final', says: '“Hello”', bytes: '81 05 48 65 6c 6c 6f', hiddenBytes: 0 },
    ],
    end: 'Then nothing more came: it waits for more bytes.',
  });
});

test('a broken rule is answered with its status code, and TCP ends', () => {
  const { frames, end } = answerTo('c18537fa213d7f9f4d5158');
  expect(frames).toHaveLength(1);
  expect(frames[0]?.about).toMatch(/^close, unmasked/);
  expect(frames[0]?.says).toMatch(/^1002, protocol error/);
  expect(frames[0]?.bytes).toMatch(/^88 .. 03 ea/);
  expect(end).toBe('Then it ended TCP.');
});

test('half a frame is waited for', () => {
  expect(answerTo('818537fa')).toEqual({ frames: [], end: 'It answered nothing: it waits for more bytes.' });
});
