import { expect, onTestFinished, test } from 'vitest';
import { MAX_ROOM_UNSENT_BYTES, parseRoomState, type RoomState } from '../../src/companion/lab/members.ts';
import { startCompanion } from '../testing/companion.ts';
import { masked, RawPeer } from '../testing/raw-peer.ts';

const ROOM = 'a-room-of-this-test';

async function open(port: number, target: string): Promise<RawPeer> {
  const peer = await RawPeer.open(port, target);
  onTestFinished(() => void peer.socket.destroy());
  return peer;
}

const enter = (port: number, member: string) => open(port, `/lab/room?room=${ROOM}&member=${member}`);

/** A page that looks at its room. */
async function watch(port: number, room = ROOM) {
  const peer = await open(port, `/lab/members?room=${room}`);
  return {
    order: (order: string) => peer.send(masked({ opcode: 1, payload: new TextEncoder().encode(order) })),
    async until(holds: (state: RoomState) => boolean): Promise<RoomState> {
      for (;;) {
        const state = parseRoomState((await peer.frame()).payload.toString());
        if (state !== undefined && holds(state)) return state;
      }
    },
  };
}

test('a page sees the members of its own room by name, and one more that it asks for', async () => {
  const { port } = await startCompanion();
  await enter(port, 'A');
  await enter(port, 'B');
  const [page, other] = [await watch(port), await watch(port, 'another-room-of-it')];
  page.order('join');
  const { members, maxUnsentBytes } = await page.until((state) => state.members.length === 3);
  expect(members.map(({ name }) => name)).toEqual(['A', 'B', 'the server']);
  expect(maxUnsentBytes).toBe(MAX_ROOM_UNSENT_BYTES);
  expect((await other.until(() => true)).members).toEqual([]);
  page.order('leave');
  await page.until((state) => state.members.length === 2);
});

test('a member that stops reading is closed with 1008 when its unsent bytes pass the limit, and no other', async () => {
  const { port } = await startCompanion();
  const [sender, other] = [await enter(port, 'A'), await enter(port, 'B')];
  const page = await watch(port);
  page.order('join');
  await page.until((state) => state.members.length === 3);
  page.order('stop-reading');
  const closed = page.until(({ members }) => members.some((each) => each.closed !== undefined));
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
  });
  const message = masked({ opcode: 2, payload: new Uint8Array(100_000) });
  let sent = 0;
  for (; !isClosed && sent < 1000; sent++) {
    sender.send(message);
    await sender.frame();
    await other.frame();
  }
  const { members } = await closed;
  expect(members.find(({ name }) => name === 'the server')?.closed).toEqual({
    statusCode: 1008,
    reason: `more than ${MAX_ROOM_UNSENT_BYTES} bytes are unread`,
  });
  expect(members.filter((each) => each.closed !== undefined)).toHaveLength(1);
  // The timeout of the closing handshake ends it, because it reads no close frame.
  await page.until((state) => state.members.length === 2);
});

test('the member of a page that leaves is gone', async () => {
  const { port } = await startCompanion();
  const peer = await open(port, `/lab/members?room=${ROOM}`);
  peer.send(masked({ opcode: 1, payload: new TextEncoder().encode('join') }));
  const page = await watch(port);
  await page.until((state) => state.members.length === 1);
  peer.socket.destroy();
  await page.until((state) => state.members.length === 0);
});
