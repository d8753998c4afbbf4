import { expect, test, vi } from 'vitest';
import { formatHex } from '../../../bytes/hex.ts';
import { exampleEcho } from '../life/example-life.ts';
import { OPEN_EVENT } from '../source/script-events.ts';
import type { Source } from '../source/source.ts';
import { OwnFrames, type TakenFrame } from './own-frames.ts';

const HELLO = { text: 'Hello', as: 'text' } as const;

function setUp() {
  const taken: TakenFrame[] = [];
  const source = { connect: vi.fn(), send: vi.fn(), close: vi.fn(), stop: vi.fn() } satisfies Source;
  return { taken, source, frames: new OwnFrames((frame) => taken.push(frame), HELLO) };
}

test('the first message goes out by itself, once the connection is open', () => {
  const { frames, source } = setUp();
  frames.linked({ state: 'live', host: 'localhost' });
  expect(source.send).not.toHaveBeenCalled();
  frames.happened([OPEN_EVENT], source);
  expect(source.send).toHaveBeenCalledExactlyOnceWith('Hello', 'ws.send("Hello")');
});

test('a reader who comes with a frame from a link keeps it', () => {
  const { frames, source } = setUp();
  frames.forgetWaiting();
  frames.happened([OPEN_EVENT], source);
  expect(source.send).not.toHaveBeenCalled();
});

test('the client’s frame is taken, and on request the server’s, with where they came from', () => {
  const { frames, source, taken } = setUp();
  frames.linked({ state: 'live', host: 'localhost' });
  frames.happened(exampleEcho(), source);
  expect(taken.map(({ bytes, ...rest }) => ({ ...rest, hex: formatHex(bytes) }))).toEqual([
    { sender: 'client', origin: 'live', hex: '818537fa213d7f9f4d5158' },
  ]);
  frames.show('server');
  expect(taken.map(({ sender, bytes }) => [sender, formatHex(bytes)]).at(-1)).toEqual(['server', '810548656c6c6f']);
});

test('a message on a closed connection opens another one first; binary has the same bytes', () => {
  const { frames, source } = setUp();
  frames.forgetWaiting();
  frames.send({ text: 'Grüße', as: 'binary' }, source);
  expect(source.connect).toHaveBeenCalledOnce();
  expect(source.send).not.toHaveBeenCalled();
  frames.happened([OPEN_EVENT], source);
  expect(source.send.mock.calls[0]?.[0]).toEqual(Uint8Array.from(new TextEncoder().encode('Grüße')));
  frames.happened([{ type: 'told', topic: 'close', event: 'onclose' }], source);
  frames.send(HELLO, source);
  expect(source.connect).toHaveBeenCalledTimes(2);
});
