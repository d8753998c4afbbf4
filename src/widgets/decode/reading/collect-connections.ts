import { bytesOfHex } from '../../../bytes/hex.ts';
import type { InflatedDump } from '../../../inspector/deflate/inflated-dump.ts';
import { dumpFrame, type FrameDump } from '../../../inspector/frame/frame-dump.ts';
import type { TrafficMessage } from '../../../inspector/traffic/traffic-explainer.ts';
import type { WireFrame } from '../../../inspector/wire/wire.ts';
import { type MessageOpcode, OPCODE } from '../../../protocol/framing/opcode.ts';
import { textOfHex } from '../../../text/latin1.ts';
import type { Side, SourceConnection, SourceFrame, SourceHead, SourceItem } from './source.ts';

/** A page keeps so many frames of a recording, and so many bytes of them. The command lists all. */
const MAX_ITEMS = 200_000;
const MAX_BYTES = 128 * 1024 * 1024;
const MAX_CONNECTIONS = 10_000;
const MAX_NOTES = 50;

const sideOf = (direction: 'in' | 'out'): Side => (direction === 'in' ? 'client' : 'server');

interface Growing {
  readonly number: number;
  readonly path: string;
  readonly heads: SourceHead[];
  readonly items: SourceItem[];
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
      const empty = { heads: [], items: [], notes: [], brokenCount: 0, ending: undefined };
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
        const frame = new KeptFrame(message, this.#hasTimes);
        if (frame.violations.length > 0) connection.brokenCount++;
        this.#keep(connection, frame, frame.bytes.length + (message.inflated?.hex.length ?? 0));
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
        this.#keep(connection, item, 2 * payload.hex.length);
        break;
      }
      case 'gap': {
        const { offset, byteLength, why } = message;
        this.#keep(connection, { kind: 'gap', offset, byteLength, why, ...this.#placeOf(message) }, 0);
        break;
      }
      case 'ending':
        connection.ending = message.sentence;
    }
  }

  #placeOf({ direction, timeMs }: { readonly direction: 'in' | 'out'; readonly timeMs: number }) {
    return { from: sideOf(direction), timeMs: this.#hasTimes ? timeMs : undefined };
  }

  #keep(connection: Growing, item: SourceItem, byteLength: number): void {
    if (this.isFull) return;
    connection.items.push(item);
    this.#items++;
    this.#bytes += byteLength;
  }
}

function nounFor(items: readonly SourceItem[]): SourceConnection['noun'] {
  if (items.some(({ kind }) => kind === 'gap')) return 'frames and gaps';
  return items.some(({ kind }) => kind === 'message') ? 'messages' : 'frames';
}

/** A frame of a recording. Only its bytes are kept: its fields are explained when it is shown. */
class KeptFrame implements SourceFrame {
  readonly kind = 'frame';
  readonly from: Side;
  readonly offset: number;
  readonly timeMs: number | undefined;
  readonly bytes: Uint8Array;
  readonly at = 0;
  readonly violations: FrameDump['violations'];
  readonly inflated: InflatedDump | undefined;
  readonly #messageOpcode: MessageOpcode | undefined;

  constructor({ direction, offset, timeMs, hex, violations, inflated, opcode, payload }: WireFrame, hasTimes: boolean) {
    this.from = sideOf(direction);
    this.offset = offset;
    this.timeMs = hasTimes ? timeMs : undefined;
    this.bytes = bytesOfHex(hex);
    this.violations = violations;
    this.inflated = inflated;
    this.#messageOpcode = opcode === OPCODE.continuation && payload.text !== undefined ? OPCODE.text : undefined;
  }

  get dump(): FrameDump {
    return dumpFrame(this.bytes, { messageOpcode: this.#messageOpcode, violations: this.violations });
  }
}
