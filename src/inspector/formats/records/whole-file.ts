import { GrowingBytes } from '../../../bytes/growing-bytes.ts';
import type { OpenForm, TrafficEvent, TrafficReader } from '../../traffic/traffic.ts';

/** A form that can only be read as a whole, as JSON can. */
export interface WholeForm {
  /** The name of the form, with its article. */
  readonly form: string;
  /** @param head the first 64 KiB or less, as text */
  recognizes(head: string, bytes: Uint8Array): boolean;
  /** Reads the file. Never throws: what is wrong becomes a note. */
  read(bytes: Uint8Array<ArrayBuffer>): Iterable<TrafficEvent>;
}

/** In bytes. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;
const MAX_HEAD_BYTES = 64 * 1024;

/** Makes a reader of a form that is read as a whole. */
export function openWhole(whole: WholeForm): OpenForm {
  return (head) => {
    const text = new TextDecoder().decode(head.subarray(0, MAX_HEAD_BYTES)).replace(/^\ufeff/, '');
    return whole.recognizes(text, head) ? new WholeReader(whole) : undefined;
  };
}

class WholeReader implements TrafficReader {
  readonly form: string;
  readonly #whole: WholeForm;
  readonly #bytes = new GrowingBytes();
  #isTooLong = false;

  constructor(whole: WholeForm) {
    this.form = whole.form;
    this.#whole = whole;
  }

  push(piece: Uint8Array): TrafficEvent[] {
    this.#isTooLong ||= this.#bytes.length + piece.length > MAX_FILE_BYTES;
    if (!this.#isTooLong) this.#bytes.append(piece);
    return [];
  }

  end(): Iterable<TrafficEvent> {
    if (!this.#isTooLong) return this.#whole.read(this.#bytes.take());
    const sentence = `The file has more than ${MAX_FILE_BYTES / 1024 / 1024} MiB, and this form can only be read as a whole. Export the one connection that matters.`;
    return [{ kind: 'note', sentence }];
  }
}

/** A note, as an event. */
export function note(sentence: string, connection?: number): TrafficEvent {
  return { kind: 'note', sentence, ...(connection !== undefined && { connection }) };
}

/** The text of a file in UTF-8, without a byte order mark. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Any JSON value as an object to look into; an empty one for everything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** JSON; undefined if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The bytes of base64, leniently: unseen characters are skipped. Undefined if it is none. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replace(/\s+/g, ''));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
