import { bytesOfHex } from '../../bytes/hex.ts';
import { joinBytes } from '../../bytes/join-bytes.ts';
import { encodeHeader } from '../../protocol/framing/header.ts';
import {
  HEADER_LENGTHS,
  LENGTH_IN_16_BITS,
  LENGTH_IN_64_BITS,
  MASK_BIT,
  minimalLengthField,
} from '../../protocol/framing/layout.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { quoteText } from '../../text/quote-text.ts';
import { encodeText } from '../../text/utf8.ts';

/** One frame that is to be sent, legal or not, or plain bytes. */
export type Order = FrameOrder | { readonly kind: 'raw'; readonly bytes: Uint8Array };

export interface FrameOrder {
  readonly kind: 'frame';
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly opcode: number;
  readonly payload: Uint8Array;
  /** The masking key; `none` for no mask; undefined for what the sender's role asks for. */
  readonly mask: number | 'none' | undefined;
  /** How many bits state the length; undefined for the shortest form. */
  readonly lengthForm: 7 | 16 | 64 | undefined;
  /** The length that the header states, if it is not that of the payload. */
  readonly statedLength: number | undefined;
}

export interface OrderProblem {
  readonly problem: string;
}

/** Reads a file that an order names. @returns undefined if it cannot be read */
export type ReadFile = (path: string) => Uint8Array | undefined;

const KINDS: Readonly<Record<string, number>> = {
  text: OPCODE.text,
  binary: OPCODE.binary,
  continuation: OPCODE.continuation,
  close: OPCODE.close,
  ping: OPCODE.ping,
  pong: OPCODE.pong,
};

export const ORDER_HELP =
  'text "Hi" · binary 00ff · ping 6869 · close 1000 bye · frame opcode=3 rsv1 mask=0 hex:00ff · raw hex:8100';

/** A quoted text like JSON's, or a word. */
const TOKEN = /"(?:[^"\\]|\\.)*"(?:\*\d+)?|[^\s"]+(?:"(?:[^"\\]|\\.)*")?/gy;

/**
 * Reads an order, such as `text "Hi"`, `ping 6869`, `close 1000 bye`, `frame opcode=3 rsv1 mask=0 hex:00ff` or
 * `raw hex:8100`.
 *
 * A payload is a quoted text (`"x"*1000` repeats it), `hex:…`, `file:…`, or a word: text after `text` and in a close reason,
 * hex after all others. Fields may stand anywhere after the first word: `fin=0`, `rsv1`, `opcode=N`, `mask=KEY` in hex or
 * `mask=0` for none, `form=7`, `16` or `64` for the length, and `length=N` for a length that is not that of the payload.
 */
export function parseOrder(text: string, readFile: ReadFile = () => undefined): Order | OrderProblem {
  const tokens = tokensOf(text.trim());
  if (tokens === undefined) return { problem: 'A quote is not closed.' };
  const [kind, ...rest] = tokens;
  if (kind === undefined) return { problem: `The order is empty. Write one such as ${ORDER_HELP}` };
  const known = Object.hasOwn(KINDS, kind);
  if (!known && kind !== 'frame' && kind !== 'raw')
    return { problem: `Unknown order ${quoteText(kind)}. Write one such as ${ORDER_HELP}` };
  const fields = new Fields(known ? (KINDS[kind] as number) : undefined);
  const payload: Uint8Array[] = [];
  for (const token of rest) {
    const field = kind === 'raw' ? undefined : fields.take(token);
    if (field === 'taken') continue;
    if (field !== undefined) return field;
    const asText = kind === 'text' || (kind === 'close' && payload.length > 0);
    const part =
      kind === 'close' && payload.length === 0 && /^\d{1,5}$/.test(token)
        ? codeBytes(Number(token))
        : payloadOf(token, asText, readFile);
    if ('problem' in part) return part;
    // Words of a text are separated as they were.
    if (asText && payload.length > (kind === 'close' ? 1 : 0) && !token.startsWith('"')) payload.push(encodeText(' '));
    payload.push(part);
  }
  if (kind === 'raw') return { kind: 'raw', bytes: joinBytes(payload) };
  return fields.order(joinBytes(payload));
}

/** Whether an order was understood. */
export function isProblem(order: Order | OrderProblem): order is OrderProblem {
  return 'problem' in order;
}

export interface EncodeOrderOptions {
  readonly sender: 'client' | 'server';
  /** Draws the key of a masked frame whose order names none. */
  readonly nextMaskingKey: () => number;
}

/** The bytes of an order. RFC 6455 §5.2. */
export function encodeOrder(order: Order, { sender, nextMaskingKey }: EncodeOrderOptions): Uint8Array {
  if (order.kind === 'raw') return order.bytes;
  const { payload, lengthForm, mask: asked } = order;
  const payloadLength = order.statedLength ?? payload.length;
  const maskingKey = asked === 'none' ? undefined : (asked ?? (sender === 'client' ? nextMaskingKey() : undefined));
  const lengthField =
    lengthForm === 16 ? LENGTH_IN_16_BITS : lengthForm === 64 ? LENGTH_IN_64_BITS : minimalLengthField(payloadLength);
  const header = new Uint8Array(HEADER_LENGTHS[lengthField | (maskingKey === undefined ? 0 : MASK_BIT)] as number);
  encodeHeader({ ...order, lengthField, payloadLength, maskingKey }, header);
  return joinBytes([header, maskingKey === undefined ? payload : mask(payload, maskingKey)]);
}

