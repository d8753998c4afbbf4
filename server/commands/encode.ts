import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BYTE_LITERALS } from '../../src/inspector/encode/byte-literals.ts';
import { encodeOrder, isProblem, parseOrder } from '../../src/inspector/encode/frame-order.ts';
import { decodeFrames, describeViolation, formatHex, formatTextDump } from '../../src/inspector/index.ts';
import { OPCODE } from '../../src/protocol/index.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { BadInput, type Command } from './command.ts';
import { parseArguments, refuseUnknown } from './parse.ts';

const OPTIONS = {
  as: { type: 'string' },
  from: { type: 'string' },
  explain: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

const CASE = 'case';
const FORMS = [...Object.keys(BYTE_LITERALS), CASE];

/** Makes the bytes of one frame, legal or not. */
export const encode: Command = {
  name: 'encode',
  usage: 'ORDER',
  help: [
    'makes the bytes of one frame, and says on standard error which rule it breaks. ORDER is one of:',
    '  text "Hi" · binary 00ff · ping 6869 · close 1000 bye · continuation hex:00',
    '  frame opcode=3 rsv1 fin=0 mask=37fa213d form=64 length=9 "any payload"',
    '  a payload is a quoted text ("x"*1000 repeats it), hex:…, or file:PATH; mask=0 leaves the frame unmasked; form is how',
    '  many bits state the length: 7, 16 or 64; length states a length that the payload does not have',
    `  --as FORM             ${FORMS.join(', ')} (default: hex); case is a line for "check --cases FILE"`,
    '  --from SENDER         client (the default) or server. Only a client masks, unless the order says otherwise',
    '  --explain             print every field of the frame, too',
    '  --json                print one line of JSON instead: the bytes, and each frame that a receiver reads in them',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const { as = 'hex', from = 'client' } = values;
    refuseUnknown('value of --as', [as], FORMS);
    refuseUnknown('value of --from', [from], ['client', 'server']);
    const order = parseOrder(joinWords(positionals), readOrNot);
    if (isProblem(order)) throw new BadInput(order.problem);
    const sender = from as 'client' | 'server';
    const bytes = encodeOrder(order, { sender, nextMaskingKey: () => randomBytes(4).readUInt32BE() });
    const { frames, incomplete } = decodeFrames(bytes, sender);
    if (values.json) {
      if (values.as !== undefined || values.explain)
        throw new BadInput('--json cannot be combined with --as or --explain.');
      const made = {
        hex: formatHex(bytes),
        incomplete: incomplete !== undefined,
        frames: frames.map(({ offset, dump }) => ({ type: 'frame', offset, ...dump })),
      };
      output.out(`${escapeUnseen(JSON.stringify(made))}\n`);
      return 0;
    }
    output.out(
      `${as === CASE ? await caseFor(joinWords(positionals), sender, bytes) : (BYTE_LITERALS[as] as (bytes: Uint8Array) => string)(bytes)}\n`,
    );
    if (values.explain) for (const { dump } of frames) output.err(`\n${formatTextDump(dump)}`);
    const broken = frames.flatMap(({ violations }) => violations);
    for (const violation of broken) output.err(`Breaks a rule. ${describeViolation(violation)}\n`);
    if (incomplete !== undefined)
      output.err('The stated length is not that of the payload: the receiver waits for more bytes.\n');
    if (frames.length > 1) output.err(`The receiver reads ${frames.length} frames in these bytes.\n`);
    if (broken.length === 0 && incomplete === undefined) output.err('Breaks no rule.\n');
    return 0;
  },
};

/** @throws BadInput if the frame cannot be a case of its own */
async function caseFor(title: string, sender: 'client' | 'server', bytes: Uint8Array): Promise<string> {
  if (sender === 'server') throw new BadInput('--as case is for frames that a client sends. Leave out --from server.');
  const { frames, incomplete } = decodeFrames(bytes, sender);
  const [frame] = frames;
  if (frame === undefined || frames.length > 1 || incomplete !== undefined)
    throw new BadInput(
      '--as case needs one whole frame: with another length, the server would wait, or read more of them.',
    );
  const { opcode, fin, payload } = frame.dump;
  const [violation] = frame.violations;
  if (violation === undefined && (fin === false || opcode === OPCODE.continuation || opcode === OPCODE.close))
    throw new BadInput('--as case needs a frame that breaks a rule, or one that an echo server answers by itself.');
  const answer = opcode === OPCODE.ping ? OPCODE.pong : opcode;
  const returns = opcode === undefined || opcode === OPCODE.pong ? [] : [{ opcode: answer ?? 0, hex: payload.hex }];
  const { caseOfFrame, writeCase } = await import('../../src/conformance/index.ts');
  return writeCase(caseOfFrame(title, bytes, violation?.rule, returns));
}

/** The shell has taken the quotes away: an argument with spaces was quoted. */
function joinWords(words: readonly string[]): string {
  if (words.length === 1) return words[0] as string;
  return words.map((word) => (/\s/.test(word) && !word.includes('"') ? JSON.stringify(word) : word)).join(' ');
}

function readOrNot(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    return undefined;
  }
}
