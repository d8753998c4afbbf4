import { ECHO_PATH } from '../../../companion/paths.ts';
import { EventQueue } from './event-queue.ts';
import { closeEvent, messageEvent, OPEN_EVENT } from './script-events.ts';
import type { Source, SourceListener } from './source.ts';
import { Tap } from './tap.ts';

/**
 * The browser's own WebSocket to the companion, its echo or another path, watched through the companion's tap.
 *
 * The tap is opened first, so that it sees the connection from its first byte.
 */
export class LiveSource implements Source {
  readonly #queue: EventQueue;
  readonly #tap: Tap;
  #socket: WebSocket | undefined;
  #connectWhenTapped = false;

  readonly #path: string;

  /** @param path where the companion answers; without a query */
  constructor(listener: SourceListener, path = ECHO_PATH) {
    this.#path = path;
    this.#queue = new EventQueue((events) => listener.happened(events));
    this.#tap = new Tap({
      opened: () => {
        if (this.#connectWhenTapped) this.connect();
      },
      heard: (message) => this.#queue.push({ type: 'wire', message }),
      lost: (why) => {
        this.stop();
        listener.lost(why);
      },
    });
  }

  connect(): void {
    if (this.#tap.isOpening) {
      this.#connectWhenTapped = true;
      return;
    }
    if (this.#socket !== undefined && this.#socket.readyState < WebSocket.CLOSING) return;
    const shown = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${this.#path}`;
    this.#queue.push({ type: 'said', topic: 'open', call: `new WebSocket("${shown}")` });
    const socket = new WebSocket(this.#tap.watched(this.#path));
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#queue.push(OPEN_EVENT);
    socket.onmessage = ({ data }) => this.#queue.push(messageEvent(data as string | ArrayBuffer));
    socket.onclose = (event) => this.#queue.push(closeEvent(event));
    this.#socket = socket;
  }

  send(data: string | Uint8Array<ArrayBuffer>, call: string): void {
    this.#queue.push({ type: 'said', topic: 'message', call });
    this.#socket?.send(data);
  }

  /** A browser refuses most codes: what it throws is shown, and nothing is on the wire. */
  close(code: number | undefined, reason: string | undefined, call: string): void {
    try {
      this.#socket?.close(code, reason);
      this.#queue.push({ type: 'said', topic: 'close', call });
    } catch (cause) {
      const exception = cause instanceof DOMException ? `threw ${cause.name}: ${cause.message}` : String(cause);
      this.#queue.push({ type: 'threw', call, exception });
    }
  }

  stop(): void {
    this.#queue.stop();
    this.#socket?.close();
    this.#tap.close();
  }
}
