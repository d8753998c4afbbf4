import { BoundedBytes } from '../../inspector/bounded-bytes.ts';
import type { WireMessage } from '../../inspector/wire.ts';
import type { Effect } from '../../protocol/endpoint/effects.ts';
import { Endpoint } from '../../protocol/endpoint/endpoint.ts';
import { formatResponseHead } from '../../protocol/handshake/format-head.ts';
import { DEFAULT_HEAD_LIMITS } from '../../protocol/handshake/head-limits.ts';
import { parseRequestHead } from '../../protocol/handshake/parse-head.ts';
import { refuseRequest } from '../../protocol/handshake/respond.ts';
import { encodeText } from '../../protocol/utf8.ts';
import { foreseeRefusal, type OwnRefusal } from './foresee-refusal.ts';
import type { RawAnswer, RawEnd } from './raw-answer.ts';
import type { ParsedRawStep } from './raw-request.ts';
import { RawWatch } from './raw-watch.ts';

/**
 * A raw connection without the companion: the bytes go to a server's endpoint in memory, which
 * echoes. A path that the companion has not and an origin that it does not trust are refused as it refuses them.
 *
 * @param steps waits take no time here, but count
 */
export function simulateRaw(steps: readonly ParsedRawStep[], connection = 1): RawAnswer[] {
  const run = new SimulatedRaw(connection);
  for (const step of steps) run.take(step);
  return run.finish();
}

class SimulatedRaw {
  readonly #watch: RawWatch;
  readonly #endpoint = new Endpoint({ role: 'server' });
  readonly #messages: WireMessage[];
  readonly #request = new BoundedBytes(DEFAULT_HEAD_LIMITS.maxHeadBytes);
  #atMs = 0;
  #end: RawEnd = 'quiet';

  constructor(connection: number) {
    this.#watch = new RawWatch(connection, 'in memory');
    this.#messages = this.#watch.open(0);
  }

  take(step: ParsedRawStep): void {
    if (this.#end === 'server') return;
    if ('waitMs' in step) {
      this.#atMs += step.waitMs;
      return;
    }
    this.#tell(this.#watch.sent(step.bytes, this.#atMs));
    const refusal = this.#endpoint.readyState === 'connecting' ? this.#ownRefusal(step.bytes) : undefined;
    if (refusal !== undefined) this.#refuse(refusal);
    else this.#perform(this.#endpoint.receive(step.bytes.slice()));
  }

  finish(): RawAnswer[] {
    const { body } = this.#watch;
    return [...this.#messages, ...this.#watch.end(this.#atMs), { type: 'done', end: this.#end, body }];
  }

  #perform(effects: Iterable<Effect>): void {
    for (const effect of effects) {
      if (effect.type === 'write') this.#write(effect.bytes);
      else if (effect.type === 'closeTcp') this.#end = 'server';
      else if (effect.event.type === 'message') {
        this.#perform(this.#endpoint.sendMessage(effect.event.opcode, effect.event.payload));
      }
    }
  }

  #write(bytes: Uint8Array): void {
    this.#tell(this.#watch.received(bytes, this.#atMs));
  }

  /** One by one: a megabyte of frames is more than a call can have arguments. */
  #tell(messages: readonly WireMessage[]): void {
    for (const message of messages) this.#messages.push(message);
  }

  #ownRefusal(bytes: Uint8Array): OwnRefusal | undefined {
    this.#request.append(bytes);
    const parsed = parseRequestHead(this.#request.bytes);
    return parsed.kind === 'complete' ? foreseeRefusal(parsed.head) : undefined;
  }

  #refuse(refusal: OwnRefusal): void {
    const { head, body } = refuseRequest(refusal);
    this.#write(Uint8Array.of(...formatResponseHead(head), ...encodeText(body)));
    this.#end = 'server';
  }
}
