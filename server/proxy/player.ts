import { bytesOfHex } from '../../src/bytes/hex.ts';
import { readDeflateAgreement } from '../../src/inspector/formats/read-agreement.ts';
import { NO_LIMITS } from '../../src/inspector/frame/frame-judge.ts';
import { ConnectionObserver, type ObservedClose } from '../../src/inspector/wire/observer.ts';
import type { WireFrame, WireMessage } from '../../src/inspector/wire/wire.ts';
import { ABNORMAL_CLOSURE, NO_STATUS_RECEIVED } from '../../src/protocol/closing/status-codes.ts';
import { OPCODE } from '../../src/protocol/framing/opcode.ts';
import { decodeText } from '../../src/text/utf8.ts';
import type { OpenedConnection, ProxyRecord } from './recording.ts';

/** A connection that is being played. */
interface Played {
  readonly observer: ConnectionObserver;
  readonly openedAtMs: number;
  readonly closeFrames: { in?: WireFrame; out?: WireFrame };
  readonly ended: Set<string>;
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
        connection,
        path,
        remote,
        limits: NO_LIMITS,
        readAgreement: readDeflateAgreement,
      });
      this.#open.set(connection, { observer, openedAtMs: record.atMs, closeFrames: {}, ended: new Set() });
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

  /** Records of all connections were lost: what follows on them cannot be taken apart. */
  *lose(records: number): Generator<WireMessage, void, undefined> {
    for (const connection of this.#open.keys()) yield { type: 'dropped', connection, messages: records };
    this.#open.clear();
  }
}

function closeOf(frames: Played['closeFrames']): ObservedClose {
  const first = frames.in ?? frames.out;
  if (first === undefined) return { closeCode: ABNORMAL_CLOSURE, reason: '', clean: false };
  const body = bytesOfHex(first.payload.hex);
  const closeCode = body.length < 2 ? NO_STATUS_RECEIVED : (body[0] as number) * 256 + (body[1] as number);
  const clean = frames.in !== undefined && frames.out !== undefined;
  return { closeCode, reason: first.payload.text ?? '', clean };
}
