import { decodeLatin1 } from '../../../text/latin1.ts';
import { encodeText } from '../../../text/utf8.ts';
import type { TrafficEvent } from '../../traffic/traffic.ts';
import { list, note, openWhole, record, string } from './whole-file.ts';

/** Opens the flows that mitmproxy saves, as tnetstrings. https://tnetstrings.info */
export const openMitmproxy = openWhole({
  form: 'flows of mitmproxy',
  recognizes: (head) =>
    /^\d{1,9}:(?:\d+:\w+[;,])/.test(head) &&
    /\d:(?:type|version|response|request|websocket)[;,]/.test(head.slice(0, 4096)),
  read: readFlows,
});

function* readFlows(bytes: Uint8Array): Generator<TrafficEvent, void, undefined> {
  let connection = 0;
  let others = 0;
  for (let at = 0; at < bytes.length; ) {
    const found = readValue(bytes, at, 0);
    if (found === undefined) {
      yield note(`The flows are cut or damaged at byte ${at + 1}: what follows is not read.`);
      break;
    }
    at = found.end;
    const flow = record(found.value);
    const socket = record(flow['websocket']);
    if (flow['websocket'] === undefined || flow['websocket'] === null) {
      others++;
      continue;
    }
    connection++;
    yield* readSocket(connection, flow, socket);
  }
  if (others > 0) yield note(`${others} flows without a WebSocket: not shown.`);
}

function* readSocket(
  connection: number,
  flow: Readonly<Record<string, unknown>>,
  socket: Readonly<Record<string, unknown>>,
): Generator<TrafficEvent, void, undefined> {
  const request = record(flow['request']);
  const startMs = seconds(request['timestamp_start']);
  const address = list(record(flow['client_conn'])['address'] ?? record(flow['client_conn'])['peername']);
  yield {
    kind: 'open',
    connection,
    timeMs: startMs,
    url: textIn(request['path']),
    ...(address.length >= 2 && { client: `${textIn(address[0])}:${String(address[1])}` }),
  };
  for (const message of list(socket['messages']).map(list)) {
    const [opcode, fromClient, content, time, dropped, injected] = message;
    const payload = content instanceof Uint8Array ? content : encodeText(string(content));
    const what = [
      ...(dropped === true ? ['mitmproxy dropped it'] : []),
      ...(injected === true ? ['mitmproxy put it in'] : []),
    ].join(', ');
    yield {
      kind: 'message',
      connection,
      direction: fromClient === true ? 'in' : 'out',
      timeMs: seconds(time),
      opcode: typeof opcode === 'number' && opcode >= 0 && opcode <= 15 ? opcode : 1,
      payload: payload.slice(),
      ...(what !== '' && { note: what }),
    };
  }
  yield note(
    'mitmproxy saves whole messages: no frames, no pings, and text that it may have compressed anew.',
    connection,
  );
  const code = socket['close_code'];
  if (typeof code !== 'number') return;
  const by = socket['closed_by_client'] === true ? 'client' : 'server';
  const reason = textIn(socket['close_reason']);
  yield note(
    `The ${by} closed it with ${code}${reason === '' ? '' : ` ${JSON.stringify(reason)}`}, by mitmproxy’s word.`,
    connection,
  );
  yield {
    kind: 'end',
    connection,
    direction: undefined,
    timeMs: seconds(socket['timestamp_end']),
    how: 'unknown',
  };
}

function seconds(value: unknown): number | undefined {
  return typeof value === 'number' ? value * 1000 : undefined;
}

function textIn(value: unknown): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : string(value);
}

const MAX_DEPTH = 32;

/** One tnetstring: its length in decimal, a colon, its bytes, and a letter for its type. */
function readValue(
  bytes: Uint8Array,
  at: number,
  depth: number,
): { readonly value: unknown; readonly end: number } | undefined {
  let colon = at;
  while (colon < at + 12 && bytes[colon] !== 0x3a) colon++;
  const digits = decodeLatin1(bytes.subarray(at, colon));
  if (bytes[colon] !== 0x3a || !/^\d+$/.test(digits) || depth > MAX_DEPTH) return undefined;
  const start = colon + 1;
  const end = start + Number(digits);
  if (end >= bytes.length) return undefined;
  const content = bytes.subarray(start, end);
  const value = valueOfType(content, bytes[end] ?? 0, depth);
  return value === undefined ? undefined : { value, end: end + 1 };
}

function valueOfType(content: Uint8Array, type: number, depth: number): unknown {
  const text = () => decodeLatin1(content);
  switch (String.fromCharCode(type)) {
    case ',':
      return content;
    case ';':
      return new TextDecoder().decode(content);
    case '#':
    case '^':
      return Number(text());
    case '!':
      return text() === 'true';
    case '~':
      return null;
    case ']':
      return valuesOf(content, depth);
    case '}': {
      const values = valuesOf(content, depth);
      if (values === undefined) return undefined;
      const pairs: [string, unknown][] = [];
      for (let i = 0; i + 1 < values.length; i += 2) pairs.push([textIn(values[i]), values[i + 1]]);
      return Object.fromEntries(pairs);
    }
  }
  return undefined;
}

function valuesOf(content: Uint8Array, depth: number): unknown[] | undefined {
  const values: unknown[] = [];
  for (let at = 0; at < content.length; ) {
    const found = readValue(content, at, depth + 1);
    if (found === undefined) return undefined;
    values.push(found.value);
    at = found.end;
  }
  return values;
}
