import { encodeFrame, type Frame } from '../protocol/framing/frame.ts';
import { encodeHeader } from '../protocol/framing/header.ts';
import {
  LENGTH_IN_16_BITS,
  LENGTH_IN_64_BITS,
  MAX_CONTROL_PAYLOAD_LENGTH,
  MAX_HEADER_LENGTH,
} from '../protocol/framing/layout.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../text/utf8.ts';
import { framesAct, type LabAct } from './act.ts';

/** The key that the RFC masks its own examples with. RFC 6455 §5.7. */
const MASKING_KEY = 0x37fa213d;

/** The text Hello with one mistake. */
const hello = (wrong: Partial<Frame>) => () =>
  encodeFrame({ opcode: OPCODE.text, payload: encodeText('Hello'), ...wrong });

/** Mistakes of a server within one header. RFC 6455 §5.1, §5.2, §5.5. */
export const FRAME_ACTS: readonly LabAct[] = [
  framesAct('masked-frame', hello({ maskingKey: MASKING_KEY })),
  ...([1, 2, 3] as const).map((bit) => framesAct(`rsv${bit}`, hello({ [`rsv${bit}`]: true }))),
  framesAct('opcode-3', hello({ opcode: 0x3 })),
  framesAct('opcode-b', hello({ opcode: 0xb })),
  framesAct('length-16-for-5', hello({ lengthField: LENGTH_IN_16_BITS })),
  framesAct(
    'length-64-for-126',
    hello({ payload: encodeText('a'.repeat(LENGTH_IN_16_BITS)), lengthField: LENGTH_IN_64_BITS }),
  ),
  framesAct('length-top-bit', headerWithTopBit),
  framesAct('ping-of-126', () =>
    encodeFrame({ opcode: OPCODE.ping, payload: new Uint8Array(MAX_CONTROL_PAYLOAD_LENGTH + 1) }),
  ),
  framesAct('fragmented-ping', hello({ opcode: OPCODE.ping, fin: false })),
];

function headerWithTopBit(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MAX_HEADER_LENGTH);
  const fields = { fin: true, opcode: OPCODE.binary, lengthField: LENGTH_IN_64_BITS, maskingKey: undefined };
  return bytes.subarray(0, encodeHeader({ ...fields, payloadLength: 2 ** 63 }, bytes));
}
