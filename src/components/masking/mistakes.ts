import { formatHexByte } from '../../bytes/hex.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { FRAMING_RULES } from '../../protocol/framing/rules.ts';
import { keyAsBytes, keyAsNumber } from '../../specimens/mask-plainly.ts';
import { countBytes } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeText, encodeText } from '../../text/utf8.ts';

/** A mistake that new servers make, and what comes of it with one frame. */
export interface MaskMistake {
  readonly mistake: string;
  /** The first bytes of what the server has then. */
  readonly hex: string;
  readonly outcome: string;
}

const TEXT = 'Hello, world';
/** The key that the RFC masks its own examples with. RFC 6455 §5.7. */
const KEY = 0x37fa213d;
/** Where a read ends within the payload, in the mistake that is about reads. */
const CUT = 3;
const SHOWN_BYTES = 6;

/** The mistakes, each made with the same frame. */
export function maskMistakes(): MaskMistake[] {
  const frame = encodeFrame({ opcode: OPCODE.text, payload: encodeText(TEXT), maskingKey: KEY });
  const headerLength = decodeHeader(frame)?.headerLength ?? 0;
  const payload = frame.subarray(headerLength);
  const key = keyAsBytes(KEY);
  const reversed = keyAsNumber(key.toReversed());
  const oneByte = keyAsNumber(key.map(() => key[0] as number));
  const keyStart = headerLength - key.length;
  const anewInEachRead = Uint8Array.of(...mask(payload.subarray(0, CUT), KEY), ...mask(payload.subarray(CUT), KEY));
  return [
    textMistake('The mask is left on.', payload),
    textMistake('All bytes are XORed with the first byte of the key.', mask(payload, oneByte)),
    textMistake('i counts from the first byte of the frame, not of the payload.', mask(payload, KEY, headerLength)),
    textMistake(
      `i starts at 0 again in each read, and the first read ends after ${CUT} bytes of payload.`,
      anewInEachRead,
    ),
    textMistake('The key is read as a little-endian number, so its bytes are reversed.', mask(payload, reversed)),
    textMistake(
      'The key is read as the first bytes of the payload.',
      frame.subarray(keyStart, keyStart + payload.length),
    ),
    bitMistake(frame),
    echoMistake('The echo sends the payload back without unmasking it.', payload, undefined),
    echoMistake('The echo sends the whole frame back, key and mask included.', encodeText(TEXT), KEY),
  ];
}

function textMistake(mistake: string, result: Uint8Array): MaskMistake {
  const text = decodeText(result);
  const outcome =
    text === undefined ? 'Not UTF-8: the server closes with 1007 and blames the client.' : `“${escapeText(text)}”`;
  return { mistake, hex: firstBytes(result), outcome };
}

/** MASK is the first bit of the byte that holds the length. */
function bitMistake(frame: Uint8Array): MaskMistake {
  const second = frame[1] as number;
  const outcome = `The length seems to be ${second}, and the server waits for ${countBytes(2 + second - frame.length)} more.`;
  return { mistake: 'The MASK bit is read as part of the length.', hex: formatHexByte(second), outcome };
}

/** What browsers do with a server's frame: content/recordings holds it for two of them. */
function echoMistake(mistake: string, payload: Uint8Array, maskingKey: number | undefined): MaskMistake {
  const frame = encodeFrame({ opcode: OPCODE.text, payload, maskingKey });
  const { maskedServerFrame } = FRAMING_RULES;
  const outcome =
    maskingKey !== undefined
      ? `The frame is masked: Chromium 153 closes with ${maskedServerFrame.statusCode}, Firefox 153 accepts it.`
      : decodeText(payload) === undefined
        ? 'Not UTF-8: Chromium 153 closes with 1002, Firefox 153 ends TCP.'
        : 'The browser gets a wrong text.';
  return { mistake, hex: firstBytes(frame), outcome };
}

function firstBytes(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, SHOWN_BYTES), formatHexByte).join(' ');
  return bytes.length > SHOWN_BYTES ? `${shown} …` : shown;
}
