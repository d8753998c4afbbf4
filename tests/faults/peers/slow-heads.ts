import { RawPeer, requestFor } from '../../../server/testing/raw-peer.ts';

/**
 * So many at once send the head of a request a byte at a time, and some of them nothing at all.
 *
 * @returns the first lines of the answers
 */
export function slowHeads(port: number, count: number, byteMs: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => slowHead(port, byteMs, i % 4 === 0)));
}

async function slowHead(port: number, byteMs: number, silent: boolean): Promise<string> {
  const peer = await RawPeer.connect(port);
  const request = requestFor('/echo');
  let sent = 0;
  const timer = setInterval(() => !silent && peer.send(request.charAt(sent++)), byteMs);
  await peer.end();
  clearInterval(timer);
  return peer.received.toString('latin1').split('\r\n', 1)[0] as string;
}
