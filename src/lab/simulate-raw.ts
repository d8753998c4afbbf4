import type { RawAnswer, RawEnd } from '../companion/lab/raw-answer.ts';
import type { ParsedRawStep } from '../companion/lab/raw-step.ts';
import type { HttpRefusal } from '../companion/policy/refusal.ts';
import { BoundedBytes } from '../inspector/frame/bounded-bytes.ts';
import type { WireMessage } from '../inspector/wire/wire.ts';
import type { Effect } from '../protocol/endpoint/effects.ts';
import { Endpoint } from '../protocol/endpoint/endpoint.ts';
import { formatResponseHead } from '../protocol/handshake/head/format-head.ts';
import { DEFAULT_HEAD_LIMITS, type RequestHead } from '../protocol/handshake/head/head.ts';
import { parseRequestHead } from '../protocol/handshake/head/parse-head.ts';
import { refuseRequest } from '../protocol/handshake/response/respond.ts';
import { encodeText } from '../text/utf8.ts';
import { RawWatch } from './raw-watch.ts';

/** Why the companion refuses a request; undefined if it answers 101. */
export type Foresee = (head: RequestHead) => HttpRefusal | undefined;

/**
 * Runs a raw connection without the companion: the bytes go to an echo server in memory.
 *
 * @param steps a wait takes no time, but counts in the times of the messages
 * @param foresee the companion's policy, see foreseeRefusal(). Without it, only the protocol's rules are checked. Most
 *   pages send a request that the companion accepts, so they need not load its policy
 */
export function simulateRaw(steps: readonly ParsedRawStep[], foresee: Foresee = () => undefined): RawAnswer[] {
  const run = new SimulatedRaw(foresee);
  for (const step of steps) run.take(step);
  return run.finish();
}

class SimulatedRaw {
  readonly #foresee: Foresee;
  readonly #watch = new RawWatch(1, 'in memory');
  readonly #endpoint = new Endpoint({ role: 'server' });
  readonly #messages: WireMessage[];
  readonly #request = new BoundedBytes(DEFAULT_HEAD_LIMITS.maxHeadBytes);
  #atMs = 0;
  #end: RawEnd = 'quiet';

  constructor(foresee: Foresee) {
    this.#foresee = foresee;
    this.#messages = this.#watch.open(0);
  }

  take(step: ParsedRawStep): void {
    if (this.#end === 'server') return;
    if ('waitMs' in step) {
      this.#atMs += step.waitMs;
      return;
    }
    this.#tell(this.#watch.sent(step.bytes, this.#atMs));
    const refusal = this.#endpoint.readyState === 'connecting' ? this.#refusal(step.bytes) : undefined;
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

  /** Adds messages one by one: a megabyte can hold more frames than a call can have arguments. */
  #tell(messages: readonly WireMessage[]): void {
    for (const message of messages) this.#messages.push(message);
  }

  #refusal(bytes: Uint8Array): HttpRefusal | undefined {
    this.#request.append(bytes);
    const parsed = parseRequestHead(this.#request.bytes);
    return parsed.kind === 'complete' ? this.#foresee(parsed.head) : undefined;
  }

  #refuse(refusal: HttpRefusal): void {
    const { head, body } = refuseRequest(refusal);
    this.#write(Uint8Array.of(...formatResponseHead(head), ...encodeText(body)));
    this.#end = 'server';
  }
}
