import { isUtf8 } from 'node:buffer';
import { createRequest, type Effect, Endpoint, FrameReader, OPCODE } from '../../src/protocol/index.ts';
import type { FrameStream } from './frame-stream.ts';
import { chunksOf } from './mutate.ts';
import { hex, type Outcome } from './outcome.ts';
import { EVENT_NAMES } from './read-plainly.ts';

/** The request of RFC 6455 §1.3, and its answer. */
const REQUEST = { host: 'server.example.com', target: '/chat', key: 'dGhlIHNhbXBsZSBub25jZQ==' } as const;
const REQUEST_HEAD = createRequest(REQUEST);
const RESPONSE = Buffer.from(
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
);

export interface EndpointOutcome extends Outcome {
  /** The frames it answered with: `pong 4869`. */
  readonly replies: readonly string[];
  readonly endsTcp: boolean;
  /** The bytes that a violation speaks of, within their frame. */
  readonly wrongBytes: readonly [start: number, end: number] | undefined;
}

/** An endpoint whose peer sends the stream, chunk by chunk, and then is gone. */
export function readByEndpoint({ sender, limits, bytes, chunkLengths }: FrameStream): EndpointOutcome {
  const endpoint = sender === 'client' ? openServer(limits) : openClient(limits);
  const effects: Effect[] = [];
  for (const chunk of chunksOf(bytes, chunkLengths)) {
    // A socket's owner may use its memory again: what is kept has to be copied in time.
    for (const effect of endpoint.receive(chunk)) effects.push(effect);
  }
  effects.push(...endpoint.receiveEnd());
  return outcomeOf(effects);
}

function outcomeOf(effects: readonly Effect[]): EndpointOutcome {
  const events: string[] = [];
  const written: Uint8Array[] = [];
  let [endsTcp, wrongBytes] = [false, undefined as EndpointOutcome['wrongBytes']];
  let verdict: Outcome['verdict'] = { kind: 'waits' };
  for (const effect of effects) {
    if (effect.type === 'write') written.push(effect.bytes);
    else if (effect.type === 'closeTcp') endsTcp = true;
    else if (effect.event.type === 'close') {
      const { closeCode, reason, clean, violation } = effect.event;
      if (violation !== undefined) {
        verdict = { kind: 'failed', statusCode: violation.statusCode, why: violation.rule };
        wrongBytes = [violation.start, violation.end];
      } else if (clean) verdict = { kind: 'closed', closeCode, reason };
    } else if (effect.event.type === 'message') {
      events.push(`${EVENT_NAMES[effect.event.opcode]} ${hex(effect.event.payload)}`);
    } else if (effect.event.type !== 'open') events.push(`${effect.event.type} ${hex(effect.event.payload)}`);
  }
  return { events, verdict, replies: repliesIn(written), endsTcp, wrongBytes };
}

/** Of a close frame, the status code alone: its reason is for people. */
function repliesIn(written: readonly Uint8Array[]): string[] {
  const reader = new FrameReader();
  return reader.push(Buffer.concat(written)).map(({ opcode, payload }) => {
    if (opcode === OPCODE.close) return `close ${hex(payload.subarray(0, 2))}`;
    return `${EVENT_NAMES[opcode]} ${hex(payload)}`;
  });
}

function openServer(limits: FrameStream['limits']): Endpoint {
  const endpoint = new Endpoint({ role: 'server', limits, isUtf8 });
  endpoint.acceptRequest(REQUEST_HEAD);
  return endpoint;
}

function openClient(limits: FrameStream['limits']): Endpoint {
  const endpoint = new Endpoint({ role: 'client', request: REQUEST, nextMaskingKey: () => 0x37fa213d, limits });
  endpoint.connect();
  for (const effect of endpoint.receive(new Uint8Array(RESPONSE))) {
    if (effect.type === 'closeTcp') throw new Error('the opening handshake of RFC 6455 section 1.3 is refused');
  }
  return endpoint;
}
