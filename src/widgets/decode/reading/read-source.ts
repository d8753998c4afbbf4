import { joinBytes } from '../../../bytes/join-bytes.ts';
import { findMagic } from '../../../inspector/formats/magic.ts';
import { insidePacket } from '../../../inspector/formats/packet-dumps.ts';
import type { Pasted } from '../../../inspector/formats/pasted.ts';
import { readRawBytes } from '../../../inspector/formats/raw-bytes.ts';
import { readPasted } from '../../../inspector/formats/read-pasted.ts';
import { parseHex } from '../../../inspector/hex/parse-hex.ts';
import { openPastedFile, openRecording } from '../../../inspector/open-recording.ts';
import type { TrafficEvent, TrafficKeys, TrafficReader, TrafficRefusal } from '../../../inspector/traffic/traffic.ts';
import { TrafficExplainer } from '../../../inspector/traffic/traffic-explainer.ts';
import { ORDINARY_LATER } from '../../../inspector/wire/ordinary-frame.ts';
import { encodeText } from '../../../text/utf8.ts';
import type { DecodeRequest } from '../../base/address/decode-address.ts';
import { ConnectionCollector } from './collect-connections.ts';
import { NO_SOURCE, type Source } from './source.ts';
import { sourceOfPasted } from './source-of-pasted.ts';

/** Why nothing could be read, and where in the text. */
export interface SourceProblem {
  readonly sentence: string;
  /** Undefined if the text as a whole is the problem. */
  readonly start?: number;
  readonly end?: number;
}

export type ReadResult = Source | { readonly problem: SourceProblem };

/** In bytes: enough for every form to show itself. */
const HEAD_BYTES = 64 * 1024;
/** In characters. A longer text is read as plain hex, or as rows of a dump. */
const MAX_PASTED = 16 * 1024 * 1024;
/** A NUL, or what stands for bytes that are not UTF-8. */
const UNREADABLE_BYTES = /[\0\ufffd]/;

/** Reads a text of any form that the commands `open` and `decode` take. */
export function readTextSource(request: DecodeRequest): ReadResult {
  const { text } = request;
  if (text.trim() === '') return NO_SOURCE;
  const head = encodeText(text.slice(0, HEAD_BYTES));
  const found = openRecording(text.length <= HEAD_BYTES ? head : head.subarray(0, HEAD_BYTES));
  if (found !== undefined) {
    const file = new FileSource(found);
    if (!('refusal' in found)) file.push(encodeText(text));
    return file.end(request);
  }
  return readAsText(text, request);
}

function readAsText(text: string, request: DecodeRequest): ReadResult {
  if (text.length > MAX_PASTED) {
    const plain = parseHex(text);
    if ('problem' in plain) return plain;
    return sourceOfPasted({ form: 'hex', parts: [{ bytes: plain.bytes }], notes: [] }, request);
  }
  const pasted = readPasted(text);
  if (!('problem' in pasted)) return sourceOfPasted(pasted, request);
  const inside = pasted.file && openPastedFile(pasted.file);
  if (pasted.file === undefined || inside === undefined) return pasted;
  const file = new FileSource(inside);
  file.push(pasted.file.bytes);
  return file.end(request);
}

/** Reads a file piece by piece: a recording, raw bytes, or text of any form. */
export class FileSource {
  #head: Uint8Array<ArrayBuffer>[] = [];
  #headLength = 0;
  readonly #name: string | undefined;
  /** Undefined until the form is known, and for text and raw bytes. */
  #reader: TrafficReader | undefined;
  #refusal: string | undefined;
  #isKnown = false;
  readonly #explainer = new TrafficExplainer(false, ORDINARY_LATER);
  readonly #collector = new ConnectionCollector(true);
  #isFull = false;

  readonly #keys: TrafficKeys | undefined;

  /**
   * @param given the name of the file, or the reader of its form if that is known
   * @param keys without them, nothing is decrypted
   */
  constructor(given?: string | TrafficReader | TrafficRefusal, keys?: TrafficKeys) {
    this.#keys = keys;
    this.#name = typeof given === 'string' ? given : undefined;
    if (typeof given === 'object') this.#found(given);
  }

  /** Whether nothing more will be read: the rest of the file can be left out. */
  get isFull(): boolean {
    return this.#isFull || this.#refusal !== undefined;
  }

