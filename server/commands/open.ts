import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { joinBytes } from '../../src/bytes/join-bytes.ts';
import { KeyLog } from '../../src/inspector/formats/captures/tls/key-log.ts';
import { readRawBytes } from '../../src/inspector/formats/raw-bytes.ts';
import { readPasted } from '../../src/inspector/formats/read-pasted.ts';
import { placeIn } from '../../src/inspector/index.ts';
import { openPastedFile, openRecording } from '../../src/inspector/open-recording.ts';
import { formatTrafficMessage } from '../../src/inspector/traffic/format-traffic.ts';
import { FrameList } from '../../src/inspector/traffic/frame-list.ts';
import { explainPasted } from '../../src/inspector/traffic/pasted-traffic.ts';
import type { TrafficEvent, TrafficKeys, TrafficReader } from '../../src/inspector/traffic/traffic.ts';
import { TrafficExplainer, type TrafficMessage } from '../../src/inspector/traffic/traffic-explainer.ts';
import { countNoun } from '../../src/text/count.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { openSealed } from './open-sealed.ts';
import { parseArguments, wholeNumber } from './parse.ts';
import { FILTER_HELP, parseFilter } from './traffic-filter.ts';

const OPTIONS = {
  json: { type: 'boolean' },
  connection: { type: 'string' },
  filter: { type: 'string' },
  keylog: { type: 'string' },
  list: { type: 'boolean' },
  verbose: { type: 'boolean' },
} as const;

const STANDARD_INPUT = '-';

/** In bytes: enough for every form to show itself. */
const HEAD_BYTES = 64 * 1024;
/** A NUL, or what stands for bytes that are not UTF-8. */
const UNREADABLE_BYTES = /[\0\ufffd]/;

/** In bytes. Text is read as a whole; recordings are not. */
const MAX_TEXT_BYTES = 256 * 1024 * 1024;
/** The number of characters that are written at once. */
const BATCH_LENGTH = 64 * 1024;

/** Opens a recording and prints its connections, frames and endings. */
export const open: Command = {
  name: 'open',
  usage: 'FILE…',
  help: [
    'opens a recording of traffic, such as a capture (pcap, pcapng), and prints its connections, their frames, and why',
    'each connection ended; "-" instead of FILE reads standard input. It also takes every text that decode takes',
    '  --json                print one line of JSON for each message: those of the tap, then the ending',
    '  --connection N        only the connection of this number',
    `  --filter WORDS        ${FILTER_HELP[0]}`,
    ...FILTER_HELP.slice(1).map((line) => `                        ${line}`),
    '  --list                only a short line for each frame of a capture, much faster: connection, direction, time, offset,',
    '                        opcode, FIN and payload length, with tabs between',
    '  --keylog FILE         decrypt TLS with the secrets in this file, the one that SSLKEYLOGFILE names',
    '  --verbose             print every field of each frame',
  ],
  async run(args, output) {
    const given = args.map((arg) => (arg === '-v' ? '--verbose' : arg));
    const { values, positionals } = parseArguments(given, OPTIONS);
    if (positionals.length === 0)
      throw new BadInput('open needs a file, such as traffic.pcapng, or "-" to read standard input.');
    const connection = wholeNumber('connection', values.connection, 1, Number.MAX_SAFE_INTEGER);
    const passes = parseFilter(values.filter ?? '');
    const print = { json: values.json === true, verbose: values.verbose === true };
    const wanted = (message: TrafficMessage) =>
      (connection === undefined || !('connection' in message) || message.connection === connection) && passes(message);
    if (values.list && (print.json || print.verbose || values.filter !== undefined))
      throw new BadInput('--list prints no content, so it cannot be combined with --json, --verbose or --filter.');
    const keys = { openSealed, keyLog: values.keylog === undefined ? '' : await readKeyLog(values.keylog) };
    for (const file of positionals) {
      if (positionals.length > 1 && !print.json) output.out(`${escapeUnseen(file)}\n`);
      await openFile(file, { ...print, wanted, keys, list: values.list === true, connection }, output);
    }
    return 0;
  },
};

interface Printing {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly wanted: (message: TrafficMessage) => boolean;
  readonly keys: TrafficKeys;
  readonly list: boolean;
  readonly connection: number | undefined;
}

/** In bytes. A key log that is longer is another file. */
const MAX_KEY_LOG_BYTES = 64 * 1024 * 1024;

