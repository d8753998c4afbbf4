import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { EndpointEvent } from '../../src/protocol/index.ts';
import { EndpointClient } from '../interop-endpoint-client.ts';
import type { BystanderFigures, BystanderNews, BystanderOptions } from './bystander.ts';

// The thread of one bystander. Its time is its own: what the test does on the side does not delay it.

const { port, path, payloadLength, pauseMs } = workerData as BystanderOptions;
const tell = (news: BystanderNews) => parentPort?.postMessage(news);
const latencies: number[] = [];
let stopping = false;
parentPort?.on('message', () => {
  stopping = true;
});

const client = new EndpointClient(`ws://127.0.0.1:${port}${path}`);
const first = await client.events.next();
if (first.type !== 'open') throw new Error(`the bystander was not let in: ${JSON.stringify(first)}`);
tell('open');

let lost = 0;
for (let number = 0; !stopping && lost === 0; number++) {
  lost = (await echoes(number)) ? 0 : 1;
  tell('echoed');
  await wait(pauseMs);
}
client.carryOut(client.endpoint.startClosingHandshake(1000));
const { clean } = await client.closed();
tell({ latencies, lost: lost + (clean ? 0 : 1) } satisfies BystanderFigures);
parentPort?.close();

/** Sends a message unlike any before it. @returns whether it came back, the same */
async function echoes(number: number): Promise<boolean> {
  const payload = new Uint8Array(payloadLength).fill(number);
  new DataView(payload.buffer).setUint32(0, number);
  const sentAt = performance.now();
  client.carryOut(client.endpoint.sendBinary(payload));
  const event = await echo();
  if (event.type !== 'message' || !Buffer.from(event.payload).equals(payload)) return false;
  latencies.push(performance.now() - sentAt);
  return true;
}

/** What comes next, except for pings, which are answered by themselves. */
async function echo(): Promise<EndpointEvent> {
  for (;;) {
    const event = await client.events.next();
    if (event.type !== 'ping') return event;
  }
}
