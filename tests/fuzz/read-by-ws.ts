import * as ws from 'ws';
import type { FrameStream } from './frame-stream.ts';
import { chunksOf } from './mutate.ts';
import { hex, type Outcome } from './outcome.ts';

/** The part of the package's receiver that is used here: the package exports it, its types do not. */
interface Receiver {
  readonly errored: Error | null;
  write(chunk: Uint8Array): boolean;
  on(event: 'message', listener: (payload: Buffer, isBinary: boolean) => void): this;
  on(event: 'ping' | 'pong', listener: (payload: Buffer) => void): this;
  on(event: 'conclude', listener: (closeCode: number, reason: Buffer) => void): this;
  on(event: 'error', listener: () => void): this;
}

const { Receiver } = ws as unknown as {
  readonly Receiver: new (options: { isServer: boolean; maxPayload: number; maxFragments: number }) => Receiver;
};

/** The ws package's receiver, which gets the stream chunk by chunk, until it fails or the peer has closed. */
export function readByWs({ sender, limits, bytes, chunkLengths }: FrameStream): Outcome {
  const receiver = new Receiver({
    isServer: sender === 'client',
    maxPayload: limits.maxMessageBytes,
    maxFragments: limits.maxFragments,
  });
  const events: string[] = [];
  let verdict: Outcome['verdict'] = { kind: 'waits' };
  receiver
    .on('message', (payload, isBinary) => events.push(`${isBinary ? 'binary' : 'text'} ${hex(payload)}`))
    .on('ping', (payload) => events.push(`ping ${hex(payload)}`))
    .on('pong', (payload) => events.push(`pong ${hex(payload)}`))
    .on('conclude', (closeCode, reason) => {
      verdict = { kind: 'closed', closeCode, reason: reason.toString() };
    })
    // It tells of an error in a later turn of the loop; `errored` has it at once.
    .on('error', () => {});
  for (const chunk of chunksOf(bytes, chunkLengths)) {
    receiver.write(chunk);
    if (receiver.errored !== null) return { events, verdict: failure(receiver.errored) };
    if (verdict.kind !== 'waits') break;
  }
  return { events, verdict };
}

function failure(error: Error): Outcome['verdict'] {
  const statusCode = Object.getOwnPropertySymbols(error)
    .filter(({ description }) => description === 'status-code')
    .map((symbol) => (error as unknown as Record<symbol, unknown>)[symbol])[0];
  // An error without a status code is none of a peer's doing.
  if (typeof statusCode !== 'number') throw error;
  return { kind: 'failed', statusCode, why: error.message };
}
