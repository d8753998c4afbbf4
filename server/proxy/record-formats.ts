import { HarEntry } from '../../src/inspector/export/har.ts';
import { formatCaptureStart, formatPacket } from '../../src/inspector/export/pcapng.ts';
import { type PacketEnd, TcpPackets } from '../../src/inspector/export/tcp-packets.ts';
import { redactHead } from '../../src/inspector/redact/redact-head.ts';
import { decodeText, encodeText } from '../../src/text/utf8.ts';
import { VERSION } from '../version.ts';
import { Player } from './player.ts';
import type { OpenedConnection, ProxyRecord } from './recording.ts';

/** Writes the records of a proxy in one form, piece by piece. */
export interface RecordFormat {
  /** The names of the secrets that were redacted so far. */
  readonly redacted: Iterable<string>;
  start(): Uint8Array;
  record(record: ProxyRecord): Uint8Array;
  /** @param lost records that were dropped before they could be written */
  lost(records: number): Uint8Array;
  end(): Uint8Array;
}

export interface RecordFormatOptions {
  /** In milliseconds since 1970. */
  readonly startedAtWallMs: number;
  readonly title: string;
  /** Whether cookies, authorizations and tokens are written as they are. */
  readonly secrets: boolean;
}

const NOTHING = new Uint8Array(0);

/** The forms by the ends of file names. */
export const RECORD_FORMATS: Readonly<Record<string, (options: RecordFormatOptions) => RecordFormat>> = {
  '.pcapng': (options) => new CaptureFormat(options),
  '.json': (options) => new JsonFormat(options, true),
  '.jsonl': (options) => new JsonFormat(options, false),
  '.har': (options) => new HarFormat(options),
};

/** Replaces the secrets in the two heads of each connection: each head is the first record of its direction. */
class Redactor {
  /** The names of what was replaced. */
  readonly redacted = new Set<string>();
  readonly #secrets: boolean;
  readonly #heads = new Map<number, Set<string>>();

  constructor(secrets: boolean) {
    this.#secrets = secrets;
  }

  redact(record: ProxyRecord): ProxyRecord {
    const { kind, connection, direction, bytes } = record;
    if (this.#secrets) return record;
    if (kind === 'open') this.#heads.set(connection, new Set());
    const seen = this.#heads.get(connection);
    if (kind !== 'bytes' || seen === undefined || seen.has(direction)) return record;
    seen.add(direction);
    if (seen.size === 2) this.#heads.delete(connection);
    const head = redactHead(bytes);
    for (const name of head.redacted) this.redacted.add(name);
    return { ...record, bytes: head.bytes as ProxyRecord['bytes'] };
  }
}

/** pcapng: the bytes in TCP packets, for Wireshark. */
class CaptureFormat implements RecordFormat {
  readonly #options: RecordFormatOptions;
  readonly #redactor: Redactor;
  readonly #connections = new Map<number, { packets: TcpPackets; ends: Set<string> }>();
  #comment: string | undefined;

  constructor(options: RecordFormatOptions) {
    this.#options = options;
    this.#redactor = new Redactor(options.secrets);
  }

  get redacted(): Iterable<string> {
    return this.#redactor.redacted;
  }

  start(): Uint8Array {
    return formatCaptureStart(
      `framelight ${VERSION}`,
      `${this.#options.title}. The packets were made from the bytes that the proxy read: their boundaries are its reads.`,
    );
  }

