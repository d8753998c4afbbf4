import { masked, maskedText, RawPeer, requestFor } from '../../../server/testing/raw-peer.ts';

const NO_BYTES = new Uint8Array(0);
const RESERVED_OPCODE = 3;

/** Ways to have a connection that only one side still believes in. */
export const HALF_OPEN = {
  /** Its host is gone, say: it answers nothing any more, and ends nothing. */
  async vanishes(port: number): Promise<void> {
    const peer = await RawPeer.open(port, '/echo');
    peer.send(maskedText('the last that was heard'));
    await peer.end();
  },
  /** Ends its side, and would go on reading. */
  async endsItsSide(port: number): Promise<void> {
    const peer = await RawPeer.open(port, '/echo');
    peer.socket.end();
    await peer.end();
  },
  /** The end of its side stands behind its request, in the same go. */
  async endsBehindItsRequest(port: number): Promise<void> {
    const peer = await RawPeer.connect(port);
    peer.socket.end(requestFor('/echo'));
    await peer.end();
  },
  /** The server ends, and it never does: nor does it read that the server has. */
  async neverEnds(port: number): Promise<void> {
    const peer = await RawPeer.open(port, '/echo');
    peer.socket.pause();
    peer.send(masked({ opcode: RESERVED_OPCODE, payload: NO_BYTES }));
    // Once the server gives up, what is sent is answered with a reset.
    const timer = setInterval(() => peer.socket.write(maskedText('still here')), 50);
    await new Promise((resolve) => peer.socket.once('close', resolve));
    clearInterval(timer);
  },
  /** Half a request, and then the end of its side. */
  async endsInTheRequest(port: number): Promise<void> {
    const peer = await RawPeer.connect(port);
    peer.send('GET /echo HTTP/1.1\r\nHost: local');
    peer.socket.end();
    await peer.end();
  },
} as const;
