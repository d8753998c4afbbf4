import { expect, test } from 'vitest';
import type { EndpointEvent } from '../protocol/endpoint/effects.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../text/utf8.ts';
import { findAct } from './acts.ts';
import { actLoopback } from './simulate-act.ts';

/** A connection to the lab in memory. */
function labFor(name?: string, detail?: string) {
  const found = name === undefined ? undefined : findAct(name, detail);
  if (found !== undefined && 'problem' in found) throw new Error(found.problem);
  const loopback = actLoopback(found?.act, {
    host: 'localhost',
    key: 'AAECAwQFBgcICQoLDA0ODw==',
    nextMaskingKey: () => 0,
    now: () => 0,
  });
  const short = (messages: ReturnType<typeof loopback.connect>) =>
    messages.flatMap((message) => (message.type === 'frame' ? [`${message.direction} ${message.hex}`] : []));
  return {
    loopback,
    connect: () => short(loopback.connect()),
    say: (text: string) => short(loopback.send(OPCODE.text, encodeText(text))),
    close: () => short(loopback.close(1000)),
    told: () => loopback.takeClientEvents().map(inShort),
  };
}

function inShort(event: EndpointEvent): string {
  if (event.type !== 'close') return event.type;
  return `close ${event.closeCode} ${event.violation?.rule ?? event.refusal?.rule ?? (event.clean ? 'clean' : '')}`;
}

test('it is open first and then acts, and the client fails the connection', () => {
  const lab = labFor('lone-continuation');
  const [broken, answer, ...rest] = lab.connect();
  expect(broken).toBe('out 800548656c6c6f');
  expect(answer).toMatch(/^in 88/);
  expect(rest).toEqual(['out 880203ea']);
  expect(lab.told()).toEqual(['open', 'close 1006 continuation-without-message']);
  expect([lab.loopback.readyState('client'), lab.loopback.readyState('server')]).toEqual(['closed', 'closed']);
});

test('a response is changed, and nothing follows it', () => {
  const lab = labFor('wrong-accept');
  expect(lab.connect()).toEqual([]);
  expect(lab.told()).toEqual(['close 1006 wrong-accept']);
});

test('without an act it echoes, and a text with the name of one is an order', () => {
  const lab = labFor();
  expect(lab.connect()).toEqual([]);
  expect(lab.say('Hello').at(-1)).toBe('out 810548656c6c6f');
  expect(lab.say('ping 6869').slice(1)).toEqual(['out 89026869', 'in 8a82000000006869']);
  expect(lab.say('ping').slice(1)).toEqual(['out 8900', 'in 8a8000000000']);
  expect(lab.say('unsolicited-pong').slice(1)).toEqual(['out 8a00']);
  expect(lab.told()).toEqual(['open', 'message']);
});

test('after a close frame of its own it sends no other, and the client is told that code', () => {
  const lab = labFor('close-4000', 'bye');
  expect(lab.connect()).toEqual(['out 88050fa0627965', 'in 8882000000000fa0']);
  expect(lab.told()).toEqual(['open', 'close 4000 clean']);
  expect(lab.loopback.readyState('server')).toBe('closed');
});

test('after a close frame that is wrong it does not answer the close frame of the client', () => {
  const lab = labFor('close-body-of-one-byte');
  expect(lab.connect().filter((frame) => frame.startsWith('out'))).toEqual(['out 880103']);
  expect(lab.told()).toEqual(['open', 'close 1006 close-body-of-one-byte']);
});

test('an order to close closes', () => {
  const lab = labFor();
  lab.connect();
  expect(lab.say('close-1001 later').slice(1)).toEqual(['out 880703e96c61746572', 'in 88820000000003e9']);
  expect(lab.told()).toEqual(['open', 'close 1001 clean']);
});

test('drop-tcp ends TCP without a close frame', () => {
  const lab = labFor('drop-tcp');
  expect(lab.connect()).toEqual([]);
  expect(lab.told()).toEqual(['open', 'close 1006 ']);
});

test('silent-close lets the client wait', () => {
  const lab = labFor('silent-close');
  lab.connect();
  expect(lab.close()).toEqual(['in 88820000000003e8']);
  expect(lab.loopback.readyState('client')).toBe('closing');
  expect(lab.told()).toEqual(['open']);
});

test('a message that is longer than any order is none, and is not looked at', () => {
  const lab = labFor();
  lab.connect();
  expect(lab.say('ping 6869')).toContain('out 89026869');
  const [sent, ...rest] = lab.say(`ping 6869${' '.repeat(4000)}`);
  expect(sent).toMatch(/^in /);
  expect(rest.filter((line) => line.startsWith('out 89'))).toEqual([]);
});
