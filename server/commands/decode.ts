import { formatHex } from '../../src/bytes/hex.ts';
import { type ExchangeFrame, readExchange } from '../../src/inspector/formats/exchange.ts';
import type { InflatedMessage } from '../../src/inspector/formats/message-reader.ts';
import type { Pasted } from '../../src/inspector/formats/pasted.ts';
import { readPasted } from '../../src/inspector/formats/read-pasted.ts';
import { formatTextDump, type HexProblem, HexReader, type PlacedProblem, placeIn } from '../../src/inspector/index.ts';
import { countBytes } from '../../src/text/count.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { parseArguments } from './parse.ts';

const OPTIONS = { json: { type: 'boolean' }, from: { type: 'string' } } as const;
const STANDARD_INPUT = '-';

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
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const sender = parseSender(values.from);
    if (positionals.length === 0)
      throw new BadInput('decode needs bytes, such as 8105 in hex, or "-" to read them from standard input.');
    const fromInput = positionals.length === 1 && positionals[0] === STANDARD_INPUT;
    const given = fromInput ? textOf(process.stdin) : [positionals.join(' ')];
    await print(await read(given, fromInput), { sender, json: values.json === true }, output);
    return 0;
  },
};

function parseSender(sender: string | undefined): 'client' | 'server' | undefined {
  if (sender === undefined || sender === 'client' || sender === 'server') return sender;
  throw new BadInput(`--from is ${JSON.stringify(sender)}. Give client or server.`);
}

async function* textOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  for await (const chunk of input) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Reads a text of any length. A long one is never in memory as a whole. */
async function read(pieces: AsyncIterable<string> | Iterable<string>, isFile: boolean): Promise<Pasted> {
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
  if ('problem' in pasted)
    throw UNREADABLE_BYTES.test(text)
      ? new BadInput('The input is binary, not text. Convert it to hex first: xxd FILE | framelight decode -')
      : unreadable(placeIn(text, pasted.problem), isFile || text.includes('\n'), lineAt(text, pasted.problem));
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
}

/** The number of characters that are written at once. */
const BATCH_LENGTH = 64 * 1024;

/** Prints a frame that is cut off as far as it goes, and then fails with a message that says so. */
async function print(pasted: Pasted, { sender, json }: Printed, output: Output): Promise<void> {
  const { frames, heads, notes, incomplete } = readExchange(pasted, sender);
  for (const sentence of [`Read as: ${pasted.form}.`, ...pasted.notes, ...notes])
    output.err(`${escapeUnseen(sentence)}\n`);
  const hasSides =
    heads.length > 1 || pasted.parts.some((part) => part.side !== undefined || part.sender !== undefined);
  const format = json ? formatJson : formatText(wantsColor(), hasSides);
  let batch = '';
  let count = 0;
  for (const frame of frames) {
    count++;
    batch += format(frame);
    if (batch.length < BATCH_LENGTH) continue;
    output.out(batch);
    batch = '';
    await output.drained?.();
  }
  output.out(batch);
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
    ...dump,
    ...(inflated === undefined ? {} : { inflated: presentInflated(inflated) }),
  };
  return `${escapeUnseen(JSON.stringify(message))}\n`;
}

/** Puts an empty line between frames. */
function formatText(color: boolean, hasSides: boolean): (frame: ExchangeFrame) => string {
  let between = '';
  return ({ offset, dump, inflated, sender }) => {
    const from = sender ?? (dump.masked ? 'client' : 'server');
    const way = from === 'client' ? 'client to server\n' : 'server to client\n';
    const text = between + (hasSides ? way : '') + formatTextDump(dump, { offset, color });
    between = '\n';
    return inflated === undefined ? text : text + formatInflated(inflated);
  };
}

/** In characters. */
const MAX_SHOWN_TEXT = 4096;

function formatInflated(inflated: InflatedMessage): string {
  const { packedBytes, output, ending, problem, blockCount } = inflated;
  const text = decodeUtf8(output);
  const shown =
    text === undefined
      ? `${formatHex(output.subarray(0, 64))}${output.length > 64 ? ' …' : ''}`
      : JSON.stringify(text.slice(0, MAX_SHOWN_TEXT));
  const blocks = blockCount === 1 ? '1 block' : `${blockCount} blocks`;
  const lines = [`  inflated: ${countBytes(output.length)} from ${countBytes(packedBytes)}, ${blocks}`, `  ${shown}`];
  if (inflated.unknown.length > 0)
    lines.push('  Some bytes were copied from messages that are not here: they are shown as 00.');
  if (ending === 'cut') lines.push('  ! The compressed data ends in the middle of a block.');
  if (problem !== undefined)
    lines.push(`  ! The compressed data is malformed at bit ${problem.bit + 1}: ${problem.sentence}`);
  return `\n${escapeUnseen(lines.join('\n'))}\n`;
}

function presentInflated({ output, packedBytes, ending, unknown, problem }: InflatedMessage): object {
  const text = decodeUtf8(output);
  return {
    hex: formatHex(output).replaceAll(' ', ''),
    ...(text === undefined ? {} : { text }),
    packedBytes,
    ending,
    unknown,
    ...(problem && { problem }),
  };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** https://no-color.org: a user who sets the variable wants no colors. */
function wantsColor(): boolean {
  return process.stdout.isTTY === true && !process.env['NO_COLOR'];
}
