import { expect, test } from 'vitest';
import { encodeFrame } from '../src/protocol/framing/frame.ts';
import { OPCODE } from '../src/protocol/framing/opcode.ts';
import { Receiver } from '../src/protocol/messages/receiver.ts';
import { echo } from './handlers/echo.ts';
import { DEFAULT_SERVER_LIMITS } from './limits.ts';
import { createRouteServices } from './route-services.ts';

const route = { handler: echo };
const options = { routes: new Map([['/', route]]), limits: DEFAULT_SERVER_LIMITS, log: undefined };
const shared = createRouteServices(options, () => {}).get(route);

test('what sends the frames of a path is told when they are sent', () => {
  expect(shared?.endpointOptions.sender).toBe(shared?.services.sender);
});

test('long messages are joined in the memory that a connection gives back', () => {
  const receiver = new Receiver('client', DEFAULT_SERVER_LIMITS, shared?.endpointOptions);
  const frame = encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(40_000), maskingKey: 1 });
  receiver.feed(frame.slice(0, 30_000));
  expect(receiver.next()).toBeUndefined();
  receiver.feed(frame.slice(30_000));
  const message = receiver.next();
  if (message === undefined || 'rule' in message) return expect.fail('no message has come');
  shared?.services.memory.release(message.payload);
  expect(shared?.services.memory.take(40_000).buffer).toBe(message.payload.buffer);
});
