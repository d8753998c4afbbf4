import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { createLog } from './log.ts';
import type { Companion } from './server.ts';
import { startShared } from './testing/access.ts';
import { RawPeer, requestFor } from './testing/raw-peer.ts';

/** What is written of one kind before the rest is counted. */
const LINES_OF_A_KIND = 20;

const lines: string[] = [];
let companion: Companion;
let port: number;

beforeEach(async () => {
  lines.length = 0;
  // The log of `framelight serve`: a new one counts from nothing.
  companion = await startShared({ log: createLog((line) => lines.push(line)), limits: { closingTimeoutMs: 200 } });
  ({ port } = companion.listening);
  return () => companion.close();
});

/** Sends a request, ends its side in case that the request is accepted, and waits for the end of the answer. */
async function refuse(request: string | Uint8Array): Promise<void> {
  const peer = await RawPeer.connect(port);
  peer.send(request);
  peer.socket.end();
  await peer.end();
}

/** Another client, which sends a frame that it did not mask. The server logs it when TCP is gone. */
async function sendUnmasked(): Promise<void> {
  const peer = await RawPeer.open(port, '/echo');
  peer.send(new Uint8Array([0x81, 0x00]));
  await peer.end();
}

const told = (rule: string) => lines.filter((line) => line.endsWith(rule));

test('33 changing Host values, 20 times each, are one kind, and other events are still logged', async () => {
  for (let i = 0; i < 33 * 20; i++) {
    await refuse(requestFor('/echo').replace('Host: localhost', `Host: a b${i % 33}`));
    if (i === 500) await sendUnmasked();
  }
  await companion.close();
  expect(lines.filter((line) => line.includes('Host'))).toHaveLength(LINES_OF_A_KIND);
  expect(told('unmasked-client-frame')).toHaveLength(1);
  expect(lines).toHaveLength(LINES_OF_A_KIND + 1);
});

const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcXYZ019 :/?#[]@"\\<>=;,') });

/** Requests that are refused in words that quote them. */
const REFUSED = [
  (text: string) => requestFor('/echo').replace('Host: localhost', `Host: ${text} b`),
  (text: string) => requestFor(`/nowhere${encodeURIComponent(text)}`),
  (text: string) => requestFor('/echo').replace('Key: ', `Key: ${text}`),
  (text: string) => requestFor('/echo').replace(': 13', `: 13${text}`),
  (text: string) => requestFor('/echo', [`Origin: http://evil.example/${text}`]),
  (text: string) => requestFor(`/echo?watch=${encodeURIComponent(text)}`),
  (text: string) => requestFor(`/lab/act?act=${encodeURIComponent(text)}`),
  (text: string) => requestFor('/dump', [`Sec-WebSocket-Protocol: ${text},,@${text}`]),
  (text: string) => `GET ${text.replaceAll(' ', '')} ${text} HTTP/1.1\r\n\r\n`,
];

test('sentences that quote a peer are of few kinds, and other events are still logged', async () => {
  const samples = fc.sample(fc.tuple(fc.constantFrom(...REFUSED), word), { numRuns: 900, seed: 8 });
  for (const [requestWith, text] of samples) await refuse(requestWith(text));
  await sendUnmasked();
  await companion.close();
  // Each way is of one kind or of two.
  expect(lines.length).toBeLessThanOrEqual(2 * REFUSED.length * LINES_OF_A_KIND);
  expect(told('unmasked-client-frame')).toHaveLength(1);
});
