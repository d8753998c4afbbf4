import { expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../testing/companion.ts';
import { masked, maskedText, RawPeer } from '../testing/raw-peer.ts';

async function open(port: number): Promise<RawPeer> {
  const peer = await RawPeer.open(port, '/prices');
  onTestFinished(() => void peer.socket.destroy());
  return peer;
}

async function closeOf(peer: RawPeer) {
  const { opcode, payload } = await peer.frame();
  return { opcode, code: payload.readUInt16BE(), reason: payload.toString('utf8', 2) };
}

test('a price goes to all, as the server has understood it', async () => {
  const { port } = await startCompanion();
  const [sender, other] = [await open(port), await open(port)];
  sender.send(maskedText(' {"price": 12.50, "symbol": "ACME"}'));
  for (const peer of [sender, other])
    expect((await peer.frame()).payload.toString()).toBe('{"symbol":"ACME","price":12.5}');
});

test.each([
  [maskedText('{"symbol":"ACME"'), 1007, 'the message is not JSON'],
  [maskedText('{"symbol":"ACME","price":"12.5"}'), 1008, 'price must be a number'],
  [
    masked({ opcode: 2, payload: new TextEncoder().encode('{"symbol":"A","price":1}') }),
    1003,
    'send JSON as text, not binary',
  ],
  [maskedText(`{"symbol":"ACME","price":1${' '.repeat(1100)}}`), 1009, ''],
])(
  'a client that sends something else is closed, and the others get nothing of it: %#',
  async (frame, code, reason) => {
    const { port } = await startCompanion();
    const [wrong, other] = [await open(port), await open(port)];
    // The second message came in the same read: it is ignored as well.
    wrong.send(frame, maskedText('{"symbol":"LATE","price":1}'));
    expect(await closeOf(wrong)).toEqual({ opcode: 8, code, reason: expect.stringContaining(reason) });
    other.send(maskedText('{"symbol":"ACME","price":2}'));
    expect((await other.frame()).payload.toString()).toBe('{"symbol":"ACME","price":2}');
  },
);

test('the log has the reason, and nothing in it can come from the peer but the name of a field', async () => {
  const { port, lines } = await startCompanion();
  const wrong = await open(port);
  wrong.send(maskedText('{"symbol":"ACME","price":"s3cret"}'));
  await closeOf(wrong);
  expect(lines).toEqual([expect.stringMatching(/\/prices: closed with 1008: price must be a number$/)]);
});
