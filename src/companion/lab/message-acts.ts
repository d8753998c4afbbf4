import { encodeCloseBody } from '../../protocol/closing/close-body.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../protocol/utf8.ts';
import { framesAct, type LabAct } from './act.ts';

const frame =
  (opcode: number, payload: Uint8Array, fin = true) =>
  () =>
    encodeFrame({ opcode, payload, fin });

/** The euro sign, which takes three bytes. */
const EURO = encodeText('€');
/** A byte that stands nowhere in UTF-8. RFC 3629 §3. */
const NEVER_IN_UTF8 = 0xff;

/** What a server can get wrong between frames, or in a text. RFC 6455 §5.4, §8.1. */
export const MESSAGE_ACTS: readonly LabAct[] = [
  framesAct(
    {
      name: 'lone-continuation',
      title: 'A continuation of nothing',
      section: '5.4',
      does: 'Sends a continuation frame, though no message has begun.',
      rule: 'continuation-without-message',
    },
    frame(OPCODE.continuation, encodeText('Hello')),
  ),
  framesAct(
    {
      name: 'interleaved-messages',
      title: 'A message inside a message',
      section: '5.4',
      does: 'Sends the first fragment of a text, and then another text before the first has ended.',
      rule: 'message-inside-message',
    },
    frame(OPCODE.text, encodeText('Hel'), false),
    frame(OPCODE.text, encodeText('Hello')),
  ),
  framesAct(
    {
      name: 'text-not-utf8',
      title: 'Text that is not UTF-8',
      section: '8.1',
      does: 'Sends a text message with a byte in it that UTF-8 never has.',
      rule: 'text-not-utf8',
    },
    frame(OPCODE.text, Uint8Array.of(...encodeText('H'), NEVER_IN_UTF8, ...encodeText('i'))),
  ),
  framesAct(
    {
      name: 'text-cut-inside-character',
      title: 'Text cut inside a character',
      section: '8.1',
      does: 'Sends a text message that ends after two of the three bytes of a euro sign.',
      rule: 'text-cut-inside-character',
    },
    frame(OPCODE.text, EURO.subarray(0, 2)),
  ),
  framesAct(
    {
      name: 'data-after-close',
      title: 'A message after the close',
      section: '5.5.1',
      does: 'Sends a close frame with code 1000 and, right behind it, a text message.',
      rule: 'data-frame-after-close',
    },
    frame(OPCODE.close, encodeCloseBody(1000)),
    frame(OPCODE.text, encodeText('Hello')),
  ),
];

/** What looks wrong and is right: the client must take it. RFC 6455 §5.4, §5.5. */
export const RIGHT_ACTS: readonly LabAct[] = [
  framesAct(
    {
      name: 'character-across-fragments',
      title: 'A character across two fragments',
      section: '5.4',
      does: 'Sends a euro sign whose first byte stands in one fragment and whose other two in the next.',
    },
    frame(OPCODE.text, EURO.subarray(0, 1), false),
    frame(OPCODE.continuation, EURO.subarray(1)),
  ),
  framesAct(
    {
      name: 'ping-between-fragments',
      title: 'A ping between two fragments',
      section: '5.4',
      does: 'Sends a text in two fragments, with a ping between them.',
    },
    frame(OPCODE.text, encodeText('Hel'), false),
    frame(OPCODE.ping, encodeText('?')),
    frame(OPCODE.continuation, encodeText('lo')),
  ),
];
