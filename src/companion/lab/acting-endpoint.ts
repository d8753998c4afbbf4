import type { Effect } from '../../protocol/endpoint/effects.ts';
import { Endpoint, type ServerOptions } from '../../protocol/endpoint/endpoint.ts';
import type { ReadyState } from '../../protocol/endpoint/ready-state.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { CheckedRequest } from '../../protocol/handshake/check-request.ts';
import { formatResponseHead } from '../../protocol/handshake/format-head.ts';
import type { RequestHead, ResponseHead } from '../../protocol/handshake/head.ts';
import { parseResponseHead } from '../../protocol/handshake/parse-head.ts';
import { decodeText } from '../../protocol/utf8.ts';
import type { LabAct } from './act.ts';
import { findAct, MAX_DETAIL_CHARACTERS } from './acts.ts';

/** In bytes: a name, a space and a detail, whose characters take up to three bytes each. A longer message is no order. */
const MAX_ORDER_BYTES = 64 + 3 * MAX_DETAIL_CHARACTERS;

/**
 * A server's end that does one thing of its own as soon as it is open, and otherwise keeps the
 * rules. A text message that is the name of an act, with or without a detail behind a space
 * (`ping 6869`, `close-4000 enough`), is an order: that act is done then.
 */
export class ActingEndpoint extends Endpoint {
  readonly #act: LabAct | undefined;
  #answered = false;
  #closeSentByHand = false;
  #silent = false;

  /** @param act undefined: it waits for orders */
  constructor(options: ServerOptions, act: LabAct | undefined) {
    super(options);
    this.#act = act;
  }

  /** Of a close frame among the act's bytes the endpoint below knows nothing: it must not send another. */
  override get readyState(): ReadyState {
    const readyState = super.readyState;
    return readyState === 'open' && this.#closeSentByHand ? 'closing' : readyState;
  }

  override acceptRequest(request: RequestHead, checked?: CheckedRequest): Effect[] {
    return [...this.#with(super.acceptRequest(request, checked))];
  }

  override *receive(chunk: Uint8Array): Generator<Effect, void, undefined> {
    yield* this.#with(super.receive(chunk));
  }

  /** What the endpoint below wants, and what this one does about it. */
  *#with(effects: Iterable<Effect>): Generator<Effect, void, undefined> {
    for (const effect of effects) {
      if (effect.type === 'event' && effect.event.type === 'open') {
        yield effect;
        if (this.#act !== undefined) yield* this.#do(this.#act);
        continue;
      }
      const order = this.#orderIn(effect);
      if (order !== undefined) yield* this.#do(order);
      else if (effect.type === 'write' && !this.#answered) yield this.#answer(effect.bytes);
      else if (effect.type === 'event' || !this.#keepsQuiet) yield effect;
    }
  }

  #answer(right: Uint8Array<ArrayBuffer>): Effect {
    this.#answered = true;
    const deed = this.#act?.deed;
    const parsed = parseResponseHead(right);
    if (deed?.kind !== 'response' || parsed.kind !== 'complete' || parsed.head.httpStatus !== 101) {
      return { type: 'write', bytes: right };
    }
    const changed: ResponseHead = deed.change(parsed.head);
    return { type: 'write', bytes: formatResponseHead(changed) };
  }

  *#do({ deed }: LabAct): Generator<Effect, void, undefined> {
    if (deed.kind === 'silence') this.#silent = true;
    if (deed.kind === 'endTcp') yield { type: 'closeTcp' };
    if (deed.kind !== 'frames') return;
    const frames = deed.frames();
    if (frames.some(isCloseFrame)) this.#closeSentByHand = true;
    for (const bytes of frames) yield { type: 'write', bytes };
  }

  #orderIn(effect: Effect): LabAct | undefined {
    if (effect.type !== 'event' || effect.event.type !== 'message' || effect.event.opcode !== OPCODE.text) {
      return undefined;
    }
    if (effect.event.payload.length > MAX_ORDER_BYTES) return undefined;
    const [, name = '', detail = ''] = /^(\S*)(?: (.*))?$/s.exec(decodeText(effect.event.payload) ?? '') ?? [];
    const found = findAct(name, detail);
    return 'act' in found ? found.act : undefined;
  }

  get #keepsQuiet(): boolean {
    return this.#silent && this.readyState === 'ending';
  }
}

function isCloseFrame(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & 0x0f) === OPCODE.close;
}
