import { decodeLatin1 } from '../../../text/latin1.ts';
import type { TrafficEvent, TrafficOpen } from '../../traffic/traffic.ts';
import { beginsWithFrames } from '../../wire/begins-with-frames.ts';
import { findMagic } from '../magic.ts';
import { HttpWalker } from './http-walker.ts';
import type { Side, StreamTaker } from './tcp.ts';

/** What a TCP connection turned out to carry. */
export type Carries = 'undecided' | 'websocket' | 'http' | 'tls' | 'http2' | 'other';

/** What a conversation needs from whoever reads the capture. */
export interface ConversationOwner {
  emit(event: TrafficEvent): void;
  /** The number of the next WebSocket connection. */
  nextConnection(): number;
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly timeMs: number;
  readonly offset: number;
}

interface SideState {
  /** What may belong to a WebSocket and waits for the decision. */
  pieces: Piece[];
  byteLength: number;
  /** Whether its first bytes were before the recording. */
  isMidstream: boolean;
  hasEnded: boolean;
  chunkCount: number;
}

/** How many chunks of a direction are looked at for frames, where the handshake was before the recording. */
const MAX_CHUNKS_WITHOUT_HEAD = 200;
const MAX_WAITING_BYTES = 1024 * 1024;

const METHOD = /^[A-Z]{3,10} \S/;
const UPGRADE = /\nupgrade:[ \t]*(?:[^\n]*,[ \t]*)?websocket[ \t]*(?:,|\r?\n)/i;

/**
 * One TCP connection of a capture: finds the WebSocket in it, which may come after other requests on the same connection, or
 * whose handshake may have been before the recording.
 */
export class Conversation implements StreamTaker {
  readonly #owner: ConversationOwner;
  readonly #names: readonly [string, string];
  readonly #sides: readonly [SideState, SideState] = [newSide(), newSide()];
  readonly #methods: string[] = [];
  #requests: HttpWalker;
  #responses: HttpWalker;
  #client: Side | undefined;
  #carries: Carries = 'undecided';
  #connection = 0;
  #openedMs: number | undefined;
  /** How many responses come before that of the upgrade; undefined until there is one. */
  #upgradeIndex: number | undefined;
  #finalResponses = 0;
  #responseStart: number | undefined;

  /** @param names the addresses of the two sides */
  constructor(owner: ConversationOwner, names: readonly [string, string]) {
    this.#owner = owner;
    this.#names = names;
    this.#requests = new HttpWalker((head, start) => this.#onRequest(head, start));
    this.#responses = new HttpWalker((head, start) => this.#onResponse(head, start));
  }

  get carries(): Carries {
    return this.#carries;
  }

  /** The address of the server, as far as it is known. */
  get server(): string {
    return this.#names[this.#client === 1 ? 0 : 1];
  }

  opened(by: Side): void {
    this.#client = by;
  }

