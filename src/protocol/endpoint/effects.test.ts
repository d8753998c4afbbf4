import { expect, test } from 'vitest';
import { OPCODE } from '../framing/opcode.ts';
import { eventOf } from './effects.ts';

const payload = Uint8Array.of(1, 2, 3);

test.each([
  [OPCODE.text, { type: 'message', opcode: OPCODE.text, payload }],
  [OPCODE.binary, { type: 'message', opcode: OPCODE.binary, payload }],
  [OPCODE.ping, { type: 'ping', payload }],
  [OPCODE.pong, { type: 'pong', payload }],
] as const)('what was received with opcode %d is told as it is', (opcode, event) => {
  expect(eventOf({ opcode, payload })).toEqual(event);
});
