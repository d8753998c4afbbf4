import { decodeHeader } from '../../protocol/framing/header.ts';
import { isReservedOpcode } from '../../protocol/framing/opcode.ts';
import { findMagic } from './magic.ts';
import { pastedRun, type ReadForm, refused } from './pasted.ts';

/** Base64 with `+` and `/`, or with `-` and `_` as in URLs. The decoded bytes must begin with a frame, with HTTP, or as a capture does. */
export const readBase64: ReadForm = (text) => {
  const [, , inside = text] = /^\s*(["'`])([A-Za-z0-9+/_=-]+)\1[\s,;]*$/.exec(text) ?? [];
  const digits = inside.replace(/\s+/g, '').replace(/^data:[\w/.+-]*;base64,/, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(digits) || digits.replace(/=+$/, '').length % 4 === 1) return undefined;
  let decoded: string;
  try {
    decoded = atob(digits.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
  } catch {
    return undefined;
  }
  const bytes = Uint8Array.from(decoded, (character) => character.charCodeAt(0));
  return isPlausible(bytes) ? pastedRun('base64', bytes) : undefined;
};

function isPlausible(bytes: Uint8Array): boolean {
  const opening = String.fromCharCode(...bytes.subarray(0, 4));
  if (opening === 'GET ' || opening === 'HTTP' || findMagic(bytes)?.isRecording) return true;
  const header = decodeHeader(bytes);
  if (header === undefined || isReservedOpcode(header.opcode) || header.rsv2 || header.rsv3) return false;
  return header.headerLength + header.payloadLength <= bytes.length;
}

/** Refuses 16 or 20 bytes in base64 that are no frame: more likely, they are the key or the accept of a handshake. */
export const refuseKey: ReadForm = (text) =>
  /^\s*(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=)\s*$/.test(text)
    ? refused(
        'This looks like a Sec-WebSocket-Key or a Sec-WebSocket-Accept. To see which accept belongs to a key: framelight accept KEY, or the page /accept/.',
        0,
        text.length,
      )
    : undefined;
