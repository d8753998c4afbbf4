import { parseWireMessage } from '../../../companion/parse-wire-message.ts';
import { ECHO_PATH, TAP_PATH, WATCH_PARAMETER } from '../../../companion/paths.ts';
import { formatHex } from '../../../inspector/hex/hex.ts';
import { TOLD_OPEN, toldClose, toldMessage } from '../../inspector/told.ts';
import { EventQueue } from './event-queue.ts';
import type { Source, SourceListener } from './source.ts';

const TOKEN_BYTES = 16;

/**
 * The browser's own WebSocket to the companion, its echo or another path, watched through the companion's tap.
 *
 * The tap is opened first, with a token that only this page knows; the connection carries the same token.
 */
export class LiveSource implements Source {
  readonly #listener: SourceListener;
  readonly #queue: EventQueue;
  readonly #token = formatHex(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
  readonly #tap: WebSocket;
  #socket: WebSocket | undefined;
  #connectWhenTapped = false;
  #stopped = false;

  readonly #path: string;

  /** @param path where the companion answers; without a query */
  constructor(listener: SourceListener, path = ECHO_PATH) {
    this.#listener = listener;
    this.#path = path;
    this.#queue = new EventQueue((events) => listener.happened(events));
    this.#tap = new WebSocket(this.#address(TAP_PATH));
    this.#tap.onopen = () => {
      if (this.#connectWhenTapped) this.connect();
    };
    this.#tap.onmessage = ({ data }) => this.#takeFromTap(String(data));
    this.#tap.onclose = () => this.#lose('The companion has ended the tap, or is gone.');
  }

  connect(): void {
    if (this.#tap.readyState === WebSocket.CONNECTING) {
      this.#connectWhenTapped = true;
      return;
    }
    if (this.#socket !== undefined && this.#socket.readyState < WebSocket.CLOSING) return;
    const shown = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${this.#path}`;
    this.#queue.push({ type: 'said', topic: 'open', call: `new WebSocket("${shown}")` });
    const socket = new WebSocket(this.#address(this.#path));
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#queue.push(TOLD_OPEN);
    socket.onmessage = ({ data }) => this.#queue.push(toldMessage(data as string | ArrayBuffer));
    socket.onclose = (event) => this.#queue.push(toldClose(event));
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
    this.#stopped = true;
    this.#queue.stop();
    this.#socket?.close();
    this.#tap.close();
  }

  #address(path: string): string {
    return `${path}?${WATCH_PARAMETER}=${this.#token}`;
  }

  #takeFromTap(text: string): void {
    const parsed = parseWireMessage(text);
    if ('message' in parsed) this.#queue.push({ type: 'wire', message: parsed.message });
    else this.#lose(`The tap sent what this page does not understand: ${parsed.problem}.`);
  }

  #lose(why: string): void {
    if (this.#stopped) return;
    this.stop();
    this.#listener.lost(why);
  }
}
