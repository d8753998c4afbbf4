import { masked, RawPeer } from '../../../server/testing/raw-peer.ts';

const [CONTINUATION, BINARY] = [0, 2] as const;
const KEY = [1, 2, 3, 4];

/** One message in so many fragments of one byte. @returns the length of what comes back */
export async function sendFragments(port: number, fragments: number): Promise<number> {
  const peer = await RawPeer.open(port, '/echo');
  const payload = Uint8Array.of(7);
  const fragment = masked({ fin: false, opcode: CONTINUATION, payload });
  peer.send(
    masked({ fin: false, opcode: BINARY, payload }),
    ...Array.from({ length: fragments - 2 }, () => fragment),
    masked({ opcode: CONTINUATION, payload }),
  );
  const echo = await peer.frame();
  peer.socket.destroy();
  return echo.payload.length;
}

/** Claims a frame of 2^62 bytes. @returns the status code that it is answered with */
export async function claimTooMuch(port: number): Promise<number> {
  const peer = await RawPeer.open(port, '/echo');
  peer.send(Uint8Array.of(0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, ...KEY));
  const close = await peer.frame();
  await peer.end();
  return close.payload.readUInt16BE();
}

/** Claims as much as is allowed, sends a little of it, and waits. @returns how to hang up */
export async function claimMuch(port: number, claimed: number, sent: number): Promise<() => void> {
  const peer = await RawPeer.open(port, '/echo');
  const length = new Uint8Array(new BigUint64Array([BigInt(claimed)]).buffer).reverse();
  // The pong tells that the server has read all of it.
  peer.send(masked({ opcode: 9, payload: new Uint8Array(0) }), Uint8Array.of(0x82, 0xff, ...length, ...KEY));
  peer.send(new Uint8Array(sent));
  await peer.frame();
  return () => peer.socket.destroy();
}
