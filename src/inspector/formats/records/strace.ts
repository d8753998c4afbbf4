import { ByteList } from '../../../bytes/byte-list.ts';
import type { TrafficEvent } from '../../traffic/traffic.ts';
import { bytesOfPairs } from '../pasted.ts';
import { readString } from '../string-literals.ts';
import { note, openWhole, textOf } from './whole-file.ts';

const CALL =
  /^(?:\[pid +(\d+)\] +|(\d+) +)?(?:(\d\d:\d\d:\d\d(?:\.\d+)?|\d+\.\d+) +)?(send|sendto|sendmsg|sendmmsg|write|writev|pwrite64|recv|recvfrom|recvmsg|recvmmsg|read|readv|pread64)\((\d+)(?:<[^>]*>)?, /;
const RESULT = /\)\s*= (-?\d+)(?: |$)/;
const ROW = /^ \| [0-9a-f]{5} {2}((?:[0-9a-f]{2} {1,2})+)/;
const BUFFER = /^ \* (\d+) bytes in buffer \d+/;
const MAX_CALLS = 2_000_000;

/** Opens the output of strace: what a program sent and received, call by call. */
export const openStrace = openWhole({
  form: 'calls of strace',
  recognizes: (head) => head.split('\n', 200).some((line) => CALL.test(line) && RESULT.test(line)),
  read: (bytes) => readStrace(textOf(bytes)),
});

interface Call {
  readonly descriptor: string;
  readonly isWrite: boolean;
  readonly timeMs: number | undefined;
  readonly bytes: ByteList;
  /** The bytes of the rows below the call, which are never cut. */
  readonly rows: ByteList;
  /** How many bytes went through, by the call's result. */
  readonly byteLength: number;
}

interface Descriptor {
  readonly connection: number;
  /** Whether what the program writes comes from the client. */
  isClient: boolean | undefined;
  readonly waiting: Call[];
}

function* readStrace(text: string): Generator<TrafficEvent, void, undefined> {
  const descriptors = new Map<string, Descriptor>();
  const connections = { count: 0 };
  let call: Call | undefined;
  let count = 0;
  for (const line of text.split('\n')) {
    const row = ROW.exec(line);
    if (row !== null) {
      for (const byte of bytesOfPairs(row[1] ?? '')) call?.rows.push(byte);
      continue;
    }
    if (BUFFER.test(line)) continue;
    if (call !== undefined) yield* take(call, descriptors, connections);
    call = count < MAX_CALLS ? readCall(line) : undefined;
    count++;
  }
  if (call !== undefined) yield* take(call, descriptors, connections);
  if (connections.count === 0)
    yield note(
      'No call in it shows a WebSocket. Run strace with -f -e trace=network,read,write -e read=all -e write=all: the rows below each call then have all of its bytes.',
    );
}

function readCall(line: string): Call | undefined {
  const found = CALL.exec(line);
  if (found === null) return undefined;
  const result = Number(RESULT.exec(line)?.[1] ?? Number.NaN);
  if (!(result > 0)) return undefined;
  const bytes = new ByteList();
  let at = found[0].length;
  // Calls with several buffers have a string for each: [{iov_base="…", iov_len=5}, …].
  for (let quote = line.indexOf('"', at - 1); quote >= 0; quote = line.indexOf('"', at)) {
    const end = readString(line, quote, bytes);
    if (typeof end !== 'number') break;
    at = end;
    if (line.startsWith('...', end)) break;
    if (!/^(?:send|recv|write|read)(?:msg|mmsg|v)$/.test(found[4] ?? '')) break;
  }
  const [, , , time, name = '', descriptor = ''] = found;
  return {
    // Threads share their descriptors, so the process does not matter.
    descriptor,
    isWrite: /^(?:send|write|pwrite)/.test(name),
    timeMs: time === undefined ? undefined : msOf(time),
    bytes,
    rows: new ByteList(),
    byteLength: result,
  };
}

/** A time of day, or seconds since 1970. */
function msOf(time: string): number {
  const [hours, minutes, seconds] = time.split(':').map(Number);
  if (seconds === undefined) return Number(time) * 1000;
  return ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + seconds) * 1000;
}

/** Which calls belong to a WebSocket shows only its request or its response. */
function* take(
  call: Call,
  descriptors: Map<string, Descriptor>,
  connections: { count: number },
): Generator<TrafficEvent, void, undefined> {
  const bytes = wholeBytes(call);
  const isRequest = startsWith(bytes, 'GET ');
  const isResponse = startsWith(bytes, 'HTTP/1.');
  let descriptor = descriptors.get(call.descriptor);
  if (isRequest || (isResponse && descriptor === undefined)) {
    descriptor = { connection: ++connections.count, isClient: call.isWrite === isRequest, waiting: [] };
    descriptors.set(call.descriptor, descriptor);
    const target = isRequest ? (new TextDecoder().decode(bytes.subarray(0, 1024)).split(' ')[1] ?? '') : '';
    yield { kind: 'open', connection: descriptor.connection, timeMs: call.timeMs, url: target };
  }
  if (descriptor === undefined) return;
  const direction = call.isWrite === descriptor.isClient ? 'in' : 'out';
  const { connection } = descriptor;
  yield { kind: 'bytes', connection, direction, timeMs: call.timeMs, bytes };
  const missing = call.byteLength - bytes.length;
  if (missing > 0) yield { kind: 'gap', connection, direction, timeMs: call.timeMs, byteLength: missing };
}

function wholeBytes({ bytes, rows, byteLength }: Call): Uint8Array<ArrayBuffer> {
  const best = rows.length > bytes.length ? rows : bytes;
  return best.bytes.slice(0, byteLength);
}

function startsWith(bytes: Uint8Array, words: string): boolean {
  return new TextDecoder().decode(bytes.subarray(0, words.length)) === words;
}
