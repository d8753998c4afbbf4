import { formatHex } from '../../../bytes/hex.ts';
import { joinBytes } from '../../../bytes/join-bytes.ts';
import { sha1 } from '../../../protocol/handshake/accept/sha1.ts';
import type { Given } from './evaluate.ts';

const MAX_LINES = 20;
const MAX_LINE_CHARACTERS = 200;

/** The functions that are given to the reader's code, so that it needs no library and can stay synchronous. */
export const HELPERS: Given = {
  sha1: (bytes: unknown) => sha1(bytesOf(bytes, 'sha1')),
  base64: (bytes: unknown) => btoa(String.fromCharCode(...bytesOf(bytes, 'base64'))),
  concat: (...parts: unknown[]) => joinBytes(parts.map((part) => bytesOf(part, 'concat'))),
  hex: (bytes: unknown) => formatHex(bytesOf(bytes, 'hex')),
};

/** Takes only bytes: `sha1('text')` would otherwise hash nothing at all, without a word. */
function bytesOf(value: unknown, helper: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const hint = typeof value === 'string' ? ' Turn text into bytes first: new TextEncoder().encode(text).' : '';
  throw new TypeError(`${helper}() takes a Uint8Array, and got ${describeType(value)}.${hint}`);
}

function describeType(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'object') return `a value of type ${value.constructor?.name || 'object'}`;
  return `a ${typeof value}`;
}

/** A console that keeps the first lines. */
export class KeptConsole {
  #lines: string[] = [];

  /** The lines since the last call. */
  take(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  /** What the code gets as `console`. */
  readonly given = Object.fromEntries(
    ['log', 'info', 'warn', 'error', 'debug'].map((name) => [name, (...values: unknown[]) => this.#write(values)]),
  );

  #write(values: readonly unknown[]): void {
    if (this.#lines.length >= MAX_LINES) return;
    const line = values.map(textOf).join(' ');
    this.#lines.push(line.length > MAX_LINE_CHARACTERS ? `${line.slice(0, MAX_LINE_CHARACTERS)}…` : line);
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return `bytes ${formatHex(value.subarray(0, MAX_LINE_CHARACTERS / 2))}`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
