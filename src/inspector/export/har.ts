import { bytesOfHex } from '../../bytes/hex.ts';
import { joinBytes } from '../../bytes/join-bytes.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { HttpHead } from '../../protocol/handshake/head/head.ts';
import { parseRequestHead, parseResponseHead } from '../../protocol/handshake/head/parse-head.ts';
import { decodeText } from '../../text/utf8.ts';
import { toBase64 } from '../encode/byte-literals.ts';
import type { WireFrame, WireMessage } from '../wire/wire.ts';

const HEAD_LIMITS = { maxHeadBytes: 64 * 1024, maxHeaders: 1000 };

/** A message as DevTools writes it: the time is in seconds since 1970, and the data of a binary message is base64. */
interface HarMessage {
  readonly type: 'send' | 'receive';
  readonly time: number;
  readonly opcode: number;
  readonly data: string;
}

/**
 * The entry of one connection in a HAR file, in the form of Chromium's DevTools: `_webSocketMessages` holds whole messages, so
 * fragments, control frames and close codes are lost. http://www.softwareishard.com/blog/har-12-spec/
 */
export class HarEntry {
  readonly #openedAtWallMs: number;
  readonly #scheme: string;
  readonly #messages: HarMessage[] = [];
  readonly #parts: {
    in?: { frame: WireFrame; pieces: Uint8Array[] };
    out?: { frame: WireFrame; pieces: Uint8Array[] };
  } = {};
  #request: Uint8Array = new Uint8Array(0);
  #response: Uint8Array = new Uint8Array(0);
  #timeMs = 0;
  #notes = new Set<string>();

  /** @param openedAtWallMs in milliseconds since 1970 */
  constructor(openedAtWallMs: number, scheme: 'ws' | 'wss' = 'ws') {
    this.#openedAtWallMs = openedAtWallMs;
    this.#scheme = scheme;
  }

  add(message: WireMessage): void {
    if (message.type === 'dropped') this.#notes.add('Some messages were not recorded.');
    else if (message.type !== 'ending') this.#timeMs = message.timeMs;
    if (message.type === 'handshake') {
      if (message.direction === 'in') this.#request = bytesOfHex(message.hex);
      else this.#response = bytesOfHex(message.hex);
    }
    if (message.type === 'frame') this.#addFrame(message);
  }

  /** The entry, for JSON. */
  entry(): object {
    const request = parseRequestHead(this.#request, HEAD_LIMITS);
    const response = parseResponseHead(this.#response, HEAD_LIMITS);
    const [asked, answered] = [
      request.kind === 'complete' ? request.head : undefined,
      response.kind === 'complete' ? response.head : undefined,
    ];
    const host = asked?.headers.find(({ name }) => name.toLowerCase() === 'host')?.value ?? 'localhost';
    const url = `${this.#scheme}://${host}${asked?.target ?? '/'}`;
    const query = url.includes('?') ? [...parametersOf(url)] : [];
    const comment = [...this.#notes].join(' ');
    return {
      startedDateTime: isoTime(this.#openedAtWallMs),
      time: this.#timeMs,
      request: {
        ...{
          method: asked?.method ?? 'GET',
          url,
          httpVersion: 'HTTP/1.1',
          headers: headersOf(asked),
          queryString: query,
        },
        ...{ cookies: [], headersSize: this.#request.length, bodySize: 0 },
      },
      response: {
        ...{ status: answered?.httpStatus ?? 0, statusText: answered?.reasonPhrase ?? '', httpVersion: 'HTTP/1.1' },
        ...{ headers: headersOf(answered), cookies: [], content: { size: 0, mimeType: 'x-unknown' }, redirectURL: '' },
        ...{ headersSize: this.#response.length, bodySize: 0 },
      },
      cache: {},
      timings: { send: 0, wait: this.#timeMs, receive: 0 },
      _resourceType: 'websocket',
      _webSocketMessages: this.#messages,
      ...(comment !== '' && { comment }),
    };
  }

  #addFrame(frame: WireFrame): void {
    const { direction, opcode, fin, truncated } = frame;
    if (opcode === undefined || opcode >= OPCODE.close) return;
    if (truncated) this.#notes.add('Long messages are cut.');
    const part = opcode === OPCODE.continuation ? this.#parts[direction] : { frame, pieces: [] };
    if (part === undefined) return;
    part.pieces.push(bytesOfHex(frame.payload.hex));
    this.#parts[direction] = part;
    if (fin !== true) return;
    delete this.#parts[direction];
    const isCompressed = part.frame.fields.some(({ name, value }) => name === 'RSV1' && value === 1);
    if (isCompressed && frame.inflated === undefined) {
      this.#notes.add('Compressed messages that cannot be decompressed are left out.');
      return;
    }
    if (frame.inflated?.truncated) this.#notes.add('Long messages are cut.');
    const payload = frame.inflated === undefined ? joinBytes(part.pieces) : bytesOfHex(frame.inflated.hex);
    const text = part.frame.opcode === OPCODE.text ? decodeText(payload) : undefined;
    this.#messages.push({
      type: direction === 'in' ? 'send' : 'receive',
      time: (this.#openedAtWallMs + frame.timeMs) / 1000,
      opcode: text === undefined ? OPCODE.binary : OPCODE.text,
      data: text ?? toBase64(payload),
    });
  }
}

function headersOf(head: HttpHead | undefined): object[] {
  return (head?.headers ?? []).map(({ name, value }) => ({ name, value }));
}

function* parametersOf(url: string): Generator<object, void, undefined> {
  for (const part of url.slice(url.indexOf('?') + 1).split('&')) {
    const [name = '', ...value] = part.split('=');
    yield { name, value: value.join('=') };
  }
}

function isoTime(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
