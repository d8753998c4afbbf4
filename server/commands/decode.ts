import { text } from 'node:stream/consumers';
import { type DecodedStream, decodeFrames } from '../../src/inspector/decode-stream.ts';
import { type HexProblem, parseHex } from '../../src/inspector/hex.ts';
import { formatTextDump } from '../../src/inspector/text-dump.ts';
import { escapeUnseen } from '../../src/protocol/quote-text.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { parseArguments } from './parse.ts';

const OPTIONS = { json: { type: 'boolean' }, from: { type: 'string' } } as const;
const STANDARD_INPUT = '-';

/** Prints every frame in bytes given as hex, annotated. */
export const decode: Command = {
  name: 'decode',
  usage: 'HEX',
  help: [
    'prints every frame in the bytes, annotated; "-" in place of HEX reads standard input',
    '  --json                one JSON object a frame, each on a line',
    '  --from SENDER         client or server; unless given, the MASK bit of each frame tells',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const sender = parseSender(values.from);
    if (positionals.length === 0)
      throw new BadInput('decode takes bytes in hex, or "-" to read them from standard input.');
    const fromInput = positionals.length === 1 && positionals[0] === STANDARD_INPUT;
    const decoded = decodeFrames(bytesOf(fromInput ? await text(process.stdin) : positionals.join(' ')), sender);
    print(decoded, values.json === true, output);
    return 0;
  },
};

function parseSender(sender: string | undefined): 'client' | 'server' | undefined {
  if (sender === undefined || sender === 'client' || sender === 'server') return sender;
  throw new BadInput(`--from is ${JSON.stringify(sender)}: give client or server.`);
}

function bytesOf(hex: string): Uint8Array {
  const parsed = parseHex(hex);
  if ('problem' in parsed) throw new BadInput(`${placeOf(hex, parsed.problem)}: ${parsed.problem.sentence}`);
  if (parsed.bytes.length === 0) throw new BadInput('There are no bytes: give them in hex, two digits for each.');
  return parsed.bytes;
}

/** Lines and columns count from 1, as in an editor. */
function placeOf(hex: string, { start }: HexProblem): string {
  const before = hex.slice(0, start).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return hex.includes('\n') ? `Line ${before.length}, character ${column}` : `Character ${column}`;
}

function print({ http, frames, incomplete }: DecodedStream, json: boolean, output: Output): void {
  if (incomplete) throw new BadInput(`${incomplete.sentence} Give the rest of it too, or leave it out.`);
  if (http && frames.length === 0) throw new BadInput(`${http.sentence} No frame follows it.`);
  if (http) output.err(`${http.sentence}\n`);
  const dumps = json
    ? frames.map(({ offset, dump }) => `${escapeUnseen(JSON.stringify({ type: 'frame', offset, ...dump }))}\n`)
    : frames.map(
        ({ offset, dump }, i) => `${i === 0 ? '' : '\n'}${formatTextDump(dump, { offset, color: wantsColor() })}`,
      );
  for (const dump of dumps) output.out(dump);
}

/** https://no-color.org: whoever sets the variable wants none. */
function wantsColor(): boolean {
  return process.stdout.isTTY === true && !process.env['NO_COLOR'];
}
