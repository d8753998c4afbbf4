import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { requestFor } from '../../bench/load-connection.ts';
import { encodeFrame } from '../../src/protocol/framing/frame.ts';
import type { BystanderFigures, BystanderOptions } from './bystander.ts';

// The thread of one bystander. Its time is its own: what the test does on the side does not delay it.

const { port, path, payloadLength, pauseMs } = workerData as BystanderOptions;
const [BINARY, CLOSE] = [2, 8];
const latencies: number[] = [];
let received: Buffer = Buffer.alloc(0);
let stopping = false;
let ended = false;
let onNews = () => {};

const socket = connect({ port, host: '127.0.0.1', noDelay: true });
socket.on('data', (bytes: Buffer) => {
  received = Buffer.concat([received, bytes]);
  onNews();
});
socket.on('error', () => {});
socket.on('close', () => {
  ended = true;
  onNews();
});
parentPort?.on('message', () => {
  stopping = true;
});

await once(socket, 'connect');
socket.write(requestFor(path));
await arrival(() => received.includes('\r\n\r\n'));
if (!received.toString('latin1').includes(' 101 ')) throw new Error(`refused: ${received.toString('latin1')}`);
received = received.subarray(received.indexOf('\r\n\r\n') + 4);
parentPort?.postMessage('open');

let lost = 0;
for (let number = 0; !stopping && lost === 0; number++) {
  lost = (await echoes(number)) ? 0 : 1;
  parentPort?.postMessage('echoed');
  await wait(pauseMs);
}
socket.write(encodeFrame({ opcode: CLOSE, payload: Uint8Array.of(3, 232), maskingKey: 0 }));
await arrival(() => ended);
parentPort?.postMessage({ latencies, lost } satisfies BystanderFigures);
parentPort?.close();

/** Sends a message unlike any before it. @returns whether it came back, the same */
async function echoes(number: number): Promise<boolean> {
  const payload = new Uint8Array(payloadLength).fill(number);
  new DataView(payload.buffer).setUint32(0, number);
  const expected = encodeFrame({ opcode: BINARY, payload });
  const sentAt = performance.now();
  socket.write(encodeFrame({ opcode: BINARY, payload, maskingKey: number }));
  await arrival(() => received.length >= expected.length);
  const echo = received.subarray(0, expected.length);
  received = received.subarray(expected.length);
  if (!echo.equals(expected)) return false;
  latencies.push(performance.now() - sentAt);
  return true;
}

async function arrival(isThere: () => boolean): Promise<void> {
  while (!isThere() && !ended) {
    await new Promise<void>((resolve) => {
      onNews = resolve;
    });
  }
}
