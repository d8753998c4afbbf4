import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WireMessage } from '../../src/inspector/index.ts';
import { OPCODE } from '../../src/protocol/index.ts';
import { decodeText, encodeText } from '../../src/text/utf8.ts';
import { encodeMessage } from '../connection/encoded-message.ts';
import { TapSession } from './session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const message = (connection: number, text: string) => ({
  connection,
  encoded: encodeMessage(OPCODE.text, encodeText(text)),
});

const FULL = 17 * 1024 * 1024;

/** A tap whose peer reads when it is told to. */
function openTap() {
  const told: (WireMessage | string)[] = [];
  const connection = {
    id: 1,
    bufferedBytes: 0,
    send: ({ payload }: { payload: Uint8Array }) => {
      const text = decodeText(payload) ?? '';
      told.push(text.startsWith('{') ? (JSON.parse(text) as WireMessage) : text);
    },
    close: () => {},
    cutOff: () => {},
  };
  return { told, connection, session: new TapSession(connection) };
}

test('a slow tap learns what it missed once there is room, even if nothing else happens', () => {
  const { told, connection, session } = openTap();
  session.deliver(message(7, 'first'));
  connection.bufferedBytes = FULL;
  for (const of of [7, 8, 7]) session.deliver(message(of, 'missed'));
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual(['first']);
  connection.bufferedBytes = 0;
  vi.advanceTimersByTime(100);
  const missed = [
    { type: 'dropped', connection: 7, messages: 2 },
    { type: 'dropped', connection: 8, messages: 1 },
  ];
  expect(told).toEqual(['first', ...missed]);
  // Once, and nobody looks any more.
  expect(vi.getTimerCount()).toBe(0);
  session.deliver(message(7, 'next'));
  expect(told).toEqual(['first', ...missed, 'next']);
});

test('the number of missed messages comes before the next message', () => {
  const { told, connection, session } = openTap();
  connection.bufferedBytes = FULL;
  session.deliver(message(7, 'missed'));
  connection.bufferedBytes = 0;
  session.deliver(message(7, 'next'));
  expect(told).toEqual([{ type: 'dropped', connection: 7, messages: 1 }, 'next']);
  expect(vi.getTimerCount()).toBe(0);
});

test('a tap that is gone is not checked any more', () => {
  const { told, connection, session } = openTap();
  connection.bufferedBytes = FULL;
  session.deliver(message(7, 'missed'));
  session.end();
  connection.bufferedBytes = 0;
  vi.advanceTimersByTime(1000);
  expect({ told, timers: vi.getTimerCount() }).toEqual({ told: [], timers: 0 });
});
