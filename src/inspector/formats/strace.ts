import { countNoun } from '../../text/count.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { beginsWithFrames } from '../wire/begins-with-frames.ts';
import { clockMs } from './clock.ts';
import { bytesOfPairs, type PastedPart, type ReadForm, refused } from './pasted.ts';

/** The process and the time before a call, as -f, -t, -tt, -ttt and -r write them. */
const PREFIX = /^(?:\[pid +(\d+)\] +|(\d+) +(?=[\d:.]+ +\w|\w+\(|<\.\.\.))?(?:\[?([\d:.]+)\]? +)?/;
const CALL = /^(send|sendto|sendmsg|write|writev|pwrite64|recv|recvfrom|recvmsg|read|readv)\((\d+)/;
const RESUMED = /^<\.\.\. (send|sendto|sendmsg|write|writev|recv|recvfrom|recvmsg|read|readv) resumed>/;
const OTHER_CALL = /^(?:[a-z_]\w*\(|<\.\.\. \w+ resumed>|\+\+\+ |--- SIG|strace: )/;
const RESULT = /\) *= (-?\d+)(?: [A-Z(].*)?$/;
const DUMP_ROW = /^ \| [0-9a-f]{5,} {2}((?:[0-9a-f]{2} {1,2}){1,16})/;
const DUMP_BUFFER = /^ \* (\d+) bytes in buffer \d+/;

interface Call {
  readonly side: 0 | 1;
  readonly connection: string;
  readonly timeMs: number | undefined;
  /** How many bytes were sent or received. */
  readonly count: number;
  /** The bytes that the line shows, in order; undefined for those that it cut. */
  readonly shown: readonly { readonly bytes: readonly number[]; readonly missing: number }[];
  /** From the rows of -e read=all and -e write=all below: all bytes. */
  readonly dumped: number[];
  readonly isSocketCall: boolean;
}

/** strace of the calls that send and receive: strings in any of its forms, and the dumps of -e read=all and -e write=all. */
export const readStrace: ReadForm = (text) => {
  const lines = text.split('\n');
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const opening = first.slice(PREFIX.exec(first)?.[0].length ?? 0);
  if (!CALL.test(opening) && !(OTHER_CALL.test(opening) && lines.some((line) => CALL.test(withoutPrefix(line)))))
    return undefined;
  const calls: Call[] = [];
  const unfinished = new Map<string, string>();
  const generations = new Map<string, number>();
  let dumped: number[] | undefined;
  for (const raw of lines) {
    const line = raw.replace(/\r$/, '');
    const [, row] = DUMP_ROW.exec(line) ?? [];
    if (row !== undefined) {
      dumped?.push(...bytesOfPairs(row));
      continue;
    }
    if (DUMP_BUFFER.test(line)) continue;
    dumped = undefined;
    const [prefix = '', pidInBrackets, pid = pidInBrackets ?? '', time] = PREFIX.exec(line) ?? [];
    let call = line.slice(prefix.length);
    if (call.includes('<unfinished ...>')) {
      unfinished.set(pid, call.slice(0, call.indexOf('<unfinished ...>')).trimEnd());
      continue;
    }
    const [resumed] = RESUMED.exec(call) ?? [];
    if (resumed !== undefined) call = `${unfinished.get(pid) ?? ''} ${call.slice(resumed.length)}`;
    // A descriptor is used anew after it was closed.
    const [, closed] = /^close\((\d+)/.exec(call) ?? [];
    if (closed !== undefined) generations.set(closed, (generations.get(closed) ?? 0) + 1);
    const [head, name, descriptor = ''] = CALL.exec(call) ?? [];
    const result = Number(RESULT.exec(call)?.[1] ?? -1);
    if (head === undefined || name === undefined || result < 0) continue;
    const read: Call = {
      side: /^(?:send|write|pwrite)/.test(name) ? 0 : 1,
      connection: `${descriptor}.${generations.get(descriptor) ?? 0}`,
      timeMs: time === undefined ? undefined : clockMs(time),
      count: result,
      shown: stringsIn(call.slice(head.length), result),
      dumped: [],
      isSocketCall: /^(?:send|recv)/.test(name) || /^<(?:TCP|socket|UNIX)/.test(call.slice(head.length)),
    };
    dumped = read.dumped;
    calls.push(read);
  }
  return pastedOf(calls, text.length);
};

function withoutPrefix(line: string): string {
  return line.slice(PREFIX.exec(line)?.[0].length ?? 0);
}

/** The strings of a call, up to `count` bytes. A string that is cut ends with three dots after its quotation mark. */
function stringsIn(text: string, count: number): Call['shown'] {
  const shown: { bytes: number[]; missing: number }[] = [];
  let left = count;
  const string = /"((?:[^"\\]|\\.)*)(?:"|$)(\.\.\.)?(?:, iov_len=(\d+))?/gs;
  const isVector = text.includes('iov_base=');
  for (let found = string.exec(text); found !== null && left > 0; found = string.exec(text)) {
    const [, inside = '', dots, length] = found;
    const bytes = unescaped(inside).slice(0, left);
    left -= bytes.length;
    const missing =
      dots === undefined ? 0 : Math.min(left, length === undefined ? left : Number(length) - bytes.length);
    left -= missing;
    shown.push({ bytes, missing: Math.max(0, missing) });
    // The strings after the first are addresses.
    if (!isVector) break;
  }
  if (left > 0) shown.push({ bytes: [], missing: left });
  return shown;
}

const ESCAPE = /\\(?:x([0-9a-f]{2})|([0-7]{1,3})|(.))|([^\\])/giy;
const SHORT: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8, e: 27 };

/** The bytes of a C string. An octal escape has up to three digits: `\2057` is the byte 205 and the digit 7. */
function unescaped(text: string): number[] {
  const bytes: number[] = [];
  ESCAPE.lastIndex = 0;
  for (let found = ESCAPE.exec(text); found !== null; found = ESCAPE.exec(text)) {
    const [, hex, octal, short, plain] = found;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else if (short !== undefined) bytes.push(SHORT[short] ?? short.charCodeAt(0));
    else bytes.push((plain ?? '').charCodeAt(0) & 0xff);
  }
  return bytes;
}

function pastedOf(calls: readonly Call[], length: number): ReturnType<ReadForm> {
  const wanted = new Set(connectionsIn(calls));
  const parts: PastedPart[] = [];
  let missing = 0;
  for (const call of calls) {
    const { connection, side, count, timeMs } = call;
    if (!wanted.has(connection)) continue;
    const common = { side, connection, ...(timeMs !== undefined && { timeMs }) };
    if (count === 0) {
      if (side === 1) parts.push({ ...common, bytes: new Uint8Array(0), isLast: true });
      continue;
    }
    const isDumped = call.dumped.length >= count;
    let gap = 0;
    for (const { bytes, missing: lost } of isDumped
      ? [{ bytes: call.dumped.slice(0, count), missing: 0 }]
      : call.shown) {
      if (bytes.length > 0)
        parts.push({ ...common, bytes: Uint8Array.from(bytes), ...(gap > 0 && { missingBefore: gap }) });
      else if (gap > 0) parts.push({ ...common, bytes: new Uint8Array(0), missingBefore: gap });
      gap = lost;
      missing += lost;
    }
    if (gap > 0) parts.push({ ...common, bytes: new Uint8Array(0), missingBefore: gap });
  }
  if (parts.length === 0)
    return refused(
      'This is the output of strace, and no call in it sends or receives the bytes of a WebSocket. Record with: strace -f -e trace=network,read,write -xx -s 65536 PROGRAM',
      0,
      Math.min(length, 40),
    );
  const notes =
    missing === 0
      ? []
      : [
          `strace cut off ${countNoun(missing, 'byte')} of long strings ("…"). Frames that need them are not shown. Record with -s 65536 to get all.`,
        ];
  const others = new Set(calls.map(({ connection }) => connection)).size - wanted.size;
  if (others > 0) notes.push(`${countNoun(others, 'other file or socket')} left out: no WebSocket is in them.`);
  return { form: 'the output of strace', parts, notes };
}

/** Those that carry a handshake; if there is none, those that carry frames; if there is none, all sockets. */
function connectionsIn(calls: readonly Call[]): readonly string[] {
  const isSocket = new Set<string>();
  const hasHead = new Set<string>();
  const hasFrames = new Set<string>();
  for (const { connection, side, shown, dumped, isSocketCall } of calls) {
    if (isSocketCall) isSocket.add(connection);
    const bytes = Uint8Array.from(dumped.length > 0 ? dumped : (shown[0]?.bytes ?? []));
    if (/^(?:GET \S+ HTTP\/1|HTTP\/1\.\d \d{3})/.test(decodeLatin1(bytes.subarray(0, 8192)))) hasHead.add(connection);
    else if (beginsWithFrames(bytes, 'client') || beginsWithFrames(bytes, 'server')) hasFrames.add(connection);
    void side;
  }
  for (const found of [hasHead, hasFrames]) if (found.size > 0) return [...found];
  return [...isSocket];
}
