import { bytesOfHex } from '../../../bytes/hex.ts';
import type { TrafficMessage } from '../../../inspector/traffic/traffic-explainer.ts';
import { OrdinaryFrame } from '../../../inspector/wire/ordinary-frame.ts';
import type { WireFrame } from '../../../inspector/wire/wire.ts';
import { textOfHex } from '../../../text/latin1.ts';
import { messageOpcodeOf, RecordedItems } from './recorded-items.ts';
import type { Side, SourceConnection, SourceFrame, SourceHead, SourceItem } from './source.ts';

/** A page keeps so many frames of a recording, and so many bytes of them. The command lists all. */
const MAX_ITEMS = 4_000_000;
const MAX_BYTES = 512 * 1024 * 1024;
const MAX_CONNECTIONS = 10_000;
const MAX_NOTES = 50;

const sideOf = (direction: 'in' | 'out'): Side => (direction === 'in' ? 'client' : 'server');

interface Growing {
  readonly number: number;
  readonly path: string;
  readonly heads: SourceHead[];
  readonly items: RecordedItems;
  readonly notes: string[];
  brokenCount: number;
  ending: string | undefined;
}

/** Collects the messages of a recording into its connections. */
export class ConnectionCollector {
  readonly #connections = new Map<number, Growing>();
  readonly #notes: string[] = [];
  readonly #hasTimes: boolean;
  #items = 0;
  #bytes = 0;

  /** @param hasTimes whether the recording has times; without them, every message has the time 0 */
  constructor(hasTimes: boolean) {
    this.#hasTimes = hasTimes;
  }

  /** Whether nothing more is kept. */
  get isFull(): boolean {
    return this.#items >= MAX_ITEMS || this.#bytes >= MAX_BYTES || this.#connections.size >= MAX_CONNECTIONS;
  }

  get notes(): readonly string[] {
    return this.#notes;
  }

  get connections(): SourceConnection[] {
    return [...this.#connections.values()].map((connection) => ({
      ...connection,
      noun: nounFor(connection.items),
      isCompressed: false,
    }));
  }

  take(message: TrafficMessage): void {
    if (message.type === 'note') {
      const { connection: number = 0, sentence } = message;
      const notes = this.#connections.get(number)?.notes ?? this.#notes;
      if (notes.length < MAX_NOTES) notes.push(sentence);
      return;
    }
    if (message.type === 'open') {
      const { connection: number, path } = message;
      const empty = { heads: [], items: new RecordedItems(), notes: [], brokenCount: 0, ending: undefined };
      this.#connections.set(number, { number, path, ...empty });
      return;
    }
    const connection = this.#connections.get(message.connection);
    if (connection === undefined) return;
    switch (message.type) {
      case 'handshake':
        connection.heads.push({ from: sideOf(message.direction), text: textOfHex(message.hex) });
        break;
      case 'fields': {
        const lines = message.fields.map(([name, value]) => `${name}: ${value}`);
        connection.heads.push({ from: sideOf(message.direction), text: lines.join('\n') });
        break;
      }
      case 'frame': {
        this.#keepFrame(connection, message);
        break;
      }
      case 'message': {
        const { opcode, byteLength, payload, note } = message;
        const item = {
          kind: 'message',
          opcode,
          byteLength,
          payload,
          note,
          offset: 0,
          ...this.#placeOf(message),
        } as const;
        this.#keepOther(connection, item, 2 * payload.hex.length);
        break;
      }
      case 'gap': {
        const { offset, byteLength, why } = message;
        this.#keepOther(connection, { kind: 'gap', offset, byteLength, why, ...this.#placeOf(message) }, 0);
        break;
      }
      case 'ending':
        connection.ending = message.sentence;
    }
  }

  #placeOf({ direction, timeMs }: { readonly direction: 'in' | 'out'; readonly timeMs: number }) {
    return { from: sideOf(direction), timeMs: this.#hasTimes ? timeMs : undefined };
  }

  #keepFrame(connection: Growing, frame: WireFrame): void {
    const { direction, timeMs, offset, violations, inflated, opcode, payloadLength } = frame;
    if (violations.length > 0) connection.brokenCount++;
    if (this.isFull) return;
    const isOrdinary = frame instanceof OrdinaryFrame;
    const bytes = isOrdinary ? frame.bytes : bytesOfHex(frame.hex);
    connection.items.addFrame({
      direction,
      timeMs: this.#hasTimes ? timeMs : undefined,
      offset,
      bytes,
      payloadLength: Number(payloadLength ?? 0),
      violations,
      inflated,
      messageOpcode: isOrdinary ? undefined : messageOpcodeOf(opcode, frame.payload.text),
    });
    this.#items++;
    this.#bytes += bytes.length + (inflated?.hex.length ?? 0);
  }

  #keepOther(connection: Growing, item: Exclude<SourceItem, SourceFrame>, byteLength: number): void {
    if (this.isFull) return;
    connection.items.addOther(item);
    this.#items++;
    this.#bytes += byteLength;
  }
}

function nounFor({ hasGaps, hasMessages }: RecordedItems): SourceConnection['noun'] {
  if (hasGaps) return 'frames and gaps';
  return hasMessages ? 'messages' : 'frames';
}
