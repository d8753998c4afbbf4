import { dumpInflated } from '../../src/inspector/deflate/inflated-dump.ts';
import { isProbablyCompressed } from '../../src/inspector/deflate/probably-compressed.ts';
import { type ExchangeFrame, readExchange } from '../../src/inspector/formats/exchange.ts';
import type { Pasted } from '../../src/inspector/formats/pasted.ts';
import { readPasted } from '../../src/inspector/formats/read-pasted.ts';
import {
  formatTextDump,
  type HexProblem,
  HexReader,
  type PlacedProblem,
  placeIn,
  withInflated,
} from '../../src/inspector/index.ts';
import { openRecording } from '../../src/inspector/open-recording.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { parseArguments } from './parse.ts';

const OPTIONS = { json: { type: 'boolean' }, from: { type: 'string' }, deflate: { type: 'boolean' } } as const;
const STANDARD_INPUT = '-';

/** In bytes: enough for every form of recording to show itself. */
const MAX_OPENING_BYTES = 64 * 1024;

/** In characters. A longer text is read in pieces, and must be plain hex, rows of a dump, or an array. */
const MAX_PASTED = 1024 * 1024;

/** Prints an annotated dump of every frame in bytes given as text. */
export const decode: Command = {
  name: 'decode',
  usage: 'BYTES',
  help: [
    'explains every frame in the bytes; "-" instead of BYTES reads standard input. BYTES can be hex, base64, bits, arrays,',
    'strings, and the dumps, logs and packets that other tools print',
    '  --json                print one line of JSON for each frame',
    '  --from SENDER         who sent the bytes: client or server; by default an HTTP head or the MASK bit decides',
    '  --deflate             read messages with RSV1 as compressed (permessage-deflate), if no handshake here says so',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const sender = parseSender(values.from);
    if (positionals.length === 0)
      throw new BadInput('decode needs bytes, such as 8105 in hex, or "-" to read them from standard input.');
    const fromInput = positionals.length === 1 && positionals[0] === STANDARD_INPUT;
    let opening: Uint8Array | undefined;
    const given = fromInput
      ? textOf(process.stdin, (bytes) => {
          opening = bytes;
        })
      : [positionals.join(' ')];
    const { json = false, deflate = false } = values;
    await print(await read(given, fromInput, () => opening), { sender, json, deflate }, output);
    return 0;
  },
};

function parseSender(sender: string | undefined): 'client' | 'server' | undefined {
  if (sender === undefined || sender === 'client' || sender === 'server') return sender;
  throw new BadInput(`--from is ${JSON.stringify(sender)}. Give client or server.`);
}

