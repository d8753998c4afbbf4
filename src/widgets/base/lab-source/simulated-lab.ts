import { LAB_ACT_PATH } from '../../../companion/lab/addresses.ts';
import type { WireMessage } from '../../../inspector/wire/wire.ts';
import type { Loopback } from '../../../lab/loopback.ts';
import { actLoopback } from '../../../lab/simulate-act.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../text/utf8.ts';
import { drawKey } from '../draw-key.ts';
import { drawMaskingKey } from '../draw-masking-key.ts';
import { refusalOfClose } from '../source/close-call.ts';
import { scriptEventsOf, wire } from '../source/script-events.ts';
import type { SourceEvent } from '../source/source.ts';
import { callOfClose, callOfOrder, type LabScript } from './script.ts';

/** What a simulated connection takes from outside: random for a reader, fixed for a page that is being built. */
export interface Drawn {
  readonly host: string;
  readonly key: string;
  readonly nextMaskingKey: () => number;
}

/** From the platform's randomness. */
export function drawHere(): Drawn {
  return { host: location.host, key: drawKey(), nextMaskingKey: drawMaskingKey };
}

/** In simulated time: how long a frame takes, and how long the client waits for the answer to its close frame. */
const FRAME_MS = 0.4;
const CLIENT_PATIENCE_MS = 10_000;

/** The lab without the companion: both ends inside this page, in simulated time. */
export class SimulatedLab {
  readonly #loopback: Loopback;
  readonly #host: string;
  #nowMs = 0;

  constructor(drawn: Drawn) {
    this.#host = drawn.host;
    const now = () => {
      this.#nowMs += FRAME_MS;
      return this.#nowMs;
    };
    this.#loopback = actLoopback(undefined, { ...drawn, now, origin: `http://${drawn.host}` });
  }

  connect(): SourceEvent[] {
    const call = `new WebSocket("ws://${this.#host}${LAB_ACT_PATH}")`;
    return [{ type: 'said', topic: 'open', call }, ...this.#report(this.#loopback.connect())];
  }

  /** @param order the name of an act */
  order(order: string): SourceEvent[] {
    return [said(order), ...this.#report(this.#loopback.send(OPCODE.text, encodeText(order)))];
  }

  /** Runs the script at once: the close is sent before anything answers the order. */
  run({ order, close }: LabScript): SourceEvent[] {
    if (close === undefined) return order === undefined ? [] : this.order(order);
    const call = callOfClose(close);
    const refused = refusalOfClose({ code: close.code, reason: close.reason, call });
    if (refused !== undefined) return [{ type: 'threw', call, exception: `threw ${refused}` }];
    const closes: SourceEvent = { type: 'said', topic: 'close', call };
    const messages =
      order === undefined
        ? this.#loopback.close(close.code, close.reason)
        : this.#loopback.sendAndClose(OPCODE.text, encodeText(order), close.code, close.reason);
    const before = [...(order === undefined ? [] : [said(order)]), closes, ...this.#report(messages)];
    if (this.#loopback.readyState('client') !== 'closing') return before;
    this.#nowMs += CLIENT_PATIENCE_MS;
    return [...before, ...this.#report(this.#loopback.endTcp('client'))];
  }

  #report(messages: readonly WireMessage[]): SourceEvent[] {
    return [...wire(messages), ...this.#loopback.takeClientEvents().flatMap(scriptEventsOf)];
  }
}

function said(order: string): SourceEvent {
  return { type: 'said', topic: 'message', call: callOfOrder(order) };
}

/** The whole of one connection, from its request to its end. */
export function simulateScript(script: LabScript, drawn: Drawn): SourceEvent[] {
  const lab = new SimulatedLab(drawn);
  return [...lab.connect(), ...lab.run(script)];
}