  record(given: ProxyRecord): Uint8Array {
    const record = this.#redactor.redact(given);
    const { kind, connection, direction, bytes, atMs } = record;
    const wallMs = this.#options.startedAtWallMs + atMs;
    const written: Uint8Array[] = [];
    const write = (towards: 'in' | 'out', packet: Uint8Array): void => {
      written.push(formatPacket(packet, { wallMs, direction: towards, comment: this.#comment }));
      this.#comment = undefined;
    };
    if (kind === 'open') {
      const opened = JSON.parse(decodeText(bytes) ?? '{}') as OpenedConnection;
      const packets = new TcpPackets(endOf(opened.remote), endOf(opened.local));
      this.#connections.set(connection, { packets, ends: new Set() });
      this.#comment = `connection ${connection}: ${opened.path}`;
      for (const [towards, packet] of packets.open()) write(towards, packet);
    }
    const known = this.#connections.get(connection);
    if (known === undefined) return NOTHING;
    if (kind === 'note') this.#comment = decodeText(bytes);
    if (kind === 'bytes') for (const packet of known.packets.data(direction, bytes)) write(direction, packet);
    if (kind === 'end') {
      const how = decodeText(bytes) === 'RST' ? 'RST' : 'FIN';
      write(direction, known.packets.end(direction, how));
      known.ends.add(direction);
      if (how === 'RST' || known.ends.size === 2) this.#connections.delete(connection);
    }
    return Buffer.concat(written);
  }

  lost(): Uint8Array {
    // What follows on these connections would look like the bytes that are missing.
    this.#connections.clear();
    return NOTHING;
  }

  end(): Uint8Array {
    return NOTHING;
  }
}

/** The messages of a tap: as one recording that the pages read, or one message on each line. */
class JsonFormat implements RecordFormat {
  readonly #options: RecordFormatOptions;
  readonly #whole: boolean;
  readonly #redactor: Redactor;
  readonly #player = new Player();
  #count = 0;

  constructor(options: RecordFormatOptions, whole: boolean) {
    this.#options = options;
    this.#whole = whole;
    this.#redactor = new Redactor(options.secrets);
  }

  get redacted(): Iterable<string> {
    return this.#redactor.redacted;
  }

  start(): Uint8Array {
    return this.#whole ? encodeText(`{\n"title": ${JSON.stringify(this.#options.title)},\n"messages": [`) : NOTHING;
  }

  record(record: ProxyRecord): Uint8Array {
    return this.#write(this.#player.messagesOf(this.#redactor.redact(record)));
  }

  lost(records: number): Uint8Array {
    return this.#write(this.#player.lose(records));
  }

  end(): Uint8Array {
    return this.#whole ? encodeText('\n]\n}\n') : NOTHING;
  }

  #write(messages: Iterable<unknown>): Uint8Array {
    let text = '';
    for (const message of messages) {
      const line = JSON.stringify(message);
      if (this.#whole) text += `${this.#count++ === 0 ? '' : ','}\n  ${line}`;
      else text += `${line}\n`;
    }
    return encodeText(text);
  }
}

/** HAR: whole messages, as DevTools saves them. An entry is written when its connection has ended. */
class HarFormat implements RecordFormat {
  readonly #options: RecordFormatOptions;
  readonly #redactor: Redactor;
  readonly #player = new Player();
  readonly #entries = new Map<number, HarEntry>();
  #count = 0;

  constructor(options: RecordFormatOptions) {
    this.#options = options;
    this.#redactor = new Redactor(options.secrets);
  }

  get redacted(): Iterable<string> {
    return this.#redactor.redacted;
  }

  start(): Uint8Array {
    const creator = JSON.stringify({ name: 'framelight', version: VERSION });
    return encodeText(`{"log":{"version":"1.2","creator":${creator},"pages":[],"entries":[`);
  }

  record(given: ProxyRecord): Uint8Array {
    const record = this.#redactor.redact(given);
    const { connection } = record;
    if (record.kind === 'open')
      this.#entries.set(connection, new HarEntry(this.#options.startedAtWallMs + record.atMs));
    let written: Uint8Array = NOTHING;
    for (const message of this.#player.messagesOf(record)) {
      this.#entries.get(message.connection)?.add(message);
      if (message.type === 'close') written = this.#write(connection);
    }
    return written;
  }

  lost(records: number): Uint8Array {
    for (const message of this.#player.lose(records)) this.#entries.get(message.connection)?.add(message);
    return NOTHING;
  }

  end(): Uint8Array {
    const left = [...this.#entries.keys()].map((connection) => this.#write(connection));
    return Buffer.concat([...left, encodeText('\n]}}\n')]);
  }

  #write(connection: number): Uint8Array {
    const entry = this.#entries.get(connection);
    this.#entries.delete(connection);
    if (entry === undefined) return NOTHING;
    return encodeText(`${this.#count++ === 0 ? '' : ','}\n${JSON.stringify(entry.entry())}`);
  }
}

/** @param text `127.0.0.1:8081` or `[::1]:8081` */
function endOf(text: string): PacketEnd {
  const [, address = '', port = '0'] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(text) ?? [];
  return { address: address === '' ? '127.0.0.1' : address, port: Number(port) };
}
