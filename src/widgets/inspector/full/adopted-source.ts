import { parseWireMessage } from '../../../companion/parse-wire-message.ts';
import { quote } from '../../../text/escape-text.ts';
import { EventQueue } from '../../base/source/event-queue.ts';
import { closeEvent, messageEvent, OPEN_EVENT } from '../../base/source/script-events.ts';
import type { Source, SourceEvent, SourceListener } from '../../base/source/source.ts';
import type { FirstConnection, FirstMoment } from '../first/first-connection.ts';

/** The page's first connection as a source: what has happened on it is told first. */
export class AdoptedSource implements Source {
  readonly #first: FirstConnection;
  readonly #listener: SourceListener;
  readonly #queue: EventQueue;

  constructor(listener: SourceListener, first: FirstConnection) {
    this.#first = first;
    this.#listener = listener;
    this.#queue = new EventQueue((events) => listener.happened(events));
    for (const moment of first.moments.splice(0)) this.#take(moment);
    if (first.missed > 0) {
      this.#queue.push({ type: 'wire', message: { type: 'dropped', connection: 0, messages: first.missed } });
    }
    first.onMoment = (moment) => {
      first.moments.length = 0;
      this.#take(moment);
    };
  }

  connect(): void {
    this.#first.connect();
  }

  send(data: string | Uint8Array<ArrayBuffer>, call: string): void {
    this.#queue.push({ type: 'said', topic: 'message', call });
    this.#first.socket?.send(data);
  }

  /** A browser refuses most codes: what it throws is shown, and nothing is on the wire. */
  close(code: number | undefined, reason: string | undefined, call: string): void {
    try {
      this.#first.socket?.close(code, reason);
      this.#queue.push({ type: 'said', topic: 'close', call });
    } catch (cause) {
      const exception = cause instanceof DOMException ? `threw ${cause.name}: ${cause.message}` : String(cause);
      this.#queue.push({ type: 'threw', call, exception });
    }
  }

  stop(): void {
    this.#queue.stop();
    this.#first.stop();
  }

  #take(moment: FirstMoment): void {
    if (moment.type === 'lost') this.#lose('The companion closed the tap, or it is gone.');
    else if (moment.type === 'wire') this.#takeWire(moment.text);
    else this.#queue.push(eventOf(moment));
  }

  #takeWire(text: string): void {
    const parsed = parseWireMessage(text);
    if ('message' in parsed) this.#queue.push({ type: 'wire', message: parsed.message });
    else this.#lose(`The tap sent a message that this page does not understand: ${parsed.problem}.`);
  }

  #lose(why: string): void {
    this.stop();
    this.#listener.lost(why);
  }
}

function eventOf(moment: Exclude<FirstMoment, { type: 'wire' | 'lost' }>): SourceEvent {
  switch (moment.type) {
    case 'connecting':
      return { type: 'said', topic: 'open', call: `new WebSocket("${moment.address}")` };
    case 'open':
      return OPEN_EVENT;
    case 'sent':
      return { type: 'said', topic: 'message', call: `ws.send(${quote(moment.text)})` };
    case 'message':
      return messageEvent(moment.data);
    case 'close':
      return closeEvent(moment);
  }
}
