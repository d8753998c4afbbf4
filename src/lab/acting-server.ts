import type { Effect } from '../protocol/endpoint/effects.ts';
import { Endpoint, type ServerOptions } from '../protocol/endpoint/endpoint.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { decodeText } from '../text/utf8.ts';
import type { LabAct } from './act.ts';
import { findAct, MAX_DETAIL_CHARACTERS } from './acts.ts';

/** In bytes: a name, a space, and a detail of up to three bytes for each character. A longer message is not an order. */
const MAX_ORDER_BYTES = 64 + 3 * MAX_DETAIL_CHARACTERS;

/**
 * A server that does one act as soon as the connection is open, and otherwise keeps the rules. A text message with the
 * name of an act, with or without a detail after a space (`ping 6869`, `close-4000 enough`), is an order: the server does
 * that act, and its program does not receive the message.
 *
 * The endpoint keeps the rules. Use it like any other, but pass the effects of the opening and of received bytes through
 * {@link filter}.
 */
export class ActingServer {
  readonly endpoint: Endpoint;
  readonly #act: LabAct | undefined;
  #silent = false;

  /** @param act if undefined, the server waits for orders */
  constructor(options: ServerOptions, act: LabAct | undefined) {
    this.#act = act;
    const respond = act?.behavior.kind === 'response' ? act.behavior.change : undefined;
    this.endpoint = new Endpoint(respond === undefined ? options : { ...options, respond });
  }

  /** Passes on the endpoint's effects, and adds those of the act. After `silent-close`, a close frame has no effects. */
  *filter(effects: Iterable<Effect>): Generator<Effect, void, undefined> {
    for (const effect of effects) {
      const order = orderIn(effect);
      if (order !== undefined) yield* this.#do(order);
      else if (effect.type === 'event' || !this.#keepsQuiet) yield effect;
      const isOpen = effect.type === 'event' && effect.event.type === 'open';
      if (isOpen && this.#act !== undefined) yield* this.#do(this.#act);
    }
  }

  *#do({ behavior }: LabAct): Generator<Effect, void, undefined> {
    if (behavior.kind === 'silence') this.#silent = true;
    if (behavior.kind === 'endTcp') yield { type: 'closeTcp' };
    if (behavior.kind !== 'frames') return;
    for (const bytes of behavior.frames()) yield* this.endpoint.sendRaw(bytes);
  }

  get #keepsQuiet(): boolean {
    return this.#silent && this.endpoint.readyState === 'ending';
  }
}

function orderIn(effect: Effect): LabAct | undefined {
  if (effect.type !== 'event' || effect.event.type !== 'message') return undefined;
  const { opcode, payload } = effect.event;
  if (opcode !== OPCODE.text || payload.length > MAX_ORDER_BYTES) return undefined;
  const [, name = '', detail = ''] = /^(\S*)(?: (.*))?$/s.exec(decodeText(payload) ?? '') ?? [];
  const found = findAct(name, detail);
  return 'act' in found ? found.act : undefined;
}