/** @param input its first bytes are handed to `onOpening`: they show whether it is a recording */
async function* textOf(
  input: AsyncIterable<Uint8Array>,
  onOpening: (opening: Uint8Array) => void,
): AsyncGenerator<string, void, undefined> {
  let isFirst = true;
  const decoder = new TextDecoder();
  for await (const chunk of input) {
    if (isFirst) onOpening(chunk.slice(0, MAX_OPENING_BYTES));
    isFirst = false;
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

/** Reads a text of any length. A long one is never in memory as a whole. */
async function read(
  pieces: AsyncIterable<string> | Iterable<string>,
  isFile: boolean,
  openingOf: () => Uint8Array | undefined,
): Promise<Pasted> {
  let text = '';
  let reader: HexReader | undefined;
  const check = (problem: PlacedProblem | undefined) => {
    if (problem !== undefined) throw unreadable(problem, isFile || text.includes('\n'));
  };
  for await (const piece of pieces) {
    if (reader === undefined) text += piece;
    else check(reader.push(piece));
    if (reader !== undefined || text.length <= MAX_PASTED) continue;
    reader = new HexReader();
    check(reader.push(text));
  }
  if (reader !== undefined) {
    const result = reader.end();
    if ('problem' in result) throw unreadable(result.problem, true);
    return { form: 'hex', parts: [{ bytes: result.bytes }], notes: [] };
  }
  const pasted = readPasted(text);
  if ('problem' in pasted) {
    const recording = openRecording(openingOf() ?? encodeText(text));
    if (recording !== undefined)
      throw new BadInput(
        'refusal' in recording
          ? recording.refusal
          : `This is ${recording.form}, a recording of traffic. Use: framelight open FILE`,
      );
    throw UNREADABLE_BYTES.test(text)
      ? new BadInput('The input is binary, not text. Convert it to hex first: xxd FILE | framelight decode -')
      : unreadable(placeIn(text, pasted.problem), isFile || text.includes('\n'), lineAt(text, pasted.problem));
  }
  if (pasted.parts.every(({ bytes }) => bytes.length === 0) && pasted.notes.length === 0) {
    throw new BadInput('There are no bytes in the input. Give them in hex, such as 8105.');
  }
  return pasted;
}

/** A NUL, or what stands for bytes that are not UTF-8. */
const UNREADABLE_BYTES = /[\0\ufffd]/;

/** @param shown the line and a mark below the place, if it is short enough */
function unreadable({ line, column, sentence }: PlacedProblem, hasLines: boolean, shown = ''): BadInput {
  const place = hasLines ? `Line ${line}, character ${column}` : `Character ${column}`;
  return new BadInput(`${place}: ${sentence}${shown}`);
}

const MAX_SHOWN_COLUMNS = 100;

/** The line, and below it a mark at the place; empty if the line is too long for a terminal. */
function lineAt(text: string, { start }: HexProblem): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', start);
  const line = text.slice(from, to < 0 ? text.length : to).trimEnd();
  if (line.length > MAX_SHOWN_COLUMNS || start - from > line.length) return '';
  return `\n  ${escapeUnseen(line.replaceAll('\t', ' '))}\n  ${' '.repeat(start - from)}^`;
}

interface Printed {
  readonly sender: 'client' | 'server' | undefined;
  readonly json: boolean;
  /** Whether messages with RSV1 are inflated even if no response here agrees on it. */
  readonly deflate: boolean;
}

/** The number of characters that are written at once. */
const BATCH_LENGTH = 64 * 1024;

/** Prints a frame that is cut off as far as it goes, and then fails with a message that says so. */
async function print(pasted: Pasted, { sender, json, deflate }: Printed, output: Output): Promise<void> {
  const { frames, heads, notes, incomplete } = readExchange(pasted, { sender, readsCompressed: deflate });
  for (const sentence of [`Read as: ${pasted.form}.`, ...pasted.notes, ...notes])
    output.err(`${escapeUnseen(sentence)}\n`);
  const hasSides =
    heads.length > 1 || pasted.parts.some((part) => part.side !== undefined || part.sender !== undefined);
  const format = json ? formatJson : formatText(wantsColor(), hasSides);
  let batch = '';
  let count = 0;
  let compressedAt: number | undefined;
  for (const frame of frames) {
    count++;
    if (compressedAt === undefined && isProbablyCompressed(frame.dump)) compressedAt = frame.offset;
    batch += format(frame);
    if (batch.length < BATCH_LENGTH) continue;
    output.out(batch);
    batch = '';
    await output.drained?.();
  }
  output.out(batch);
  if (compressedAt !== undefined) {
    const sentence = `The frame at byte ${compressedAt + 1} has RSV1 set: probably permessage-deflate. Add --deflate to read it as compressed.`;
    output.err(`${sentence}\n`);
  }
  const [cut] = incomplete;
  if (cut !== undefined) throw new BadInput(`${cut.sentence} Add the rest of the frame, or remove its start.`);
  if (count === 0 && heads.length === 0 && pasted.notes.length === 0)
    throw new BadInput('There is no frame in these bytes.');
}

function formatJson({ offset, dump, inflated, sender }: ExchangeFrame): string {
  const message = {
    type: 'frame',
    ...(sender === undefined ? {} : { direction: sender === 'client' ? 'in' : 'out' }),
    offset,
    ...withInflated(dump, inflated && dumpInflated(inflated)),
  };
  return `${escapeUnseen(JSON.stringify(message))}\n`;
}

/** Puts an empty line between frames. */
function formatText(color: boolean, hasSides: boolean): (frame: ExchangeFrame) => string {
  let between = '';
  return ({ offset, dump, inflated, sender }) => {
    const from = sender ?? (dump.masked ? 'client' : 'server');
    const way = from === 'client' ? 'client to server\n' : 'server to client\n';
    const whole = withInflated(dump, inflated && dumpInflated(inflated));
    const text = between + (hasSides ? way : '') + formatTextDump(whole, { offset, color });
    between = '\n';
    return text;
  };
}

/** https://no-color.org: a user who sets the variable wants no colors. */
function wantsColor(): boolean {
  return process.stdout.isTTY === true && !process.env['NO_COLOR'];
}
