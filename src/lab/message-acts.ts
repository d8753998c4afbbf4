import { encodeCloseBody } from '../protocol/closing/close-body.ts';
import { encodeFrame } from '../protocol/framing/frame.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../text/utf8.ts';
import { framesAct, type LabAct } from './act.ts';

const frame =
  (opcode: number, payload: Uint8Array, fin = true) =>
  () =>
    encodeFrame({ opcode, payload, fin });

/** The euro sign, which takes three bytes. */
const EURO = encodeText('€');
/** A byte that never occurs in UTF-8. RFC 3629 §3. */
const NEVER_IN_UTF8 = 0xff;

/** Mistakes of a server between frames, or in a text. RFC 6455 §5.4, §8.1. */
export const MESSAGE_ACTS: readonly LabAct[] = [
  framesAct('lone-continuation', frame(OPCODE.continuation, encodeText('Hello'))),
  framesAct(
    'interleaved-messages',
    frame(OPCODE.text, encodeText('Hel'), false),
    frame(OPCODE.text, encodeText('Hello')),
  ),
  framesAct('text-not-utf8', frame(OPCODE.text, Uint8Array.of(...encodeText('H'), NEVER_IN_UTF8, ...encodeText('i')))),
  framesAct('text-cut-inside-character', frame(OPCODE.text, EURO.subarray(0, 2))),
  framesAct('data-after-close', frame(OPCODE.close, encodeCloseBody(1000)), frame(OPCODE.text, encodeText('Hello'))),
];

/** Frames that look wrong but are right: the client must accept them. RFC 6455 §5.4, §5.5. */
export const RIGHT_ACTS: readonly LabAct[] = [
  framesAct(
    'character-across-fragments',
    frame(OPCODE.text, EURO.subarray(0, 1), false),
    frame(OPCODE.continuation, EURO.subarray(1)),
  ),
  framesAct(
    'ping-between-fragments',
    frame(OPCODE.text, encodeText('Hel'), false),
    frame(OPCODE.ping, encodeText('?')),
    frame(OPCODE.continuation, encodeText('lo')),
  ),
];
