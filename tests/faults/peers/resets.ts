import { masked, RawPeer, requestFor } from '../../../server/testing/raw-peer.ts';

const [BINARY, RESERVED, CLOSE, PING, PONG] = [2, 3, 8, 9, 10] as const;
const NORMAL = Uint8Array.of(0x03, 0xe8);
const NOTHING = new Uint8Array(0);
const LONG = new Uint8Array(200_000);

/** How far a connection comes before its peer resets it. */
export const STATES: Readonly<Record<string, (port: number) => Promise<RawPeer>>> = {
  'before the request': (port) => RawPeer.connect(port),
  'in the middle of the request': (port) => requested(port, requestFor('/echo').slice(0, 70)),
  'behind the request': (port) => requested(port, requestFor('/echo')),
  'behind a request that is refused': (port) => requested(port, requestFor('/nowhere')),
  'after the 101': (port) => RawPeer.open(port, '/echo'),
  'in the middle of a header': (port) => heard(port, masked({ opcode: BINARY, payload: LONG }).subarray(0, 5)),
  'in the middle of a frame': (port) => heard(port, masked({ opcode: BINARY, payload: LONG }).subarray(0, 1000)),
  'in the middle of a message': (port) => heard(port, masked({ fin: false, opcode: BINARY, payload: LONG })),
  'in the middle of a ping in a message': (port) =>
    heard(
      port,
      masked({ fin: false, opcode: BINARY, payload: NOTHING }),
      masked({ opcode: PING, payload: new Uint8Array(9) }).subarray(0, 7),
    ),
  'while echoes are on their way': async (port) => {
    const peer = await RawPeer.open(port, '/echo');
    peer.socket.pause();
    peer.send(...Array.from({ length: 20 }, () => masked({ opcode: BINARY, payload: LONG })));
    return peer;
  },
  'behind its close frame': async (port) => {
    const peer = await RawPeer.open(port, '/echo');
    peer.send(masked({ opcode: CLOSE, payload: NORMAL }));
    return peer;
  },
  'behind the answer to its close frame': async (port) => {
    const peer = await RawPeer.open(port, '/echo');
    peer.send(masked({ opcode: CLOSE, payload: NORMAL }));
    return gotClose(peer);
  },
  // These two are silent until the server closes.
  "behind the server's close frame": async (port) => gotClose(await RawPeer.open(port, '/echo')),
  "in the middle of the answer to the server's close frame": async (port) => {
    const peer = await gotClose(await RawPeer.open(port, '/echo'));
    peer.send(masked({ opcode: CLOSE, payload: NORMAL }).subarray(0, 7));
    return peer;
  },
  'behind the close frame that failed it': async (port) => {
    const peer = await heard(port, masked({ opcode: RESERVED, payload: NOTHING }));
    return gotClose(peer);
  },
};

async function requested(port: number, request: string): Promise<RawPeer> {
  const peer = await RawPeer.connect(port);
  peer.send(request);
  return peer;
}

/** The pong tells that the server has come as far as to what stands before it in the same write, and behind it. */
async function heard(port: number, ...pieces: Uint8Array[]): Promise<RawPeer> {
  const peer = await RawPeer.open(port, '/echo');
  peer.send(masked({ opcode: PING, payload: NOTHING }), ...pieces);
  while ((await peer.frame()).opcode !== PONG);
  return peer;
}

async function gotClose(peer: RawPeer): Promise<RawPeer> {
  while ((await peer.frame()).opcode !== CLOSE);
  return peer;
}

/** Brings one connection as far as each of the states, and resets it there. */
export async function resetAtEveryState(port: number): Promise<void> {
  await Promise.all(
    Object.values(STATES).map(async (reach) => {
      const peer = await reach(port);
      peer.socket.resetAndDestroy();
    }),
  );
}
