import { formatHex } from '../../../bytes/hex.ts';
import { parseWireMessage } from '../../../companion/parse-wire-message.ts';
import { TAP_PATH, WATCH_PARAMETER } from '../../../companion/paths.ts';
import type { WireMessage } from '../../../inspector/wire/wire.ts';

const TOKEN_BYTES = 16;

/** What a tap reports to its owner. */
export interface TapListener {
  /** Connections opened from now on are watched from their first byte. */
  opened(): void;
  heard(message: WireMessage): void;
  /** Nothing more will be heard; the sentence says why. */
  lost(why: string): void;
}

/** A token that nobody guesses. */
export function drawToken(): string {
  return formatHex(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
}

/** The companion's tap on the connections of this page: they carry a token that only this page knows. */
export class Tap {
  readonly #token: string;
  readonly #socket: WebSocket;

  /** @param token that the watched connections carry; only this page knows it, unless it gives it away */
  constructor(listener: TapListener, token = drawToken()) {
    this.#token = token;
    this.#socket = new WebSocket(this.watched(TAP_PATH));
    const lose = (why: string): void => {
      this.close();
      listener.lost(why);
    };
    this.#socket.onopen = () => listener.opened();
    this.#socket.onmessage = ({ data }) => {
      const parsed = parseWireMessage(String(data));
      if ('message' in parsed) listener.heard(parsed.message);
      else lose(`The tap sent a message that this page does not understand: ${parsed.problem}.`);
    };
    this.#socket.onclose = () => lose('The companion closed the tap, or it is gone.');
  }

  get isOpening(): boolean {
    return this.#socket.readyState === WebSocket.CONNECTING;
  }

  /** The address of a connection that this tap watches. */
  watched(path: string): string {
    return `${path}${path.includes('?') ? '&' : '?'}${WATCH_PARAMETER}=${this.#token}`;
  }

  /** Nothing is reported after this. */
  close(): void {
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close();
  }
}
