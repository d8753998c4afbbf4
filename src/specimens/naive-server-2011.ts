import { encodeFrameHeader } from '../protocol/framing/frame.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../text/utf8.ts';
import { Naive2011, type NaiveOutcome, naiveLengthField } from './naive-2011.ts';
import { type NaiveError, readNaiveRequest } from './naive-handshake-2011.ts';

/** Something that the server of 2011 did. The Python program in tests/listing-2011 reports the same. */
export type NaiveEvent = { readonly session: number } & (
  | { readonly kind: 'waits'; readonly held: number; readonly needed: number | undefined }
  | { readonly kind: 'opens'; readonly path: string }
  | { readonly kind: 'calls'; readonly handler: string; readonly data: string | Uint8Array }
  | { readonly kind: 'drops'; readonly opcode: number; readonly frameBytes: number }
  | { readonly kind: 'raises'; readonly error: NaiveError }
  | { readonly kind: 'writes'; readonly bytes: Uint8Array }
  /** The client reads nothing: the bytes stay in the server's memory. */
  | { readonly kind: 'keeps'; readonly unsentBytes: number }
  /** Writing failed, and nobody learns of it. */
  | { readonly kind: 'swallows'; readonly lostBytes: number }
);

/** What the other end of a session does with the bytes that it is sent. */
export type NaiveClient = 'reads' | 'stops reading' | 'is gone';

const HANDLERS: ReadonlyMap<string, 'echo' | 'broadcast'> = new Map([
  ['/echo', 'echo'],
  ['/broadcast', 'broadcast'],
]);

/**
 * The server in chapter 7 of a 2011 HTML5 book, without its sockets and including its mistakes. Written from a description
 * of it. Do not use it for anything else.
 */
export class NaiveServer2011 {
  /** Every session that ever began: none is taken out again. */
  readonly sessions: NaiveSession2011[] = [];
  readonly #events: NaiveEvent[] = [];

  connect(client: NaiveClient = 'reads'): NaiveSession2011 {
    const session = new NaiveSession2011(this.sessions, (event) => void this.#events.push(event));
    session.client = client;
    this.sessions.push(session);
    return session;
  }

  /** What happened since the last call, in order. */
  takeEvents(): NaiveEvent[] {
    return this.#events.splice(0);
  }
}

/** One connection of {@link NaiveServer2011}. */
export class NaiveSession2011 {
  readonly number: number;
  /** The state that the code reads. */
  readystate: 'connecting' | 'open' = 'connecting';
  /** The mistake: {@link terminate} writes this one, and nothing reads it. */
  ready_state: 'closed' | undefined;
  client: NaiveClient = 'reads';
  readonly #all: readonly NaiveSession2011[];
  readonly #report: (event: NaiveEvent) => void;
  #head: Uint8Array = new Uint8Array(0);
  #frames = new Naive2011();
  #handler: 'echo' | 'broadcast' | undefined;
  #unsentBytes = 0;

  constructor(all: readonly NaiveSession2011[], report: (event: NaiveEvent) => void) {
    this.number = all.length;
    this.#all = all;
    this.#report = report;
  }

  /** How many bytes it has copied to read frames: see {@link Naive2011.copiedBytes}. */
  get copiedBytes(): number {
    return this.#frames.copiedBytes;
  }

  /** One read from TCP. */
  read(chunk: Uint8Array): void {
    if (this.readystate === 'open') this.#readFrame(chunk);
    else this.#readHead(chunk);
  }

  /** Ends the session, as it thinks: the variable has another name, and the list keeps the session. */
  terminate(): void {
    this.ready_state = 'closed';
  }

  /** Sends a message. No limit, and no word if that fails. */
  send(data: string | Uint8Array): void {
    if (this.readystate !== 'open') return;
    const payload = typeof data === 'string' ? encodeText(data) : data;
    const opcode = typeof data === 'string' ? OPCODE.text : OPCODE.binary;
    const header = encodeFrameHeader({ opcode, payload, lengthField: naiveLengthField(payload.length) });
    const frame = new Uint8Array(header.length + payload.length);
    frame.set(header);
    frame.set(payload, header.length);
    this.#write(frame);
  }

  #readHead(chunk: Uint8Array): void {
    const before = this.#head;
    this.#head = new Uint8Array(before.length + chunk.length);
    this.#head.set(before);
    this.#head.set(chunk, before.length);
    const request = readNaiveRequest(this.#head);
    if (request.kind === 'waits') {
      this.#say({ kind: 'waits', held: this.#head.length, needed: undefined });
      return;
    }
    const rest = this.#head.slice(request.headBytes);
    this.#head = rest;
    if (request.kind === 'raises') {
      this.#say({ kind: 'raises', error: request.error });
      return;
    }
    // Open already, although nothing was sent, and although the path may have no handler.
    this.readystate = 'open';
    this.#frames = new Naive2011(rest);
    this.#say({ kind: 'opens', path: request.path });
    this.#handler = HANDLERS.get(request.path);
    if (this.#handler === undefined) {
      // It calls what it found, and it found None.
      this.#say({ kind: 'raises', error: 'TypeError' });
      return;
    }
    this.#write(request.reply);
  }

  #readFrame(chunk: Uint8Array): void {
    const outcome = this.#frames.read(chunk);
    this.#say(eventOf(outcome, this.#handler));
    if (outcome.kind !== 'dispatches') return;
    if (this.#handler === 'echo') this.send(outcome.data);
    if (this.#handler === 'broadcast') for (const session of this.#all) session.send(outcome.data);
  }

  #write(bytes: Uint8Array): void {
    switch (this.client) {
      case 'reads':
        this.#say({ kind: 'writes', bytes });
        return;
      case 'stops reading':
        this.#unsentBytes += bytes.length;
        this.#say({ kind: 'keeps', unsentBytes: this.#unsentBytes });
        return;
      case 'is gone':
        this.#say({ kind: 'swallows', lostBytes: bytes.length });
    }
  }

  #say(event: DistributedOmit<NaiveEvent, 'session'>): void {
    this.#report({ session: this.number, ...event } as NaiveEvent);
  }
}

type DistributedOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

function eventOf(
  outcome: NaiveOutcome,
  handler: 'echo' | 'broadcast' | undefined,
): DistributedOmit<NaiveEvent, 'session'> {
  switch (outcome.kind) {
    case 'waits':
      return { kind: 'waits', held: outcome.bufferedBytes, needed: outcome.neededBytes };
    case 'drops':
      return { kind: 'drops', opcode: outcome.opcode, frameBytes: outcome.frameBytes };
    case 'raises':
      return { kind: 'raises', error: 'UnicodeDecodeError' };
    case 'dispatches':
      // A session without a handler has nothing to call either.
      if (handler === undefined) return { kind: 'raises', error: 'TypeError' };
      return { kind: 'calls', handler, data: outcome.data };
  }
}
