import { checkCloseBody } from '../../protocol/closing/close-body.ts';
import { statusCodeInfo } from '../../protocol/closing/status-codes.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { layoutOf } from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../protocol/utf8.ts';
import { framesAct, type LabAct } from './act.ts';

const MOST_IN_TWO_BYTES = 0xffff;
const { headerLength: HEADER_LENGTH } = layoutOf(0);
/** As a status code: 1000. */
const NORMAL = [0x03, 0xe8] as const;

const closeFrame = (body: Uint8Array) => () => encodeFrame({ opcode: OPCODE.close, payload: body });

/**
 * Sends a close frame with any status code, right or wrong. RFC 6455 §7.4.
 *
 * @param statusCode 0 to 65,535
 */
export function closeAct(statusCode: number, reason = ''): LabAct {
  const body = Uint8Array.of(statusCode >>> 8, statusCode & 0xff, ...encodeText(reason));
  const violation = checkCloseBody(body, HEADER_LENGTH);
  const { name, source } = statusCodeInfo(statusCode);
  return framesAct(
    {
      name: `close-${statusCode}`,
      title: `Close with code ${statusCode}`,
      section: violation?.section ?? (/^\d/.test(source) ? source : '7.4.2'),
      does: `Sends a close frame with status code ${statusCode} (${name}).`,
      rule: violation?.rule,
    },
    closeFrame(body),
  );
}

/** The act that a name such as `close-4000` names; undefined for another name, or a number that two bytes cannot hold. */
export function closeActNamed(name: string, reason: string): LabAct | undefined {
  const digits = /^close-(\d{1,5})$/.exec(name)?.[1];
  return digits === undefined || Number(digits) > MOST_IN_TWO_BYTES ? undefined : closeAct(Number(digits), reason);
}

export const CLOSE_WITHOUT_CODE = framesAct(
  {
    name: 'close-without-code',
    title: 'Close without a code',
    section: '5.5.1',
    does: 'Sends a close frame with an empty body.',
  },
  closeFrame(new Uint8Array(0)),
);

/** What a server can get wrong in a close frame's body: one code of each kind that must not be sent. RFC 6455 §5.5.1, §7.4. */
export const CLOSING_ACTS: readonly LabAct[] = [
  ...[1005, 1006, 1015, 1004, 999, 1016, 5000].map((statusCode) => closeAct(statusCode)),
  framesAct(
    {
      name: 'close-body-of-one-byte',
      title: 'A close body of one byte',
      section: '5.5.1',
      does: 'Sends a close frame with half a status code in it.',
      rule: 'close-body-of-one-byte',
    },
    closeFrame(Uint8Array.of(NORMAL[0])),
  ),
  framesAct(
    {
      name: 'close-reason-not-utf8',
      title: 'A close reason that is not UTF-8',
      section: '5.5.1',
      does: 'Sends a close frame with code 1000 and a reason with a byte in it that UTF-8 never has.',
      rule: 'close-reason-not-utf8',
    },
    closeFrame(Uint8Array.of(...NORMAL, 0xff)),
  ),
];
