import { isControlOpcode, OPCODE } from '../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../text/utf8.ts';
import type { OpenForm, TrafficEvent } from '../../traffic/traffic.ts';
import { bytesOfPairs } from '../pasted.ts';
import { openingOf, refused, wholeTextReader } from './whole-file.ts';

const OPCODES: Readonly<Record<string, number>> = {
  TEXT: OPCODE.text,
  BINARY: OPCODE.binary,
  CONT: OPCODE.continuation,
  PING: OPCODE.ping,
  PONG: OPCODE.pong,
  CLOSE: OPCODE.close,
};
const FRAME =
  /(?:^|[\s:])([<>]) (TEXT|BINARY|CONT|PING|PONG|CLOSE)(?: (.*?))? \[(?:text, |binary, )?(\d+) bytes?(?:, (continued))?\]\s*$/;
const STATE = /(?:^|[\s:])= connection is (CONNECTING|OPEN|CLOSED)\s*$/;
const TIME = /^\[?(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[.,](\d+))?/;
const REQUEST = /(?:^|[\s:])([<>]) GET (\S+) HTTP\/1\.1\s*$/;

/** Opens the log of Python's websockets at level DEBUG. */
export const openWebsocketsLog: OpenForm = (head) =>
  openingOf(head)
    .split('\n')
    .some((line) => FRAME.test(line.trimEnd()))
    ? wholeTextReader("the log of Python's websockets", readLog)
    : undefined;

function* readLog(text: string): Generator<TrafficEvent, void, undefined> {
  let startMs: number | undefined;
  let connection = 0;
  // The log is of the client if the client's sign is at its own request.
  let isClient = !/\bwebsockets\.server\b/.test(text);
  let hasCut = false;
  let parts: { opcode: number; direction: 'in' | 'out'; pieces: Uint8Array[]; note: string | undefined } | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, date, clock, fraction] = TIME.exec(line) ?? [];
    const epoch = date === undefined ? Number.NaN : Date.parse(`${date}T${clock}.${(fraction ?? '0').slice(0, 3)}Z`);
    const timeMs = Number.isNaN(epoch) ? undefined : epoch - (startMs ?? epoch);
    if (!Number.isNaN(epoch)) startMs ??= epoch;
    const [, sign, target] = REQUEST.exec(line) ?? [];
    if (target !== undefined) {
      isClient = sign === '>';
      yield { kind: 'open', connection: ++connection, timeMs, url: target };
      continue;
    }
    const [, state] = STATE.exec(line) ?? [];
    if (state === 'CLOSED' && connection > 0) {
      yield { kind: 'end', connection, direction: undefined, timeMs, how: 'unknown' };
      continue;
    }
    const [, arrow, name = '', shown = '', length, continued] = FRAME.exec(line) ?? [];
    const opcode = OPCODES[name];
    if (arrow === undefined || opcode === undefined) continue;
    if (connection === 0) yield { kind: 'open', connection: ++connection, timeMs };
    const direction = (arrow === '>') === isClient ? 'in' : 'out';
    const { bytes, isCut } = payloadOf(opcode, shown, Number(length));
    hasCut ||= isCut;
    const note = isCut ? `The log has only a part of its ${length} bytes.` : undefined;
    if (isControlOpcode(opcode)) {
      yield {
        kind: 'message',
        connection,
        direction,
        timeMs,
        opcode,
        payload: bytes,
        ...(note !== undefined && { note }),
      };
      continue;
    }
    if (opcode !== OPCODE.continuation) parts = { opcode, direction, pieces: [], note: undefined };
    if (parts === undefined) continue;
    parts.pieces.push(bytes);
    parts.note ??= note;
    if (continued !== undefined) continue;
    const payload = Uint8Array.from(parts.pieces.flatMap((piece) => [...piece]));
    const told = { connection, direction: parts.direction, timeMs, opcode: parts.opcode, payload };
    yield { kind: 'message', ...told, ...(parts.note !== undefined && { note: parts.note }) };
    parts = undefined;
  }
  if (connection === 0) yield refused("This is the log of Python's websockets, and no frame in it could be read.");
  else if (hasCut)
    yield {
      kind: 'note',
      sentence: 'Python’s websockets cuts long payloads in its log. Set WEBSOCKETS_MAX_LOG_SIZE to keep more.',
    };
}

/** Text is Python's repr, binary is hex, and a close frame is its code and reason. What was cut is not made up. */
function payloadOf(opcode: number, shown: string, length: number): { bytes: Uint8Array; isCut: boolean } {
  if (opcode === OPCODE.close) {
    const [, code, reason = ''] = /^(\d{4})(?: \([^)]*\))?(?: (.*))?$/.exec(shown) ?? [];
    const words = encodeText(reason);
    if (code === undefined || words.length !== Math.max(0, length - 2))
      return { bytes: new Uint8Array(0), isCut: length > 0 };
    return { bytes: Uint8Array.of(Number(code) >> 8, Number(code) & 0xff, ...words), isCut: false };
  }
  const [, inside] = /^b?(["'])(.*)\1$/s.exec(shown) ? [0, shown.slice(shown.indexOf(shown.at(-1) ?? '') + 1, -1)] : [];
  const bytes =
    inside === undefined
      ? Uint8Array.from(bytesOfPairs(shown.split('...')[0] ?? ''))
      : encodeText(unescaped(String(inside)));
  if (bytes.length === length) return { bytes, isCut: false };
  return {
    bytes: inside === undefined ? bytes : encodeText(unescaped(String(inside).split('...')[0] ?? '')),
    isCut: true,
  };
}

const SHORT: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Python's repr of a text. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gs,
    (_, hex?: string, four?: string, eight?: string, short?: string) => {
      const digits = hex ?? four ?? eight;
      if (digits === undefined) return SHORT[short ?? ''] ?? short ?? '';
      const code = Number.parseInt(digits, 16);
      return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    },
  );
}