  bytes(side: Side, bytes: Uint8Array, timeMs: number): void {
    this.#openedMs ??= timeMs;
    const state = this.#sides[side];
    const offset = state.byteLength;
    state.byteLength += bytes.length;
    state.chunkCount++;
    if (this.#carries === 'websocket') {
      this.#pass(side, { bytes, timeMs, offset });
      return;
    }
    if (this.#carries !== 'undecided' && this.#carries !== 'http') return;
    state.pieces.push({ bytes, timeMs, offset });
    if (this.#carries === 'undecided') this.#decide(side, bytes, timeMs);
    if ((this.#carries as Carries) === 'http') this.#walk(side, bytes);
    this.#forget(side);
  }

  gap(side: Side, byteLength: number | undefined, timeMs: number): void {
    const state = this.#sides[side];
    if (byteLength === undefined) state.isMidstream = true;
    else state.byteLength += byteLength;
    if (this.#carries === 'websocket') {
      if (!this.#isBeforeUpgrade(side)) this.#emitGap(side, byteLength, timeMs);
      else if (!this.#walkerOf(side).gap(byteLength)) this.#cutResponse(side, byteLength, timeMs);
      return;
    }
    if (this.#carries !== 'http' || this.#walkerOf(side).gap(byteLength)) return;
    // A head that is cut may be that of the upgrade, but nothing shows it.
    this.#settle('other');
  }

  end(side: Side, how: 'FIN' | 'RST', timeMs: number): void {
    this.#sides[side].hasEnded = true;
    if (this.#carries !== 'websocket') return;
    this.#owner.emit({ kind: 'end', connection: this.#connection, direction: this.#directionOf(side), timeMs, how });
  }

  #decide(side: Side, bytes: Uint8Array, timeMs: number): void {
    const state = this.#sides[side];
    const first = decodeLatin1(bytes.subarray(0, 24));
    const magic = findMagic(bytes)?.name;
    if (!state.isMidstream && state.chunkCount === 1) {
      if (first.startsWith('PRI * HTTP/2')) {
        this.#client = side;
        this.#settle('http2');
        return;
      }
      if (magic === 'TLS') {
        if (bytes[0] === 0x16 && bytes[5] === 1) this.#client = side;
        this.#settle('tls');
        return;
      }
    }
    if (METHOD.test(first)) this.#client ??= side;
    else if (first.startsWith('HTTP/1.')) this.#client ??= (1 - side) as Side;
    else {
      this.#decideByFrames(side, bytes, timeMs);
      return;
    }
    this.#carries = 'http';
    // What the other side has sent before is walked through as well.
    for (const each of [0, 1] as const) {
      for (const piece of this.#sides[each].pieces) if (piece.bytes !== bytes) this.#walk(each, piece.bytes);
    }
  }

  /** Without a handshake, only frames themselves show that this is WebSocket; the MASK bit shows which side is the client. */
  #decideByFrames(side: Side, bytes: Uint8Array, timeMs: number): void {
    const state = this.#sides[side];
    const isMidstream = state.isMidstream || this.#sides[1 - side]?.isMidstream === true;
    const isClient = beginsWithFrames(bytes, 'client');
    if (isMidstream && (isClient || beginsWithFrames(bytes, 'server'))) {
      this.#client ??= isClient ? side : ((1 - side) as Side);
      this.#open(this.#openedMs ?? timeMs, { begins: 'middle' });
      for (const each of [0, 1] as const) {
        const { pieces } = this.#sides[each];
        this.#sides[each].pieces = [];
        if (this.#sides[each].isMidstream) this.#emitGap(each, undefined, pieces[0]?.timeMs ?? timeMs);
        for (const piece of pieces) this.#emitBytes(each, piece.bytes, piece.timeMs);
      }
      return;
    }
    // Some servers speak first, as in HTTP/2: the client's bytes decide.
    const client = this.#client === undefined ? undefined : this.#sides[this.#client];
    if (!isMidstream && client !== undefined && client !== state && client.chunkCount === 0) return;
    if (!isMidstream || state.chunkCount > MAX_CHUNKS_WITHOUT_HEAD) this.#settle('other');
  }

  #settle(carries: Carries): void {
    this.#carries = carries;
    for (const state of this.#sides) state.pieces = [];
  }

  #open(timeMs: number, more: Pick<TrafficOpen, 'url' | 'begins'>): void {
    this.#carries = 'websocket';
    this.#connection = this.#owner.nextConnection();
    const client = this.#names[this.#client ?? 0];
    this.#owner.emit({
      kind: 'open',
      connection: this.#connection,
      timeMs,
      client,
      server: this.server,
      ...more,
    });
  }

  #walk(side: Side, bytes: Uint8Array): void {
    if (this.#isBeforeUpgrade(side)) this.#walkerOf(side).push(bytes);
  }

  #walkerOf(side: Side): HttpWalker {
    return side === this.#client ? this.#requests : this.#responses;
  }

  #isBeforeUpgrade(side: Side): boolean {
    if (this.#client === undefined || this.#upgradeIndex === undefined) return this.#carries !== 'websocket';
    return side !== this.#client && this.#responseStart === undefined;
  }

  #onRequest(head: string, start: number): 'stop' | 'no-body' | 'body' {
    this.#methods.push(head.slice(0, head.indexOf(' ')));
    if (!UPGRADE.test(head)) return 'body';
    this.#upgradeIndex = this.#methods.length - 1;
    const client = this.#client ?? 0;
    const { pieces } = this.#sides[client];
    this.#sides[client].pieces = [];
    this.#open(pieces.find(({ offset, bytes }) => offset + bytes.length > start)?.timeMs ?? this.#openedMs ?? 0, {
      url: head.split(' ', 2)[1] ?? '',
    });
    for (const piece of pieces) this.#emitFrom(client, piece, start);
    return 'stop';
  }

  #onResponse(head: string, start: number): 'stop' | 'no-body' | 'body' {
    const status = Number(head.slice(9, 12));
    if (this.#finalResponses === this.#upgradeIndex && (status === 101 || status >= 200)) {
      this.#responseBegins(start);
      return 'stop';
    }
    if (status < 200) return 'no-body';
    const method = this.#methods[this.#finalResponses++];
    return method === 'HEAD' || status === 204 || status === 304 ? 'no-body' : 'body';
  }