async function readKeyLog(file: string): Promise<string> {
  if (file === '')
    throw new BadInput('--keylog needs a file: the one that SSLKEYLOGFILE named when the traffic was recorded.');
  let text = '';
  const pieces = bytesOf(file);
  for (;;) {
    const { value, done } = await next(pieces, file);
    if (done) break;
    text += Buffer.from(value).toString('latin1');
    if (text.length > MAX_KEY_LOG_BYTES) throw new BadInput(`${file} is too long for a key log.`);
  }
  const log = new KeyLog();
  log.add(text);
  if (log.size === 0)
    throw new BadInput(
      `${file} has no TLS secrets. A key log has lines such as "CLIENT_TRAFFIC_SECRET_0 …": SSLKEYLOGFILE names the file to which Chrome, Firefox, curl and Python write them, and node --tls-keylog=FILE does the same.`,
    );
  return text;
}

async function openFile(file: string, printing: Printing, output: Output): Promise<void> {
  const name = file === STANDARD_INPUT ? 'standard input' : file;
  const pieces = bytesOf(file);
  let head = new Uint8Array(0);
  for (;;) {
    const { value, done } = await next(pieces, name);
    if (done) break;
    head = joined(head, value);
    if (head.length >= HEAD_BYTES) break;
  }
  if (head.length === 0) throw new BadInput(`${name} is empty.`);
  const found = openRecording(head, file, printing.keys);
  if (found !== undefined && 'refusal' in found) throw new BadInput(`${name}: ${found.refusal}`);
  if (printing.list) {
    if (found === undefined) throw new BadInput(`${name} is text. --list reads recordings: leave it out.`);
    await listFrames(found, head, pieces, name, printing.connection, output);
    return;
  }
  const printer = new Printer(printing, output);
  if (found === undefined) await openText(head, pieces, name, printing.keys, printer, output);
  else await openTraffic(found, head, pieces, name, printer, output);
  await printer.end();
}

async function openTraffic(
  reader: TrafficReader,
  head: Uint8Array,
  pieces: AsyncIterator<Uint8Array>,
  name: string,
  printer: Printer,
  output: Output,
): Promise<void> {
  output.err(`Read as: ${reader.form}.\n`);
  const explainer = new TrafficExplainer();
  let piece: Uint8Array | undefined = head;
  while (piece !== undefined) {
    for (const event of reader.push(piece)) for (const message of explainer.take(event)) await printer.print(message);
    const { value, done } = await next(pieces, name);
    piece = done ? undefined : value;
  }
  for (const event of reader.end()) {
    if (event.kind === 'refused') throw new BadInput(`${name}: ${event.sentence}`);
    for (const message of explainer.take(event)) await printer.print(message);
  }
  for (const message of explainer.end()) await printer.print(message);
  if (printer.connections === 0) throw new BadInput(`${name} is ${reader.form}, but there is no WebSocket in it.`);
}

/** Lists frames from their headers alone: nothing is explained. */
async function listFrames(
  reader: TrafficReader,
  head: Uint8Array,
  pieces: AsyncIterator<Uint8Array>,
  name: string,
  connection: number | undefined,
  output: Output,
): Promise<void> {
  output.err(`Read as: ${reader.form}.\n`);
  let batch = '';
  let connections = 0;
  const list = new FrameList((number, direction, timeMs, offset, firstByte, _isMasked, payloadLength) => {
    const time = timeMs === undefined ? '' : Math.round(timeMs * 1000) / 1000;
    batch += `${number}\t${direction}\t${time}\t${offset}\t${firstByte & 15}\t${firstByte >> 7}\t${payloadLength}\n`;
  });
  const take = (events: Iterable<TrafficEvent>) => {
    for (const event of events) {
      if (event.kind === 'note') output.err(`${escapeUnseen(event.sentence)}\n`);
      else if (event.kind === 'refused') throw new BadInput(`${name}: ${event.sentence}`);
      else if (event.kind === 'message') throw new BadInput(`${name} holds messages, not frames. Leave --list out.`);
      else if (connection === undefined || event.connection === connection) {
        if (event.kind === 'open') connections++;
        list.take(event);
      }
    }
  };
  let piece: Uint8Array | undefined = head;
  while (piece !== undefined) {
    take(reader.push(piece));
    if (batch.length > BATCH_LENGTH) {
      output.out(batch);
      batch = '';
      await output.drained?.();
    }
    const { value, done } = await next(pieces, name);
    piece = done ? undefined : value;
  }
  take(reader.end());
  output.out(batch);
  if (connections === 0) throw new BadInput(`${name} is ${reader.form}, but there is no WebSocket in it.`);
}

