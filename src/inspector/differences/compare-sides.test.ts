import { expect, test } from 'vitest';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { encodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { NO_LIMITS } from '../index.ts';
import { ConnectionObserver } from '../wire/observer.ts';
import type { Direction, WireMessage } from '../wire/wire.ts';
import { compareSides, type Side, type SideEnd } from './compare-sides.ts';
import { SidePairs } from './side-pairs.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const REQUEST = `GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n\r\n`;
const RESPONSE =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

type Piece = readonly [Direction, Uint8Array | string];

function messagesOf(connection: number, pieces: readonly Piece[]): WireMessage[] {
  const observer = new ConnectionObserver({ connection, path: '/', remote: 'a:1', limits: NO_LIMITS });
  const messages: WireMessage[] = [...observer.open(0)];
  for (const [direction, bytes] of pieces) {
    messages.push(...observer.messagesOf(direction, typeof bytes === 'string' ? encodeLatin1(bytes) : bytes, 1));
  }
  return messages;
}

const FIN: SideEnd = { direction: 'out', how: 'FIN', timeMs: 60_004 };
const side = (pieces: readonly Piece[], end: SideEnd = FIN): Side => ({
  messages: messagesOf(1, [['in', REQUEST], ['out', RESPONSE], ...pieces]),
  end,
});
const said = (outer: Side, inner: Side) =>
  compareSides(outer, inner).map(({ about, direction, sentence }) => `${about} ${direction ?? ''}: ${sentence}`);

const text = (payload: string, rest: object = {}) => encodeFrame({ opcode: 1, payload: encodeText(payload), ...rest });
const masked = (maskingKey: number, payload = 'Hello', rest: object = {}) => text(payload, { maskingKey, ...rest });

test('a program that passes everything on changes nothing', () => {
  const pieces: Piece[] = [
    ['in', masked(1)],
    ['out', text('Hello')],
  ];
  expect(said(side(pieces), side(pieces))).toEqual([]);
});

test('tells frames that were masked again, joined and lost, and pieces that were cut', () => {
  const outer = side([
    ['in', masked(1)],
    ['in', masked(2, 'Hel', { fin: false })],
    ['in', masked(3, 'lo', { opcode: 0 })],
  ]);
  const inner = side([['in', Uint8Array.of(...masked(9), ...masked(8))]]);
  expect(said(outer, inner)).toEqual([
    'frames in: frame 1: it was masked again, with another key',
    'frames in: frame 2: FIN 0 became 1, the payload of 3 bytes became 5, it was masked again, with another key',
    'frames in: frame 3: a frame with opcode 0 and 2 bytes did not arrive',
    'pieces in: 4 pieces of TCP arrived as 2',
  ]);
});

test('tells what the program sent by itself, and that ends differ', () => {
  const close = encodeFrame({ opcode: 8, payload: Uint8Array.of(0x03, 0xe9) });
  const reset: SideEnd = { direction: 'in', how: 'RST', timeMs: 60_004 };
  expect(said(side([['out', close]]), side([], reset))).toEqual([
    'frames out: frame 1: a frame with opcode 8 and 2 bytes arrived, and nobody had sent it',
    'pieces out: 1 piece of TCP arrived as 2',
    'ending : the proxy sent FIN to the client first, after 60.0 s; the proxy sent RST to the server first, after 60.0 s',
  ]);
  expect(said({ ...side([]), end: undefined }, side([]))).toEqual([
    'ending : the connection to the server has ended, the one to the client is open',
  ]);
});

test('many frames that differ are counted', () => {
  const frames = (key: number): Piece[] => Array.from({ length: 9 }, (_, i) => ['in', masked(key + i)]);
  const all = said(side(frames(1)), side(frames(100)));
  expect(all).toHaveLength(6);
  expect(all.at(-1)).toBe('frames in: 4 more frames differ');
});

test('pairs connections by their key, and what has no partner by order', () => {
  const pairs = new SidePairs();
  const add = (which: 'outer' | 'inner', connection: number, request: string) => {
    for (const message of messagesOf(connection, [['in', request]])) pairs.add(which, message);
  };
  const own = REQUEST.replace(KEY, 'AAAAAAAAAAAAAAAAAAAAAA==');
  add('outer', 1, REQUEST.replace(KEY, 'BBBBBBBBBBBBBBBBBBBBBA=='));
  add('outer', 2, REQUEST);
  add('inner', 1, REQUEST);
  add('inner', 2, own);
  expect(pairs.end('outer', 2, FIN)).toBeUndefined();
  const byKey = pairs.end('inner', 1, FIN);
  // The other direction ends later, and is not a connection of its own.
  expect(pairs.end('outer', 2, { ...FIN, direction: 'in' })).toBeUndefined();
  expect([byKey?.outer?.messages[0]?.connection, byKey?.inner?.messages[0]?.connection]).toEqual([2, 1]);
  expect(pairs.end('inner', 2, FIN)).toBeUndefined();
  const byOrder = pairs.end('outer', 1, FIN);
  expect([byOrder?.outer?.messages[0]?.connection, byOrder?.inner?.messages[0]?.connection]).toEqual([1, 2]);
  expect(pairs.size).toBe(0);
  add('outer', 3, REQUEST);
  expect(pairs.end('outer', 3, FIN)).toMatchObject({ inner: undefined });
});
