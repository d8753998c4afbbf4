import { expect } from 'vitest';
import {
  type CloseBody,
  type CloseEvent,
  decodeCloseBody,
  type Effect,
  type Endpoint,
  FrameReader,
  type MessageOpcode,
  OPCODE,
  READY_STATES,
  type ReadyState,
} from '../src/protocol/index.ts';
import { hexOf, joined } from './bytes.ts';
import { newClient, newServer } from './endpoints.ts';

/** A message as its opcode and its payload in hex. */
const inShort = (opcode: MessageOpcode, payload: Uint8Array) => `${opcode}:${hexOf(payload)}`;

/** One end, the program behind it, and what it has written that has not arrived yet. */
export class Side {
  readonly sent: string[] = [];
  readonly received: string[] = [];
  readonly closeEvents: CloseEvent[] = [];
  /** The first close frame that this end wrote. */
  closeFrame: CloseBody | undefined;
  /** The rules broken on the wire behind this end's back. */
  readonly brokenRules: string[] = [];
  inFlight = new Uint8Array(0);
  tcpEnds = false;
  readonly endpoint: Endpoint;
  #state: ReadyState = 'connecting';
  #opened = false;

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint;
  }

  send(opcode: MessageOpcode, pieces: readonly Uint8Array[]): void {
    const effects = this.endpoint.sendFragments(opcode, pieces);
    if (effects.length > 0) this.sent.push(inShort(opcode, joined(...pieces)));
    this.perform(effects);
  }

  perform(effects: Iterable<Effect>): void {
    for (const effect of effects) {
      this.#checkState();
      if (effect.type === 'closeTcp') this.tcpEnds = true;
      else if (effect.type === 'write') this.#write(effect.bytes);
      else if (effect.event.type === 'open') this.#opened = true;
      else if (effect.event.type === 'close') this.closeEvents.push(effect.event);
      else if (effect.event.type === 'message') {
        const { opcode, payload } = effect.event;
        this.received.push(inShort(opcode, payload));
        // A program that answers, in the middle of what it is told: only short messages, so that it ends.
        if (payload.length === 1) this.send(opcode, [payload, payload]);
      }
    }
    this.#checkState();
  }

  writeRaw(bytes: Uint8Array): void {
    if (!this.tcpEnds) this.inFlight = joined(this.inFlight, bytes);
  }

  #write(bytes: Uint8Array): void {
    this.writeRaw(bytes);
    if (!this.#opened) return;
    const [frame] = new FrameReader().push(bytes.slice());
    if (frame?.opcode === OPCODE.close) this.closeFrame ??= decodeCloseBody(frame.payload);
  }

  /** The ready state moves along the table and never leaves it. */
  #checkState(): void {
    const { readyState } = this.endpoint;
    if (readyState === this.#state) return;
    expect(statesAfter(this.#state)).toContain(readyState);
    this.#state = readyState;
  }
}

/** All states that can follow, soon or late. */
function statesAfter(state: ReadyState): ReadyState[] {
  const next = Object.values<ReadyState>(READY_STATES[state].next);
  return [...next, ...next.flatMap(statesAfter)];
}

/** Two ends, joined by a TCP in memory that delivers as much as it is told to. */
export interface Pair {
  readonly client: Side;
  readonly server: Side;
}

export type SideName = keyof Pair;
export const peerOf = { client: 'server', server: 'client' } as const;

/** A client that has written its request, and a server that has not got it yet. */
export function newPair(): Pair {
  const pair = { client: new Side(newClient()), server: new Side(newServer()) };
  pair.client.perform(pair.client.endpoint.connect());
  return pair;
}

/** Some of the bytes that `from` has written arrive; behind the last of them, the end of TCP. */
export function deliver(pair: Pair, from: SideName, byteLength: number): void {
  const [sender, receiver] = [pair[from], pair[peerOf[from]]];
  const chunk = sender.inFlight.slice(0, byteLength);
  sender.inFlight = sender.inFlight.slice(byteLength);
  receiver.perform(receiver.endpoint.receive(chunk));
  if (!sender.tcpEnds || sender.inFlight.length > 0) return;
  receiver.perform(receiver.endpoint.receiveEnd());
  receiver.tcpEnds = true;
}

/** Everything arrives, and what is written in answer, until nothing more comes. */
export function deliverAll(pair: Pair): void {
  for (let round = 0; round < 8; round++) {
    deliver(pair, 'client', pair.client.inFlight.length);
    deliver(pair, 'server', pair.server.inFlight.length);
  }
}
