import { expect, test } from 'vitest';
import { Loopback } from '../../lab/loopback.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../../text/utf8.ts';
import { EMPTY_STREAM, MAX_STREAM_ROWS, openDump, reduceStream } from './stream-model.ts';

function connection(messages: number) {
  const loopback = new Loopback({
    path: '/echo',
    host: 'localhost',
    key: EXAMPLE_KEY,
    nextMaskingKey: () => 0x37fa213d,
    now: () => 0,
  });
  const heard = [...loopback.connect()];
  for (let i = 0; i < messages; i++) heard.push(...loopback.send(1, encodeText('Hello')));
  return heard;
}

test('what was heard becomes rows, and a frame opens', () => {
  const heard = reduceStream(EMPTY_STREAM, { type: 'heard', messages: connection(1) });
  expect(heard.log.entries.map(({ kind }) => kind)).toEqual(['handshake', 'handshake', 'frame', 'frame']);
  expect(openDump(heard)).toBeUndefined();
  const opened = reduceStream(heard, { type: 'open', id: 2 });
  expect(openDump(opened)?.payload.text).toBe('Hello');
  expect(openDump(reduceStream(heard, { type: 'open', id: 0 }))).toBeUndefined();
});

test('a pause holds messages back, and its end brings them in order', () => {
  const paused = reduceStream(EMPTY_STREAM, { type: 'togglePause' });
  const held = reduceStream(paused, { type: 'heard', messages: connection(2) });
  expect(held.log.entries).toHaveLength(0);
  expect(reduceStream(held, { type: 'togglePause' }).log.entries).toHaveLength(6);
});

test('old rows are dropped and counted, and the open one can be gone', () => {
  const full = reduceStream(EMPTY_STREAM, { type: 'heard', messages: connection(MAX_STREAM_ROWS) });
  expect(full.log.entries).toHaveLength(MAX_STREAM_ROWS);
  expect(full.log.dropped).toBe(MAX_STREAM_ROWS + 2);
  expect(openDump(reduceStream(full, { type: 'open', id: 2 }))).toBeUndefined();
  const newest = full.log.entries.at(-1)?.id ?? 0;
  expect(openDump(reduceStream(full, { type: 'open', id: newest }))?.payload.text).toBe('Hello');
  expect(reduceStream(full, { type: 'clear' }).log.entries).toEqual([]);
});

test('a long pause ends by itself, so that nothing grows without a limit', () => {
  let state = reduceStream(EMPTY_STREAM, { type: 'togglePause' });
  state = reduceStream(state, { type: 'heard', messages: connection(MAX_STREAM_ROWS) });
  state = reduceStream(state, { type: 'heard', messages: connection(1) });
  expect(state.held).toBeUndefined();
  expect(state.log.entries).toHaveLength(MAX_STREAM_ROWS);
});
