import type { Ending } from '../../inspector/endings/ending.ts';
import { readPasted } from '../../inspector/formats/read-pasted.ts';
import { placeIn } from '../../inspector/hex/hex-reader.ts';
import { openRecording } from '../../inspector/open-recording.ts';
import { explainPasted } from '../../inspector/traffic/pasted-traffic.ts';
import { TrafficExplainer, type TrafficMessage } from '../../inspector/traffic/traffic-explainer.ts';

/** Why the connections of a recording ended. */
export interface RecordedEndings {
  /** The form, such as `a pcap capture`. */
  readonly form: string;
  /** The first of them, in the order in which they ended. */
  readonly endings: readonly RecordedEnding[];
  /** How many more there are. */
  readonly more: number;
}

export interface RecordedEnding extends Ending {
  readonly path: string;
}

/** In bytes: enough for every form to show itself. */
const HEAD_BYTES = 64 * 1024;
/** In bytes. Text is read as a whole. */
const MAX_TEXT_BYTES = 1024 * 1024;
const MAX_ENDINGS = 100;

/**
 * Reads a recording of any form that `framelight open` reads. A capture of any length is never in memory as a whole.
 *
 * @param rest called between pieces, so that the page can draw
 */
export async function readEndings(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
  rest: () => Promise<void>,
): Promise<RecordedEndings | { readonly problem: string }> {
  const all = pieces[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  while (head.length < HEAD_BYTES) {
    const { value, done } = await all.next();
    if (done) break;
    head = joined(head, value);
  }
  if (head.length === 0) return { problem: 'The file is empty.' };
  const found = openRecording(head, name);
  if (found === undefined) return readText(head, all);
  if ('refusal' in found) return { problem: found.refusal };
  const explainer = new TrafficExplainer();
  const collected = new Collected(found.form);
  for (let piece: Uint8Array | undefined = head; piece !== undefined; ) {
    for (const event of found.push(piece)) for (const message of explainer.take(event)) collected.take(message);
    await rest();
    const { value, done }: IteratorResult<Uint8Array> = await all.next();
    piece = done ? undefined : value;
  }
  for (const event of found.end()) for (const message of explainer.take(event)) collected.take(message);
  for (const message of explainer.end()) collected.take(message);
  return collected.result;
}

async function readText(
  head: Uint8Array<ArrayBuffer>,
  rest: AsyncIterator<Uint8Array>,
): Promise<RecordedEndings | { readonly problem: string }> {
  let bytes = head;
  for (;;) {
    const { value, done } = await rest.next();
    if (done) break;
    if (bytes.length + value.length > MAX_TEXT_BYTES) {
      return { problem: 'This is no capture, and as text it has more than 1 MiB. Cut out the part that matters.' };
    }
    bytes = joined(bytes, value);
  }
  const text = new TextDecoder().decode(bytes);
  const pasted = readPasted(text);
  if ('problem' in pasted) {
    const { line, column, sentence } = placeIn(text, pasted.problem);
    return { problem: `Line ${line}, character ${column}: ${sentence}` };
  }
  const collected = new Collected(pasted.form);
  for (const message of explainPasted(pasted)) collected.take(message);
  return collected.result;
}

class Collected {
  readonly #form: string;
  readonly #paths = new Map<number, string>();
  readonly #endings: RecordedEnding[] = [];
  #more = 0;

  constructor(form: string) {
    this.#form = form;
  }

  take(message: TrafficMessage): void {
    if (message.type === 'open') this.#paths.set(message.connection, message.path);
    if (message.type !== 'ending') return;
    const path = this.#paths.get(message.connection) ?? '';
    this.#paths.delete(message.connection);
    if (this.#endings.length < MAX_ENDINGS) this.#endings.push({ ...message, path });
    else this.#more++;
  }

  get result(): RecordedEndings | { readonly problem: string } {
    if (this.#endings.length === 0) return { problem: `This is ${this.#form}, but there is no WebSocket in it.` };
    return { form: this.#form, endings: this.#endings, more: this.#more };
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
