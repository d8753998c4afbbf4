import { parseHexDigits } from '../inspector/hex/hex-digits.ts';
import { MAX_REASON_BYTES } from '../protocol/closing/close-body.ts';
import { MAX_CONTROL_PAYLOAD_LENGTH } from '../protocol/framing/layout.ts';
import { encodeText } from '../text/utf8.ts';
import type { LabAct } from './act.ts';
import { CLOSE_WITHOUT_CODE, CLOSING_ACTS, closeActNamed } from './closing-acts.ts';
import { FRAME_ACTS } from './frame-acts.ts';
import { ENDING_ACTS, pingAct, pongAct } from './live-acts.ts';
import { MESSAGE_ACTS, RIGHT_ACTS } from './message-acts.ts';
import { RESPONSE_ACTS } from './response-acts.ts';

export type { Behavior, LabAct } from './act.ts';

/** One act for each mistake that a server can make, in the order of the RFC. */
export const BREAKING_ACTS: readonly LabAct[] = [RESPONSE_ACTS, FRAME_ACTS, MESSAGE_ACTS, CLOSING_ACTS].flat();

/** Every act with its own name. In addition, `close-CODE` sends a close frame with any status code. */
export const LAB_ACTS: readonly LabAct[] = [
  ...BREAKING_ACTS,
  ...RIGHT_ACTS,
  pingAct(new Uint8Array(0)),
  pongAct(new Uint8Array(0)),
  CLOSE_WITHOUT_CODE,
  ...ENDING_ACTS,
];

/**
 * In characters. The length of a detail is checked before anything reads it. The longest payload has 125 bytes, and plain
 * hex takes fewer than eight characters for each, separators included. A reason is shorter.
 */
export const MAX_DETAIL_CHARACTERS = 1000;

const byName = new Map(LAB_ACTS.map((act) => [act.name, act]));

/**
 * Finds an act by its name.
 *
 * @param detail for a ping or pong: its payload in hex. For a close frame with a code: its reason
 */
export function findAct(name: string, detail = ''): { readonly act: LabAct } | { readonly problem: string } {
  if (name === 'ping') return withPayload(detail, pingAct);
  if (name === 'unsolicited-pong') return withPayload(detail, pongAct);
  const act = byName.get(name);
  if (act !== undefined && detail === '') return { act };
  // Check the cheap bound first: each character takes at least one byte.
  if (detail.length > MAX_REASON_BYTES || encodeText(detail).length > MAX_REASON_BYTES) {
    return { problem: `A close reason has at most ${MAX_REASON_BYTES} bytes of UTF-8.` };
  }
  const close = closeActNamed(name, detail);
  if (close !== undefined) return { act: close };
  if (act !== undefined) return { problem: `The act ${name} has no payload and no reason. Send its name alone.` };
  return { problem: `There is no act with this name. Choose one of ${[...byName.keys()].join(', ')}, close-CODE.` };
}

function withPayload(hex: string, actWith: (payload: Uint8Array) => LabAct): ReturnType<typeof findAct> {
  if (hex.length > MAX_DETAIL_CHARACTERS) {
    return {
      problem: `The payload has ${hex.length} characters of hex. At most ${MAX_DETAIL_CHARACTERS} are allowed, for ${MAX_CONTROL_PAYLOAD_LENGTH} bytes.`,
    };
  }
  const parsed = parseHexDigits(hex);
  if ('problem' in parsed) return { problem: parsed.problem.sentence };
  if (parsed.bytes.length <= MAX_CONTROL_PAYLOAD_LENGTH) return { act: actWith(parsed.bytes) };
  return { problem: `A control frame has at most ${MAX_CONTROL_PAYLOAD_LENGTH} bytes of payload.` };
}
