import { describe, expect, test } from 'vitest';
import type { WireMessage } from '../../src/inspector/index.ts';
import { encodeFrame } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { requestFor } from '../testing/raw-peer.ts';
import { Player } from './player.ts';
import { type Cursor, Recording } from './recording.ts';

const ANSWER = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
const MAX_BYTES = 2 * 1024 * 1024;

/** A connection that stays open for longer than the recording keeps. */
function longConnection(frames: number): Recording {
  const recording = new Recording(MAX_BYTES);
  const opened = { path: '/chat', remote: '127.0.0.1:5', local: '127.0.0.1:6' };
  recording.add('open', 1, 'in', encodeText(JSON.stringify(opened)));
  recording.add('bytes', 1, 'in', encodeText(requestFor('/chat')));
  recording.add('bytes', 1, 'out', encodeText(ANSWER));
  for (let i = 0; i < frames; i++) {
    const payload = encodeText(`number ${i} ${'x'.repeat(1000)}`);
    recording.add('bytes', 1, 'in', encodeFrame({ opcode: 1, payload, maskingKey: 0x01020304 + i }));
    recording.add('bytes', 1, 'out', encodeFrame({ opcode: 1, payload }));
  }
  return recording;
}

function play(recording: Recording, player: Player, cursor: Cursor): WireMessage[] {
  const messages: WireMessage[] = [];
  for (let record = recording.next(cursor); record !== undefined; record = recording.next(cursor)) {
    if (cursor.lost > 0) messages.push(...player.resume(recording.kept, cursor.lost));
    cursor.lost = 0;
    messages.push(...player.messagesOf(record));
  }
  return messages;
}

describe('a connection whose beginning was dropped', () => {
  test('is shown to a late reader with its heads, what is missing, and the latest frames', () => {
    const frames = 5000;
    const recording = longConnection(frames);
    expect(recording.droppedRecords).toBeGreaterThan(0);
    const player = new Player();
    const cursor = recording.start();
    const messages = [...player.resume(recording.kept, 0), ...play(recording, player, cursor)];
    const types = messages.filter(({ type }) => type !== 'chunk').map(({ type }) => type);
    expect(types.slice(0, 5)).toEqual(['open', 'handshake', 'gap', 'handshake', 'gap']);
    const shown = messages.flatMap((message) => (message.type === 'frame' ? [message] : []));
    expect(shown.length).toBeGreaterThan(1000);
    expect(shown.at(-1)?.payload.text).toMatch(new RegExp(`^number ${frames - 1} `));
    // Offsets count every byte of the direction, those that are missing, too.
    const all = longConnectionBytes(frames);
    expect(shown.at(-1)?.offset).toBe(all - (shown.at(-1)?.byteLength ?? 0));
    expect(shown.every(({ violations }) => violations.length === 0)).toBe(true);
  });

  test('goes on for a reader that was too slow, after a gap', () => {
    const player = new Player();
    const recording = longConnection(5000);
    // Where the recording began.
    const cursor: Cursor = { block: 0, offset: 0, record: 0, lost: 0 };
    const messages = play(recording, player, cursor);
    const frames = messages.filter(({ type }) => type === 'frame');
    expect(frames.length).toBeGreaterThan(1000);
    expect(messages.filter(({ type }) => type === 'gap')).toHaveLength(2);
    expect(messages.filter(({ type }) => type === 'open')).toHaveLength(1);
  });

  test('is forgotten when it has ended', () => {
    const recording = longConnection(10);
    recording.add('end', 1, 'in', encodeText('FIN'));
    recording.add('end', 1, 'out', encodeText('FIN'));
    for (let i = 0; i < 100; i++) recording.add('bytes', 2, 'in', new Uint8Array(60_000));
    expect(recording.kept).toEqual([]);
  });
});

function longConnectionBytes(frames: number): number {
  let bytes = ANSWER.length;
  for (let i = 0; i < frames; i++) bytes += 4 + `number ${i} `.length + 1000;
  return bytes;
}