  #responseBegins(start: number): void {
    const server = (1 - (this.#client ?? 0)) as Side;
    this.#responseStart = start;
    const { pieces } = this.#sides[server];
    this.#sides[server].pieces = [];
    for (const piece of pieces) this.#emitFrom(server, piece, start);
  }

  /** The response is cut within its head: what there is of it is handed on, and the gap. */
  #cutResponse(side: Side, byteLength: number | undefined, timeMs: number): void {
    const { pieces } = this.#sides[side];
    this.#responseBegins(pieces[0]?.offset ?? 0);
    this.#emitGap(side, byteLength, timeMs);
  }

  #pass(side: Side, piece: Piece): void {
    if (!this.#isBeforeUpgrade(side)) {
      this.#emitFrom(side, piece, 0);
      return;
    }
    this.#sides[side].pieces.push(piece);
    this.#responses.push(piece.bytes);
    if (this.#responses.isLost && this.#responseStart === undefined) this.#responseBegins(0);
    this.#forget(side);
  }

  /** Drops what belongs to earlier requests. */
  #forget(side: Side): void {
    const state = this.#sides[side];
    if (this.#carries === 'undecided') {
      if (state.pieces.reduce((sum, { bytes }) => sum + bytes.length, 0) > MAX_WAITING_BYTES) this.#settle('other');
      return;
    }
    if (state.pieces.length === 0 || this.#client === undefined) return;
    const { headStart } = this.#walkerOf(side);
    state.pieces = state.pieces.filter(({ offset, bytes }) => offset + bytes.length > headStart);
  }

  #emitFrom(side: Side, { bytes, timeMs, offset }: Piece, start: number): void {
    const fresh = bytes.subarray(Math.max(0, start - offset));
    if (fresh.length > 0) this.#emitBytes(side, fresh, timeMs);
  }

  #emitBytes(side: Side, bytes: Uint8Array, timeMs: number): void {
    this.#owner.emit({
      kind: 'bytes',
      connection: this.#connection,
      direction: this.#directionOf(side),
      timeMs,
      bytes,
    });
  }

  #emitGap(side: Side, byteLength: number | undefined, timeMs: number): void {
    this.#owner.emit({
      kind: 'gap',
      connection: this.#connection,
      direction: this.#directionOf(side),
      timeMs,
      byteLength,
    });
  }

  #directionOf(side: Side): 'in' | 'out' {
    return side === this.#client ? 'in' : 'out';
  }
}

function newSide(): SideState {
  return { pieces: [], byteLength: 0, isMidstream: false, hasEnded: false, chunkCount: 0 };
}
