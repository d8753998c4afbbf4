import { framesIn, surveyFrames } from '../../src/inspector/frame/decode-stream.ts';
import type { RecordedFrame } from '../../src/inspector/frame/frame-recorder.ts';
import { formatTextDump } from '../../src/inspector/frame/text-dump.ts';
import { HexReader, type PlacedProblem } from '../../src/inspector/hex/hex-reader.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { parseArguments } from './parse.ts';

const OPTIONS = { json: { type: 'boolean' }, from: { type: 'string' } } as const;
const STANDARD_INPUT = '-';

/** Prints an annotated dump of every frame in bytes given as hex. */
export const decode: Command = {
  name: 'decode',
  usage: 'HEX',
  help: [
    'explains every frame in the bytes; "-" instead of HEX reads standard input',
    '  --json                print one line of JSON for each frame',
    '  --from SENDER         client or server; by default the MASK bit decides',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const sender = parseSender(values.from);
    if (positionals.length === 0)
      throw new BadInput('decode needs bytes in hex, or "-" to read them from standard input.');
    const fromInput = positionals.length === 1 && positionals[0] === STANDARD_INPUT;
    const bytes = fromInput ? await readInput() : await readArguments(positionals.join(' '));
    await print(bytes, { sender, json: values.json === true }, output);
    return 0;
  },
};

function parseSender(sender: string | undefined): 'client' | 'server' | undefined {
  if (sender === undefined || sender === 'client' || sender === 'server') return sender;
  throw new BadInput(`--from is ${JSON.stringify(sender)}. Give client or server.`);
}

/** Reads input of any length without holding its text in memory. */
async function readInput(): Promise<Uint8Array> {
  return readHex(textOf(process.stdin), ({ line, column }) => `Line ${line}, character ${column}`);
}

async function readArguments(hex: string): Promise<Uint8Array> {
  const isOneLine = !hex.includes('\n');
  return readHex([hex], ({ line, column }) => `${isOneLine ? 'C' : `Line ${line}, c`}haracter ${column}`);
}

async function* textOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  for await (const chunk of input) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** @param placeOf formats the place of a problem, which starts the message */
async function readHex(
  pieces: AsyncIterable<string> | Iterable<string>,
  placeOf: (problem: PlacedProblem) => string,
): Promise<Uint8Array> {
  const reader = new HexReader();
  const fail = (problem: PlacedProblem) => new BadInput(`${placeOf(problem)}: ${problem.sentence}`);
  for await (const piece of pieces) {
    const problem = reader.push(piece);
    if (problem !== undefined) throw fail(problem);
  }
  const result = reader.end();
  if ('problem' in result) throw fail(result.problem);
  if (result.bytes.length === 0) throw new BadInput('There are no bytes. Give them in hex, two digits for each.');
  return result.bytes;
}

interface Printed {
  readonly sender: 'client' | 'server' | undefined;
  readonly json: boolean;
}

/** The number of characters that are written at once. */
const BATCH_LENGTH = 64 * 1024;

/** Looks through all bytes first, so that nothing is printed if a frame is incomplete. */
async function print(bytes: Uint8Array, { sender, json }: Printed, output: Output): Promise<void> {
  const { http, incomplete } = surveyFrames(bytes);
  if (incomplete) throw new BadInput(`${incomplete.sentence} Add the rest of the frame, or remove its start.`);
  if (http?.byteLength === bytes.length) throw new BadInput(`${http.sentence} No frame follows it.`);
  if (http) output.err(`${http.sentence}\n`);
  const format = json ? formatJson : formatText(wantsColor());
  let batch = '';
  for (const frame of framesIn(bytes, { http, sender })) {
    batch += format(frame);
    if (batch.length < BATCH_LENGTH) continue;
    output.out(batch);
    batch = '';
    await output.drained?.();
  }
  output.out(batch);
}

function formatJson({ offset, dump }: RecordedFrame): string {
  return `${escapeUnseen(JSON.stringify({ type: 'frame', offset, ...dump }))}\n`;
}

/** Puts an empty line between frames. */
function formatText(color: boolean): (frame: RecordedFrame) => string {
  let between = '';
  return ({ offset, dump }) => {
    const text = between + formatTextDump(dump, { offset, color });
    between = '\n';
    return text;
  };
}

/** https://no-color.org: a user who sets the variable wants no colors. */
function wantsColor(): boolean {
  return process.stdout.isTTY === true && !process.env['NO_COLOR'];
}
