import { maskedText, RawPeer, requestFor } from '../../../server/testing/raw-peer.ts';
import { formatHex } from '../../../src/bytes/hex.ts';
import type { RawAnswer } from '../../../src/companion/lab.ts';
import { encodeText } from '../../../src/text/utf8.ts';

/**
 * Orders one raw connection: a handshake, and then one frame so many times.
 *
 * @returns how it ended
 */
export async function orderFrames(port: number, frame: Uint8Array, times: number): Promise<string> {
  const page = await RawPeer.open(port, '/lab/raw');
  const steps = [
    { hex: formatHex(encodeText(requestFor('/echo'))) },
    { waitMs: 100 },
    { hex: formatHex(frame).repeat(times) },
  ];
  page.send(maskedText(JSON.stringify({ steps })));
  for (;;) {
    const answer = await page.json<RawAnswer>();
    if (answer.type !== 'done' && answer.type !== 'problem') continue;
    page.socket.destroy();
    return answer.type === 'done' ? answer.end : answer.sentence;
  }
}
