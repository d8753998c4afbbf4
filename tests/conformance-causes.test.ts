import { expect, test } from 'vitest';
import { Patience } from '../server/conformance/patience.ts';
import { runCases } from '../server/conformance/run-cases.ts';
import { parseServerUrl } from '../server/conformance/target.ts';
import { conformanceCases, findCauses } from '../src/conformance/index.ts';
import { OPCODE } from '../src/protocol/index.ts';
import { BadServer } from './conformance-bad-server.ts';
import type { Fault } from './conformance-fault.ts';
import { FRAME_FAULTS } from './conformance-frame-faults.ts';
import { CLOSING_FAULTS, MESSAGE_FAULTS } from './conformance-message-faults.ts';
import { OPENING_FAULTS } from './conformance-opening-faults.ts';

const FAULTS = [...OPENING_FAULTS, ...FRAME_FAULTS, ...CLOSING_FAULTS, ...MESSAGE_FAULTS];
const CASES = conformanceCases().filter(({ heavy }) => !heavy);
const SHORT_WAIT_MS = 300;

/** The titles of the causes found for a server with a fault, over the cases that the fault breaks. */
async function causesOf(fault: Fault): Promise<string[]> {
  const server = new BadServer(fault);
  const target = parseServerUrl(await server.listen());
  try {
    const { results } = await runCases(CASES.filter(fault.breaks), target, {
      patience: new Patience(SHORT_WAIT_MS),
      concurrency: 24,
    });
    return findCauses(results).map(({ title }) => title);
  } finally {
    await server.stop();
  }
}

test.each([
  ['takes unmasked frames', 'Unmasked frames from the client are accepted'],
  ['ignores reserved bits', 'The reserved bits are not checked'],
  ['skips reserved opcodes', 'Reserved opcodes are accepted'],
  ['takes long control frames', 'Control frames that are too long or fragmented are accepted'],
  ['skips a message within a message', 'Fragments out of order are accepted'],
  ['takes every fragment for a message', 'Fragments are not joined into one message'],
  ['needs each frame in one read', 'Frames that arrive in several reads are lost or misread'],
  ['answers no ping', 'Pings are not answered'],
  ['answers pings with an empty pong', 'Pongs do not carry the payload of the ping'],
  ['holds its pongs until the message is whole', 'Pongs wait for the end of a message'],
  ['answers pongs', 'Pongs are answered'],
  ['checks no UTF-8', 'Text is not checked to be UTF-8'],
  ['takes any close body', 'The body of a close frame is not checked'],
  ['does not answer a close frame', 'Close frames are not answered'],
  ['answers every close frame with 1001', 'Close frames are answered with another code'],
  ['does not end TCP', 'TCP stays open after the closing handshake'],
  ['fails with 1011', 'Broken rules are answered with the wrong close code'],
  ['answers text as binary', 'Text messages come back as binary'],
  ['echoes twice', 'The server sends messages that nothing asked for'],
  ['masks its frames', 'The server sends frames that break the rules itself'],
  ['opens despite unsupported-version', 'The Sec-WebSocket-Version is not checked'],
])('a server that %s: %s', { timeout: 60_000 }, async (name, title) => {
  const fault = FAULTS.find((each) => each.name === name);
  if (fault === undefined) throw new Error(`There is no fault named ${name}.`);
  expect((await causesOf(fault))[0]).toBe(title);
});

test('five mistakes in one server give few causes, and the largest first', { timeout: 60_000 }, async () => {
  const sloppy: Fault = {
    name: 'always text, no fragments, no pong, no checks',
    breaks: () => true,
    echo: (_opcode, payload) => [{ opcode: OPCODE.text, payload }],
    takes: (part) => ({ ...part, fin: true }),
    checks: () => undefined,
    pong: () => undefined,
  };
  const titles = await causesOf(sloppy);
  expect(titles).toContain('Binary messages come back as text');
  expect(titles).toContain('Pings are not answered');
  expect(titles).toContain('Fragments are not joined into one message');
  expect(titles).toContain('Text is not checked to be UTF-8');
  expect(titles).not.toContain('The server sends frames that break the rules itself');
  expect(titles.length).toBeLessThan(20);
});

test('five mistakes, each in another part of a server, give five causes and no more', { timeout: 60_000 }, async () => {
  const five: Fault = {
    name: 'binary as text, no pong, reserved bits and close bodies not checked, TCP left open',
    breaks: () => true,
    echo: (_opcode, payload) => [{ opcode: OPCODE.text, payload }],
    pong: () => undefined,
    ignores: ['rsv1-set', 'rsv2-set', 'rsv3-set'],
    takesCloseBody: () => true,
    keepsTcp: true,
  };
  expect((await causesOf(five)).sort()).toEqual([
    'Binary messages come back as text',
    'Pings are not answered',
    'TCP stays open after the closing handshake',
    'The body of a close frame is not checked',
    'The reserved bits are not checked',
  ]);
});
