import { ECHO_PATH } from '../../../companion/paths.ts';
import type { WireMessage } from '../../../inspector/wire/wire.ts';
import { Loopback } from '../../../lab/loopback.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../text/utf8.ts';
import { drawKey } from '../draw-key.ts';
import { drawMaskingKey } from '../draw-masking-key.ts';
import { refusalOfClose } from './close-call.ts';
import { EventQueue } from './event-queue.ts';
import { scriptEventsOf, wire } from './script-events.ts';
import type { Source, SourceListener } from './source.ts';

/** Both ends of the protocol inside this page, on the same protocol code as the companion. */
export class SimulatedSource implements Source {
  readonly #queue: EventQueue;
  #loopback: Loopback | undefined;
  #connections = 0;

  constructor(listener: SourceListener) {
    this.#queue = new EventQueue((events) => listener.happened(events));
  }

  connect(): void {
    if (this.#loopback?.readyState('client') === 'open') return;
    this.#connections += 1;
    const loopback = new Loopback({
      path: ECHO_PATH,
      host: location.host,
      origin: location.origin,
      key: drawKey(),
      nextMaskingKey: drawMaskingKey,
      now: () => performance.now(),
      connection: this.#connections,
    });
    this.#loopback = loopback;
    this.#queue.push({ type: 'said', topic: 'open', call: `new WebSocket("ws://${location.host}${ECHO_PATH}")` });
    this.#report(loopback.connect());
  }

  send(data: string | Uint8Array<ArrayBuffer>, call: string): void {
    this.#queue.push({ type: 'said', topic: 'message', call });
    const opcode = typeof data === 'string' ? OPCODE.text : OPCODE.binary;
    this.#report(this.#loopback?.send(opcode, typeof data === 'string' ? encodeText(data) : data) ?? []);
  }

  /** Refuses what a browser refuses. */
  close(code: number | undefined, reason: string | undefined, call: string): void {
    const refusal = refusalOfClose({ code, reason, call });
    if (refusal !== undefined) {
      this.#queue.push({ type: 'threw', call, exception: `threw ${refusal}` });
      return;
    }
    this.#queue.push({ type: 'said', topic: 'close', call });
    this.#report(this.#loopback?.close(code, reason) ?? []);
  }

  stop(): void {
    this.#queue.stop();
  }

  #report(messages: readonly WireMessage[]): void {
    const told = this.#loopback?.takeClientEvents().flatMap(scriptEventsOf) ?? [];
    for (const event of [...wire(messages), ...told]) this.#queue.push(event);
  }
}
