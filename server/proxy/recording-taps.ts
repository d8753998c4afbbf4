import type { WireMessage } from '../../src/inspector/wire/wire.ts';
import { OPCODE } from '../../src/protocol/framing/opcode.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { encodeMessage } from '../connection/encoded-message.ts';
import type { Tap } from '../tap/channel.ts';
import type { TapSource } from '../tap/handler.ts';
import { Player } from './player.ts';
import type { Cursor, Recording } from './recording.ts';

/** A tap that reads more slowly gets the rest when it has read this. The recording waits for it, up to its own limit. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** Then the event loop goes on with the connections of the proxy. */
const MAX_MESSAGES_PER_TURN = 16;
const RECHECK_MS = 10;

/**
 * Shows the recording of a proxy to taps: to those with its token, and to those without any. Each tap reads the recording at
 * its own speed, so none of them slows down a proxied connection.
 */
export class RecordingTaps implements TapSource {
  readonly #recording: Recording;
  readonly #token: string;
  readonly #others: TapSource;
  readonly #played = new Map<Tap, PlayedTap>();

  /** @param others where taps with other tokens join */
  constructor(recording: Recording, token: string, others: TapSource) {
    this.#recording = recording;
    this.#token = token;
    this.#others = others;
  }

  join(token: string | undefined, tap: Tap): boolean {
    if (token !== undefined && token !== this.#token) return this.#others.join(token, tap);
    this.#played.set(tap, new PlayedTap(this.#recording, tap));
    return true;
  }

  leave(token: string | undefined, tap: Tap): void {
    const played = this.#played.get(tap);
    if (played === undefined) this.#others.leave(token, tap);
    else played.stop();
    this.#played.delete(tap);
  }
}

class PlayedTap {
  readonly #recording: Recording;
  readonly #tap: Tap;
  readonly #player = new Player();
  readonly #cursor: Cursor;
  readonly #stopListening: () => void;
  #messages: Iterator<WireMessage, void, undefined> | undefined;
  #next: NodeJS.Immediate | undefined;
  #recheck: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(recording: Recording, tap: Tap) {
    this.#recording = recording;
    this.#tap = tap;
    this.#cursor = recording.start();
    this.#stopListening = recording.onAdded(() => this.#continue());
    this.#continue();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopListening();
    clearImmediate(this.#next);
    clearTimeout(this.#recheck);
  }

  #continue(): void {
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      this.#play();
    });
  }

  #play(): void {
    for (let played = 0; played < MAX_MESSAGES_PER_TURN; played++) {
      if (this.#stopped) return;
      if (this.#tap.bufferedBytes > MAX_WAITING_BYTES) {
        clearTimeout(this.#recheck);
        this.#recheck = setTimeout(() => this.#continue(), RECHECK_MS).unref();
        return;
      }
      const message = this.#nextMessage();
      if (message === undefined) return;
      const { connection } = message;
      this.#tap.deliver({
        connection,
        encoded: encodeMessage(OPCODE.text, encodeText(JSON.stringify(message))),
      });
    }
    this.#continue();
  }

  #nextMessage(): WireMessage | undefined {
    for (;;) {
      const message = this.#messages?.next();
      if (message !== undefined && message.done !== true) return message.value;
      const next = this.#recording.next(this.#cursor);
      if (next === undefined) return undefined;
      // Its messages may be taken in a later turn, when the recording may have used the memory again.
      const record = { ...next, bytes: next.bytes.slice() };
      const { lost } = this.#cursor;
      this.#cursor.lost = 0;
      this.#messages = lost === 0 ? this.#player.messagesOf(record) : this.#afterLoss(lost, record);
    }
  }

  *#afterLoss(lost: number, record: Parameters<Player['messagesOf']>[0]): Generator<WireMessage, void, undefined> {
    yield* this.#player.lose(lost);
    yield* this.#player.messagesOf(record);
  }
}