  /** Whether it is read in pieces, and never in memory as a whole. */
  get isRecording(): boolean {
    return this.#reader !== undefined;
  }

  push(piece: Uint8Array<ArrayBuffer>): void {
    if (this.#reader !== undefined) {
      this.#take(this.#reader.push(piece));
      return;
    }
    this.#head.push(piece);
    this.#headLength += piece.length;
    if (!this.#isKnown && this.#headLength >= HEAD_BYTES) this.#recognize();
  }

  /** What was read so far; undefined if there is nothing to list yet. It grows while the file is read. */
  get soFar(): Source | undefined {
    const { notes, connections } = this.#collector;
    if (this.#reader === undefined || !connections.some(({ items }) => items.length > 0)) return undefined;
    return { form: this.#reader.form, notes, connections, pasted: undefined };
  }

  /** The file has ended. */
  end(request: DecodeRequest): ReadResult {
    if (!this.#isKnown) this.#recognize();
    if (this.#refusal !== undefined) return { problem: { sentence: this.#refusal } };
    const reader = this.#reader;
    if (reader === undefined) return readBytes(joinBytes(this.#head), request);
    if (!this.#isFull) {
      this.#take(reader.end());
      for (const message of this.#explainer.end()) this.#collector.take(message);
    }
    if (this.#refusal !== undefined) return { problem: { sentence: this.#refusal } };
    const { notes, connections } = this.#collector;
    if (connections.length === 0) {
      const sentences = [`This is ${reader.form}, and there is no WebSocket in it.`, ...notes];
      if (notes.some((note) => note.includes('TLS'))) sentences.push(WITH_SECRETS);
      return { problem: { sentence: sentences.join(' ') } };
    }
    const full = this.#isFull ? [`${LEFT_OUT} To see all: framelight open --list FILE`] : [];
    return { form: reader.form, notes: [...notes, ...full], connections, pasted: undefined };
  }

  #recognize(): void {
    this.#isKnown = true;
    const head = joinBytes(this.#head);
    this.#head = [head];
    const found = openRecording(head, this.#name, this.#keys);
    if (found === undefined) return;
    this.#found(found);
    this.#head = [];
    if (this.#reader !== undefined) this.#take(this.#reader.push(head));
  }

  #found(found: TrafficReader | TrafficRefusal): void {
    this.#isKnown = true;
    if ('refusal' in found) this.#refusal = found.refusal;
    else this.#reader = found;
  }

  #take(events: Iterable<TrafficEvent>): void {
    for (const event of events) {
      if (event.kind === 'refused') this.#refusal = event.sentence;
      for (const message of this.#explainer.take(event)) this.#collector.take(message);
      if (!this.#collector.isFull) continue;
      this.#isFull = true;
      return;
    }
  }
}

const WITH_SECRETS =
  'If you have the key log of this capture, choose or drop it here too. No byte of it leaves this page.';
const UNKNOWN = 'This is a binary file of an unknown form.';
const LEFT_OUT = 'This page keeps only the first frames of so long a recording.';

/** A file that is no recording: text, the raw bytes of a connection, or frames. */
function readBytes(bytes: Uint8Array<ArrayBuffer>, request: DecodeRequest): ReadResult {
  if (bytes.length === 0) return NO_SOURCE;
  const text = new TextDecoder().decode(bytes);
  if (!UNREADABLE_BYTES.test(text)) {
    const read = readAsText(text, request);
    // A few frames can be valid UTF-8: their first bytes are characters that no text has.
    if (!('problem' in read) || !HAS_CONTROLS.test(text.slice(0, HEAD_BYTES))) return read;
  }
  const magic = findMagic(bytes);
  if (magic !== undefined) return { problem: { sentence: magic.sentence } };
  const known = readRawBytes(bytes);
  const [first = 0] = bytes;
  // A frame never begins so: this is text with bytes that are not UTF-8.
  if (known === undefined && first >= 0x20 && first < 0x7f) return { problem: { sentence: UNKNOWN } };
  const raw: Pasted = known ?? { form: 'raw bytes', parts: [{ bytes }], notes: [] };
  return sourceOfPasted(insidePacket(raw), request);
}

/** Control characters, but for white space and the ESC of colors. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const HAS_CONTROLS = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/;