async function openText(
  head: Uint8Array,
  pieces: AsyncIterator<Uint8Array>,
  name: string,
  keys: TrafficKeys,
  printer: Printer,
  output: Output,
): Promise<void> {
  const all = [head];
  let length = head.length;
  for (;;) {
    const { value, done } = await next(pieces, name);
    if (done) break;
    length += value.length;
    if (length > MAX_TEXT_BYTES)
      throw new BadInput(`${name} is text of more than 256 MiB. Cut out the part that matters.`);
    all.push(value);
  }
  const bytes = joinBytes(all);
  const text = new TextDecoder().decode(bytes);
  const pasted = (UNREADABLE_BYTES.test(text) ? readRawBytes(bytes) : undefined) ?? readPasted(text);
  if ('problem' in pasted) {
    const { file } = pasted;
    const inside = file && openPastedFile(file, keys);
    if (file !== undefined && inside !== undefined) {
      await openTraffic(inside, file.bytes, pieces, name, printer, output);
      return;
    }
    if (UNREADABLE_BYTES.test(text.slice(0, HEAD_BYTES)))
      throw new BadInput(
        `${name}: This is a binary file of an unknown form. Captures are read as pcap or pcapng; for raw bytes of a connection: xxd FILE | framelight decode -`,
      );
    const { line, column, sentence } = placeIn(text, pasted.problem);
    throw new BadInput(`${name}, line ${line}, character ${column}: ${sentence}`);
  }
  output.err(`Read as: ${pasted.form}.\n`);
  for (const message of explainPasted(pasted)) await printer.print(message);
}

async function next(pieces: AsyncIterator<Uint8Array>, name: string): Promise<IteratorResult<Uint8Array, undefined>> {
  try {
    return await pieces.next();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'does not exist. Check the path.'
        : code === 'EISDIR'
          ? 'is a folder. Name a file in it.'
          : code === 'EACCES'
            ? 'cannot be read: this user has no permission.'
            : `cannot be read (${error instanceof Error ? error.message : code}).`;
    throw new BadInput(`${name} ${why}`);
  }
}

/** The bytes of a file, unpacked if gzip packed them. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array, undefined, undefined> {
  const stream = file === STANDARD_INPUT ? process.stdin : createReadStream(file, { highWaterMark: 1024 * 1024 });
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const { value: first, done } = await pieces.next();
  if (done || first === undefined) return;
  const all = (async function* () {
    yield first;
    for (;;) {
      const { value, done: isDone } = await pieces.next();
      if (isDone) return;
      yield value;
    }
  })();
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* all;
    return;
  }
  const unpacked = createGunzip();
  pipeline(all, unpacked, () => {});
  yield* unpacked;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

/** Prints messages in batches, and counts the connections. */
class Printer {
  readonly #printing: Printing;
  readonly #output: Output;
  readonly #color = process.stdout.isTTY === true && !process.env['NO_COLOR'];
  #batch = '';
  connections = 0;

  constructor(printing: Printing, output: Output) {
    this.#printing = printing;
    this.#output = output;
  }

  async print(message: TrafficMessage): Promise<void> {
    const { json, verbose, wanted } = this.#printing;
    if (message.type === 'open') this.connections++;
    if (message.type === 'note' && !json) {
      await this.#flush();
      this.#output.err(`${escapeUnseen(message.sentence)}\n`);
      return;
    }
    if (!wanted(message)) return;
    if (json) this.#batch += `${escapeUnseen(JSON.stringify(message))}\n`;
    else {
      const lines = formatTrafficMessage(message, { verbose, color: this.#color });
      if (lines !== undefined)
        this.#batch += `${lines}
`;
    }
    if (this.#batch.length > BATCH_LENGTH) await this.#flush();
  }

  async end(): Promise<void> {
    await this.#flush();
    if (!this.#printing.json && this.connections > 1)
      this.#output.err(`${countNoun(this.connections, 'connection')}.\n`);
  }

  async #flush(): Promise<void> {
    if (this.#batch === '') return;
    this.#output.out(this.#batch);
    this.#batch = '';
    await this.#output.drained?.();
  }
}
