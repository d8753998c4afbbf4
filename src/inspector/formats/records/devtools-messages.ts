import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../text/utf8.ts';
import type { TrafficEvent } from '../../traffic/traffic.ts';
import { bytesOfBase64 } from './whole-file.ts';

/** One message as DevTools and the programs after it write it: text as it is, everything else in base64. */
export interface DevToolsMessage {
  readonly direction: 'in' | 'out';
  readonly timeMs: number | undefined;
  readonly opcode: number;
  readonly data: string;
}

const MAY_BE_A_BLOB = 'Chromium shows a sent Blob as an empty message, so its contents may be missing';

/** The event of a message that DevTools recorded. */
export function eventOfMessage(connection: number, { direction, timeMs, opcode, data }: DevToolsMessage): TrafficEvent {
  const place = { kind: 'message', connection, direction, timeMs, opcode } as const;
  if (opcode === OPCODE.text) return { ...place, payload: encodeText(data) };
  const payload = bytesOfBase64(data);
  if (payload === undefined)
    return { ...place, payload: encodeText(data), note: 'its data is not base64: shown as it is' };
  const isEmptyBinary = opcode === OPCODE.binary && payload.length === 0 && direction === 'in';
  return { ...place, payload, ...(isEmptyBinary && { note: MAY_BE_A_BLOB }) };
}