/** The fields of a frame while its order is read. */
class Fields {
  #fin = true;
  readonly #rsv = { rsv1: false, rsv2: false, rsv3: false };
  #opcode: number | undefined;
  #mask: FrameOrder['mask'];
  #lengthForm: FrameOrder['lengthForm'];
  #statedLength: number | undefined;

  constructor(opcode: number | undefined) {
    this.#opcode = opcode;
  }

  /** @returns undefined if the token is no field */
  take(token: string): 'taken' | OrderProblem | undefined {
    const [, name = '', value] = /^(fin|rsv[123]|opcode|mask|form|length)(?:=(.*))?$/i.exec(token) ?? [];
    if (name === '') return undefined;
    const problem = this.#set(name.toLowerCase(), value);
    return problem === undefined ? 'taken' : { problem };
  }

  order(payload: Uint8Array): Order | OrderProblem {
    if (this.#opcode === undefined) return { problem: 'A frame needs an opcode: add opcode=1, or any number to 15.' };
    const length = this.#statedLength ?? payload.length;
    if (this.#lengthForm === 7 && length > 125)
      return { problem: `form=7 states lengths up to 125, and this one is ${length}. Use form=16 or form=64.` };
    if (this.#lengthForm === 16 && length > 0xffff)
      return { problem: `form=16 states lengths up to 65535, and this one is ${length}. Use form=64.` };
    return {
      ...{ kind: 'frame', fin: this.#fin, ...this.#rsv, opcode: this.#opcode, payload, mask: this.#mask },
      ...{ lengthForm: this.#lengthForm, statedLength: this.#statedLength },
    };
  }

  /** @returns the problem */
  #set(name: string, value: string | undefined): string | undefined {
    const bit = value === undefined || value === '1' ? true : value === '0' ? false : undefined;
    if (name === 'fin' || name.startsWith('rsv')) {
      if (bit === undefined) return `${name}=${value}: give 0 or 1.`;
      if (name === 'fin') this.#fin = bit;
      else this.#rsv[name as 'rsv1' | 'rsv2' | 'rsv3'] = bit;
      return undefined;
    }
    if (value === undefined) return `${name} needs a value, such as ${EXAMPLES[name]}.`;
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (name === 'opcode') {
      this.#opcode = /^[a-f]$/i.test(value) ? Number.parseInt(value, 16) : (KINDS[value] ?? number);
      return this.#opcode >= 0 && this.#opcode <= 15 ? undefined : `opcode=${value}: give a number from 0 to 15.`;
    }
    if (name === 'mask') {
      if (value === '0' || value === 'none') this.#mask = 'none';
      else if (/^[0-9a-f]{8}$/i.test(value)) this.#mask = Number.parseInt(value, 16);
      else if (value !== 'random') return `mask=${value}: give the key as 8 hex digits, 0 for no mask, or random.`;
      return undefined;
    }
    if (name === 'form') {
      if (number !== 7 && number !== 16 && number !== 64) return `form=${value}: give 7, 16 or 64.`;
      this.#lengthForm = number;
      return undefined;
    }
    if (!(number <= Number.MAX_SAFE_INTEGER)) return `length=${value}: give a whole number.`;
    this.#statedLength = number;
    return undefined;
  }
}

const EXAMPLES: Readonly<Record<string, string>> = {
  opcode: 'opcode=3',
  mask: 'mask=37fa213d',
  form: 'form=16',
  length: 'length=5',
};

/** @returns undefined if a quote is not closed */
function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    const space = /\s/.test(text[at] as string);
    if (space) {
      at++;
      continue;
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return undefined;
    tokens.push(token);
    at += token.length;
  }
  return tokens;
}

/** The most bytes that a repeated text may have. */
const MAX_REPEATED_BYTES = 64 * 1024 * 1024;

function payloadOf(token: string, asText: boolean, readFile: ReadFile): Uint8Array | OrderProblem {
  const [, quoted, times] = /^("(?:[^"\\]|\\.)*")(?:\*(\d+))?$/.exec(token) ?? [];
  if (quoted !== undefined) {
    const text = unquote(quoted);
    if (text === undefined) return { problem: `${quoteText(token)} has an escape that JSON does not know.` };
    const once = encodeText(text);
    const count = Number(times ?? 1);
    if (once.length * count > MAX_REPEATED_BYTES) return { problem: `${quoteText(token)} is longer than 64 MiB.` };
    return joinBytes(Array.from({ length: count }, () => once));
  }
  if (token.startsWith('file:')) {
    const path = token.slice('file:'.length).replace(/^"(.*)"$/, '$1');
    return readFile(path) ?? { problem: `The file ${quoteText(path)} cannot be read.` };
  }
  const isHex = token.startsWith('hex:');
  if (asText && !isHex) return encodeText(token);
  const hex = isHex ? token.slice('hex:'.length) : token;
  if (/^(?:[0-9a-f]{2})*$/i.test(hex)) return bytesOfHex(hex.toLowerCase());
  return { problem: `${quoteText(token)} is not hex: two digits for each byte. For a text, write it in quotes.` };
}

function unquote(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

function codeBytes(code: number): Uint8Array {
  return Uint8Array.of((code >> 8) & 0xff, code & 0xff);
}
