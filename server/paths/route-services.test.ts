import { expect, test } from 'vitest';
import { encodeFrame, OPCODE, Receiver } from '../../src/protocol/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../bounds/limits.ts';
import { MemoryBudget } from '../bounds/memory-budget.ts';
import { Turns } from '../bounds/turns.ts';
import { echo } from '../handlers/echo.ts';
import { READ_BUFFER } from '../socket/read-buffer.ts';
import { createRouteServices } from './route-services.ts';

const route = { handler: echo };
const options = {
  routes: new Map([['/', route]]),
  limits: DEFAULT_SERVER_LIMITS,
  log: undefined,
  budget: new MemoryBudget(),
  turns: new Turns(),
};
const shared = createRouteServices(options, () => {}).get(route);

test('the memory of a frame is used again once a connection says that it is sent', () => {
  const send = () => shared?.endpointOptions.sender?.message(OPCODE.text, new Uint8Array(5))[0]?.bytes;
  const first = send() ?? expect.unreachable();
  shared?.services.memory.done(first);
  expect(send()?.byteOffset).toBe(first.byteOffset);
});

test('a long message is joined in memory that is used again once a connection is done with it', () => {
  const receiver = new Receiver('client', DEFAULT_SERVER_LIMITS, shared?.endpointOptions);
  const receive = () => {
    const frame = encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(40_000), maskingKey: 1 });
    receiver.feed(frame.slice(0, 30_000));
    expect(receiver.next()).toBeUndefined();
    receiver.feed(frame.slice(30_000));
    const message = receiver.next();
    if (message === undefined || 'rule' in message) return expect.fail('no message has come');
    return message.payload;
  };
  const first = receive();
  shared?.services.memory.done(first);
  expect(receive().buffer).toBe(first.buffer);
});

test('a long payload that the next read would overwrite is sent as a copy', () => {
  const payload = READ_BUFFER.subarray(0, 20_000).fill(7);
  const [, sent] = shared?.endpointOptions.sender?.message(OPCODE.binary, payload) ?? [];
  READ_BUFFER.fill(8);
  expect(sent?.bytes).toEqual(new Uint8Array(20_000).fill(7));
});
