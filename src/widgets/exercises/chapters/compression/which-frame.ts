import { formatHexByte } from '../../../../bytes/hex.ts';
import { DEFLATE } from '../../../../inspector/deflate/deflate-extension.ts';
import { dumpFrame } from '../../../../inspector/frame/frame-dump.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { decodeHeader } from '../../../../protocol/framing/header.ts';
import { RSV1_BIT } from '../../../../protocol/framing/layout.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { checkHeader } from '../../../../protocol/framing/rules.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

interface Shown {
  readonly opcode: number;
  readonly fin: boolean;
  readonly rsv1: boolean;
}

const LEGAL: readonly Shown[] = [
  { opcode: OPCODE.text, fin: true, rsv1: true },
  { opcode: OPCODE.text, fin: true, rsv1: false },
  { opcode: OPCODE.binary, fin: true, rsv1: true },
  { opcode: OPCODE.text, fin: false, rsv1: true },
  { opcode: OPCODE.continuation, fin: true, rsv1: false },
  { opcode: OPCODE.ping, fin: true, rsv1: false },
];
const ILLEGAL: readonly Shown[] = [
  { opcode: OPCODE.continuation, fin: true, rsv1: true },
  { opcode: OPCODE.continuation, fin: false, rsv1: true },
  { opcode: OPCODE.ping, fin: true, rsv1: true },
  { opcode: OPCODE.pong, fin: true, rsv1: true },
  { opcode: OPCODE.close, fin: true, rsv1: true },
];
const SHOWN = 4;

/** RSV1 marks the first frame of a message, and no other. RFC 7692 §6. */
export const WHICH_FRAME: Exercise = {
  id: 'which-frame',
  title: 'Where may RSV1 be set?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const illegal = random.pick(ILLEGAL);
    const frames = random.shuffle([illegal, ...random.shuffle(LEGAL).slice(0, SHOWN - 1)]).map((frame) => {
      const bytes = encodeFrame({ ...frame, payload: random.bytes(random.between(1, 4)) });
      if (frame.rsv1) bytes[0] = (bytes[0] ?? 0) | RSV1_BIT;
      return { frame, bytes, option: Array.from(bytes, formatHexByte).join(' ') };
    });
    const right = frames.find(({ frame }) => frame === illegal)?.option ?? '';
    const why = `Its opcode is ${illegal.opcode.toString(16).toUpperCase()}: RSV1 may only be set in the first frame of a message, whose opcode is 1 or 2.`;
    return {
      question: {
        task: 'Both sides agreed on `permessage-deflate`. A server sends each of these frames at a moment when its opcode is allowed. Which frame makes the client fail the connection?',
        given: [],
        form: { kind: 'choice', legend: 'The frames', options: frames.map(({ option }) => option), code: false },
        hint: 'Write the first byte as bits. The second bit is RSV1, and the last four are the opcode.',
        solution: { steps: [why], answer: [right] },
      },
      verify([chosen = '']) {
        const found = frames.find(({ option }) => option === chosen);
        const header = found && decodeHeader(found.bytes);
        if (header === undefined) return { right: false, sentence: 'Choose one of the frames.' };
        if (checkHeader(header, { sender: 'server', extensions: [DEFLATE] }) !== undefined) {
          return { right: true, sentence: `Right. ${why}` };
        }
        const { fields } = dumpFrame(found?.bytes ?? new Uint8Array(0));
        const opcode = fields.find(({ name }) => name === 'opcode')?.meaning ?? '';
        const bit = header.rsv1 ? 'RSV1 is 1, which is allowed here' : 'RSV1 is 0, which is always allowed';
        return { right: false, sentence: `That frame breaks no rule. ${bit}. Opcode: ${opcode}.` };
      },
    };
  },
};
