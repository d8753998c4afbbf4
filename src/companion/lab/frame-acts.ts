import { encodeFrame, type Frame } from '../../protocol/framing/frame.ts';
import { encodeHeader } from '../../protocol/framing/header.ts';
import {
  LENGTH_IN_16_BITS,
  LENGTH_IN_64_BITS,
  MAX_CONTROL_PAYLOAD_LENGTH,
  MAX_HEADER_LENGTH,
} from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../protocol/utf8.ts';
import { framesAct, type LabAct } from './act.ts';

/** The key that the RFC masks its own examples with. RFC 6455 §5.7. */
const MASKING_KEY = 0x37fa213d;

/** The text Hello, with something about it that is wrong. */
const hello = (wrong: Partial<Frame>) => () =>
  encodeFrame({ opcode: OPCODE.text, payload: encodeText('Hello'), ...wrong });

/** What a server can get wrong within one header. RFC 6455 §5.1, §5.2, §5.5. */
export const FRAME_ACTS: readonly LabAct[] = [
  framesAct(
    {
      name: 'masked-frame',
      title: 'A masked frame',
      section: '5.1',
      does: 'Sends the text Hello masked, as a client would.',
      rule: 'masked-server-frame',
    },
    hello({ maskingKey: MASKING_KEY }),
  ),
  ...([1, 2, 3] as const).map((bit) =>
    framesAct(
      {
        name: `rsv${bit}`,
        title: `RSV${bit} set`,
        section: '5.2',
        does: `Sends the text Hello with RSV${bit} set, though no extension gives that bit a meaning.`,
        rule: `rsv${bit}-set`,
      },
      hello({ [`rsv${bit}`]: true }),
    ),
  ),
  framesAct(
    {
      name: 'opcode-3',
      title: 'Opcode 3',
      section: '5.2',
      does: 'Sends a data frame with opcode 3, which is reserved.',
      rule: 'reserved-data-opcode',
    },
    hello({ opcode: 0x3 }),
  ),
  framesAct(
    {
      name: 'opcode-b',
      title: 'Opcode B',
      section: '5.2',
      does: 'Sends a control frame with opcode B, which is reserved.',
      rule: 'reserved-control-opcode',
    },
    hello({ opcode: 0xb }),
  ),
  framesAct(
    {
      name: 'length-16-for-5',
      title: '16 bits for a length of 5',
      section: '5.2',
      does: 'Sends the text Hello with its length in the 16-bit form, where 7 bits would do.',
      rule: 'length-not-minimal-7',
    },
    hello({ lengthField: LENGTH_IN_16_BITS }),
  ),
  framesAct(
    {
      name: 'length-64-for-126',
      title: '64 bits for a length of 126',
      section: '5.2',
      does: 'Sends a text of 126 bytes with its length in the 64-bit form, where 16 bits would do.',
      rule: 'length-not-minimal-16',
    },
    hello({ payload: encodeText('a'.repeat(LENGTH_IN_16_BITS)), lengthField: LENGTH_IN_64_BITS }),
  ),
  framesAct(
    {
      name: 'length-top-bit',
      title: 'The top bit of a length set',
      section: '5.2',
      does: 'Sends the header of a frame whose 64-bit length begins with a 1.',
      rule: 'length-top-bit-set',
    },
    headerWithTopBit,
  ),
  framesAct(
    {
      name: 'ping-of-126',
      title: 'A ping of 126 bytes',
      section: '5.5',
      does: 'Sends a ping with one byte of payload more than a control frame may have.',
      rule: 'control-frame-too-long',
    },
    () => encodeFrame({ opcode: OPCODE.ping, payload: new Uint8Array(MAX_CONTROL_PAYLOAD_LENGTH + 1) }),
  ),
  framesAct(
    {
      name: 'fragmented-ping',
      title: 'A ping in fragments',
      section: '5.5',
      does: 'Sends a ping without FIN, as if more of it were to come.',
      rule: 'fragmented-control-frame',
    },
    hello({ opcode: OPCODE.ping, fin: false }),
  ),
];

function headerWithTopBit(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MAX_HEADER_LENGTH);
  const fields = { fin: true, opcode: OPCODE.binary, lengthField: LENGTH_IN_64_BITS, maskingKey: undefined };
  return bytes.subarray(0, encodeHeader({ ...fields, payloadLength: 2 ** 63 }, bytes));
}
