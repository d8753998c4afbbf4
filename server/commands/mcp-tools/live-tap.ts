import { parseWireMessage } from '../../../src/companion/parse-wire-message.ts';
import { isLoopbackName } from '../../../src/companion/policy/host.ts';
import type { WireMessage } from '../../../src/inspector/index.ts';
import { BadInput } from '../command.ts';
import { tapUrl } from '../watch.ts';

/** So many messages are kept; the oldest are dropped first. */
const MAX_MESSAGES = 20_000;
/** In characters, of all kept messages. */
const MAX_CHARACTERS = 64 * 1024 * 1024;
/** How long the first answer waits for what the companion has recorded already. */
const QUIET_MS = 300;

/** Whether a source is an address, not a file. */
export function isLiveSource(source: string): boolean {
  return /^(?:https?|wss?):\/\//i.test(source);
}

/** The tap of a companion or proxy on this machine: from the first question on, it is recorded here. */
export class LiveTap {
  readonly #url: string;
  readonly #socket: WebSocket;
  /** Rejects with BadInput if there is no tap. */
  readonly opened: Promise<void>;
  #kept: { readonly message: WireMessage; readonly characters: number }[] = [];
  #characters = 0;
  #dropped = 0;
  #isOver = false;
  #lastMs = 0;
  #awaited: (() => void) | undefined;

  /** @throws BadInput if it is no address, or one of another machine */
  constructor(given: string) {
    this.#url = tapUrl(given);
    if (!isLoopbackName(new URL(this.#url).hostname))
      throw new BadInput(`${given} is not on this machine. Only companions and proxies on this machine are watched.`);
    this.#socket = new WebSocket(this.#url);
    this.opened = new Promise((resolve, reject) => {
      this.#socket.onopen = () => resolve();
      this.#socket.onclose = () => {
        this.#isOver = true;
        reject(new BadInput(`There is no tap at ${this.#url}. Start "framelight serve" or "framelight proxy".`));
      };
    });
    this.#socket.onmessage = ({ data }) => this.#take(String(data));
  }

  get messages(): WireMessage[] {
    return this.#kept.map(({ message }) => message);
  }

  /** Whether the companion has ended, or closed the tap. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get remarks(): string {
    const dropped = this.#dropped === 0 ? '' : `${this.#dropped} older messages were dropped. `;
    return `${dropped}${this.#isOver ? 'The companion has ended.' : 'The recording goes on: ask again for more.'}`;
  }

  /** Resolves once nothing more has come for a moment. */
  async ready(): Promise<void> {
    await this.opened;
    this.#lastMs = performance.now();
    for (;;) {
      const left = this.#lastMs + QUIET_MS - performance.now();
      if (left <= 0 || this.#isOver || this.#kept.length === MAX_MESSAGES) return;
      await new Promise<void>((resolve) => {
        this.#awaited = resolve;
        setTimeout(resolve, left);
      });
    }
  }

  close(): void {
    this.#socket.close();
  }

  #take(text: string): void {
    const parsed = parseWireMessage(text);
    if ('problem' in parsed || parsed.message.type === 'chunk') return;
    this.#kept.push({ message: parsed.message, characters: text.length });
    this.#characters += text.length;
    while (this.#kept.length > MAX_MESSAGES || this.#characters > MAX_CHARACTERS) {
      this.#characters -= this.#kept.shift()?.characters ?? 0;
      this.#dropped++;
    }
    this.#lastMs = performance.now();
    this.#awaited?.();
  }
}
