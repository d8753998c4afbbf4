import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../text/utf8.ts';
import type { TrafficWholeMessage } from '../../traffic/traffic.ts';
import { bytesOfBase64 } from '../base64-bytes.ts';

/** A message as browsers' tools record it: text as text, everything else in base64. */
export interface RecordedMessage {
  readonly connection: number;
  readonly direction: 'in' | 'out';
  readonly timeMs: number | undefined;
  readonly opcode: number;
  readonly data: string | undefined;
}

/**
 * @param isDevTools whether DevTools' protocol told of the message: it shows a Blob that a page sends as an empty binary message
 */
export function messageOf(recorded: RecordedMessage, isDevTools: boolean): TrafficWholeMessage {
  const { data, ...rest } = recorded;
  const message = (payload: Uint8Array, note?: string): TrafficWholeMessage => ({
    kind: 'message',
    ...rest,
    payload,
    ...(note !== undefined && { note }),
  });
  if (data === undefined) return message(new Uint8Array(0), 'The recording does not have the payload.');
  if (recorded.opcode === OPCODE.text) return message(encodeText(data));
  const payload = bytesOfBase64(data);
  if (payload === undefined)
    return message(new Uint8Array(0), 'The recorded payload is not base64, so its bytes are not shown.');
  const mayBeBlob =
    isDevTools && payload.length === 0 && recorded.direction === 'in' && recorded.opcode === OPCODE.binary;
  return mayBeBlob ? message(payload, MAY_BE_BLOB) : message(payload);
}

const MAY_BE_BLOB = 'It may have been a Blob: Chromium records those as empty, although their bytes were sent.';

/** In milliseconds since 1970: numbers as large as this are milliseconds, smaller ones are seconds. It is the year 1973. */
const MIN_EPOCH_MS = 1e11;

/**
 * A time of a recording in milliseconds: DevTools writes seconds, Playwright milliseconds, others a date.
 *
 * @returns undefined if there is none, or -1, which Playwright writes for it
 */
export function epochMsOf(time: unknown): number | undefined {
  if (typeof time === 'number')
    return time <= 0 || !Number.isFinite(time) ? undefined : time >= MIN_EPOCH_MS ? time : time * 1000;
  if (typeof time !== 'string') return undefined;
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Turns times since 1970 into times since the first of them. */
export class Since {
  #startMs: number | undefined;

  of(epochMs: number | undefined): number | undefined {
    if (epochMs === undefined) return undefined;
    this.#startMs ??= epochMs;
    return epochMs - this.#startMs;
  }
}
