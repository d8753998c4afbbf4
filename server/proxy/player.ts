import { bytesOfHex } from '../../src/bytes/hex.ts';
import {
  beginsWithFrames,
  ConnectionObserver,
  NO_LIMITS,
  type ObservedClose,
  readDeflateAgreement,
  type WireFrame,
  type WireMessage,
} from '../../src/inspector/index.ts';
import { ABNORMAL_CLOSURE, NO_STATUS_RECEIVED, OPCODE } from '../../src/protocol/index.ts';
import { decodeText } from '../../src/text/utf8.ts';
import type { KeptConnection, OpenedConnection, ProxyRecord } from './recording.ts';

/** A connection that is being played. */
interface Played {
  readonly observer: ConnectionObserver;
  readonly openedAtMs: number;
  readonly closeFrames: { in?: WireFrame; out?: WireFrame };
  readonly ended: Set<string>;
  /** How many bytes of each direction were played, or are missing. */
  readonly bytes: { in: number; out: number };
}

/** Turns the records of a proxy into the messages of a tap. Each player can begin at the start of the recording. */
export class Player {
  readonly #open = new Map<number, Played>();

  /** @param record taken once, in the order of the recording */
  *messagesOf(record: ProxyRecord): Generator<WireMessage, void, undefined> {
    const { kind, connection, direction, bytes } = record;
    if (kind === 'open') {
      const { path, remote } = JSON.parse(decodeText(bytes) ?? '{}') as OpenedConnection;
      const observer = new ConnectionObserver({
        findFrames: beginsWithFrames,
        connection,
        path,
        remote,
        limits: NO_LIMITS,
        readAgreement: readDeflateAgreement,
      });
      this.#open.set(connection, {
        observer,
        openedAtMs: record.atMs,
        closeFrames: {},
        ended: new Set(),
        bytes: { in: 0, out: 0 },
      });
      yield* observer.open(0);
      return;
    }
    const played = this.#open.get(connection);
    if (played === undefined) {
      if (kind === 'bytes') yield { type: 'dropped', connection, messages: 1 };
      return;
    }
    const timeMs = Math.round((record.atMs - played.openedAtMs) * 1000) / 1000;
    if (kind === 'bytes') {
      played.bytes[direction] += bytes.length;
      for (const message of played.observer.messagesOf(direction, bytes, timeMs)) {
        if (message.type === 'frame' && message.opcode === OPCODE.close)
          played.closeFrames[message.direction] ??= message;
        yield message;
      }
    }
    if (kind !== 'end') return;
    const how = decodeText(bytes);
    played.ended.add(direction);
    if (how === 'FIN' && played.ended.size < 2) return;
    this.#open.delete(connection);
    yield* played.observer.close(timeMs, closeOf(played.closeFrames));
  }

  /**
   * Records were dropped before they were played, or the recording no longer has its beginning: the next record is the oldest
   * that it still has. What is missing of each connection is reported, and its frames are found again where they can be.
   *
   * @param lost how many records
   * @returns the messages; not a generator, because the recording goes on
   */
  resume(kept: readonly KeptConnection[], lost: number): WireMessage[] {
    const messages: WireMessage[] = [];
    const open = new Set(kept.map(({ connection }) => connection));
    for (const [connection, { observer }] of this.#open) {
      if (open.has(connection)) continue;
      // Its end was among the lost records.
      messages.push({ type: 'dropped', connection, messages: lost }, ...observer.close(0, closeOf({})));
      this.#open.delete(connection);
    }
    for (const { connection, opened, heads, droppedBytes, ended } of kept) {
      if (!this.#open.has(connection)) messages.push(...this.messagesOf(opened));
      const played = this.#open.get(connection) as Played;
      for (const direction of ['in', 'out'] as const) {
        const head = heads[direction];
        if (head !== undefined && played.bytes[direction] === 0) messages.push(...this.messagesOf(head));
        const missing = (head?.bytes.length ?? 0) + droppedBytes[direction] - played.bytes[direction];
        if (missing > 0) messages.push(...played.observer.gap(direction, missing, 0));
        played.bytes[direction] += Math.max(missing, 0);
        if (ended.has(direction)) played.ended.add(direction);
      }
    }
    return messages;
  }
}

/** As the server sees it: the code is the one that it received. RFC 6455 §7.1.5. */
function closeOf(frames: Played['closeFrames']): ObservedClose {
  if (frames.in === undefined) return { closeCode: ABNORMAL_CLOSURE, reason: '', clean: false };
  const body = bytesOfHex(frames.in.payload.hex);
  const closeCode = body.length < 2 ? NO_STATUS_RECEIVED : (body[0] as number) * 256 + (body[1] as number);
  return { closeCode, reason: frames.in.payload.text ?? '', clean: frames.out !== undefined };
}
