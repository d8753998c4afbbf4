import { encodeFrame } from '../protocol/framing/frame.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../text/utf8.ts';
import { framesAct, type LabAct } from './act.ts';

const MAX_IN_TWO_BYTES = 0xffff;
/** Status code 1000, as the two bytes of a close body. */
const NORMAL = [0x03, 0xe8] as const;

const closeFrame = (body: Uint8Array) => () => encodeFrame({ opcode: OPCODE.close, payload: body });

/**
 * Sends a close frame with any status code, right or wrong. RFC 6455 §7.4.
 *
 * @param statusCode 0 to 65,535
 */
export function closeAct(statusCode: number, reason = ''): LabAct {
  const body = Uint8Array.of(statusCode >>> 8, statusCode & 0xff, ...encodeText(reason));
  return framesAct(`close-${statusCode}`, closeFrame(body));
}

/** Finds an act with a name such as `close-4000`. @returns undefined for any other name, and for a number above 65,535 */
export function closeActNamed(name: string, reason: string): LabAct | undefined {
  const digits = /^close-(\d{1,5})$/.exec(name)?.[1];
  return digits === undefined || Number(digits) > MAX_IN_TWO_BYTES ? undefined : closeAct(Number(digits), reason);
}

export const CLOSE_WITHOUT_CODE = framesAct('close-without-code', closeFrame(new Uint8Array(0)));

/** Mistakes of a server in the body of a close frame: one code of each kind that must not be sent. RFC 6455 §5.5.1, §7.4. */
export const CLOSING_ACTS: readonly LabAct[] = [
  ...[1005, 1006, 1015, 1004, 999, 1016, 5000].map((statusCode) => closeAct(statusCode)),
  framesAct('close-body-of-one-byte', closeFrame(Uint8Array.of(NORMAL[0]))),
  framesAct('close-reason-not-utf8', closeFrame(Uint8Array.of(...NORMAL, 0xff))),
];
