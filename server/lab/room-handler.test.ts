import { expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../testing/companion.ts';
import { maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';

async function enter(port: number, room: string): Promise<RawPeer> {
  const peer = await RawPeer.open(port, `/lab/room?room=${room}`);
  onTestFinished(() => void peer.socket.destroy());
  return peer;
}

test('a message goes to all of its room, its sender included, and to no other room and no broadcast', async () => {
  const { port } = await startCompanion();
  const [one, two] = ['room-number-one-1', 'room-number-two-2'];
  const [speaker, listener, other] = [await enter(port, one), await enter(port, one), await enter(port, two)];
  const outside = await RawPeer.open(port, '/broadcast');
  onTestFinished(() => void outside.socket.destroy());
  speaker.send(maskedText('in one'));
  expect((await speaker.frame()).payload.toString()).toBe('in one');
  expect((await listener.frame()).payload.toString()).toBe('in one');
  // What comes next to the others is their own: nothing came before it.
  other.send(maskedText('in two'));
  outside.send(maskedText('outside'));
  expect((await other.frame()).payload.toString()).toBe('in two');
  expect((await outside.frame()).payload.toString()).toBe('outside');
});

test.each(['', '?room=', '?room=short', '?room=no%20name%20that%20counts'])(
  'a request for a room that names none is refused: "%s"',
  async (query) => {
    const { port } = await startCompanion();
    const peer = await RawPeer.connect(port);
    peer.send(requestFor(`/lab/room${query}`));
    await peer.end();
    expect(peer.received.toString()).toMatch(/^HTTP\/1\.1 400 .*Name a room/s);
  },
);

test('a page of another origin is not let in', async () => {
  const { port } = await startCompanion();
  const peer = await RawPeer.connect(port);
  peer.send(requestFor('/lab/room?room=room-number-one-1', ['Origin: https://example.com']));
  await peer.end();
  expect(peer.received.toString()).toMatch(/^HTTP\/1\.1 403 /);
});
