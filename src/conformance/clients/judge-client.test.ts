import { expect, test } from 'vitest';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { EXAMPLE_REQUEST } from '../../protocol/handshake/head/example-heads.ts';
import { parseRequestHead } from '../../protocol/handshake/head/parse-head.ts';
import { encodeLatin1 } from '../../text/latin1.ts';
import { CLIENT_CASES } from './client-suite.ts';
import { ClientTranscriptWriter } from './client-transcript-writer.ts';
import { judgeClient } from './judge-client.ts';

const parsed = parseRequestHead(encodeLatin1(EXAMPLE_REQUEST));
if (parsed.kind !== 'complete') throw new Error('the example is a whole request');
const request = parsed.head;

/** Judges a case as if the client had sent these bytes after its request, in the last step. */
function judged(id: string, ...chunks: Uint8Array<ArrayBuffer>[]) {
  const given = CLIENT_CASES.find((each) => each.id === id);
  if (given === undefined) throw new Error(`there is no case ${id}`);
  const writer = new ClientTranscriptWriter(request, 1_000_000);
  writer.startStep(given.steps.length);
  for (const chunk of chunks) writer.push(chunk, 1);
  writer.end(2, false);
  return judgeClient(given, writer.transcript);
}

const frame = (opcode: number, payload: Uint8Array) => encodeFrame({ opcode, payload, maskingKey: 0x01020304 }).slice();

test('a client that ends TCP after a wrong answer passes', () => {
  expect(judged('4.1-rejects-accept-missing')).toMatchObject({ outcome: 'passed', cause: '' });
});

test('a client that answers the ping has taken the wrong answer', () => {
  const verdict = judged('4.1-rejects-accept-missing', frame(OPCODE.pong, encodeLatin1('open?')));
  expect(verdict).toMatchObject({ outcome: 'failed', cause: 'answer-not-checked' });
  expect(verdict.cameBack).toContain('pong');
});

test('a client that sends another request on the connection has not opened it', () => {
  const verdict = judged('4.1-rejects-200-upgrade', encodeLatin1('GET /case/2 HTTP/1.1\r\n'));
  expect(verdict.outcome).toBe('passed');
});

test('an unmasked frame is named as the cause', () => {
  const unmasked = encodeFrame({ opcode: OPCODE.pong, payload: encodeLatin1('open?'), maskingKey: undefined }).slice();
  expect(judged('4.1-opens-plain', unmasked)).toMatchObject({ outcome: 'failed', cause: 'frames-not-masked' });
});

test('a client that sends nothing has not opened the connection', () => {
  expect(judged('4.1-opens-tabs')).toMatchObject({ outcome: 'failed', cause: 'opening-not-answered' });
});

test('each verdict has an expectation, a requirement and a reason in plain words', () => {
  for (const { id } of CLIENT_CASES) {
    const { expected, requirement, why, sent } = judged(id);
    expect(
      [expected, requirement, why, sent].every((words) => words.length > 0),
      id,
    ).toBe(true);
    expect(`${requirement} ${why}`, id).not.toMatch(/\bundefined\b/);
  }
});
