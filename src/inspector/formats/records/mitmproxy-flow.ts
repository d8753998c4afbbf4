import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { decodeLatin1 } from '../../../text/latin1.ts';
import { decodeText, encodeText } from '../../../text/utf8.ts';
import type { OpenForm, TrafficEvent } from '../../traffic/traffic.ts';
import { Since } from './recorded-message.ts';
import { readTnetstring, type TnetValue } from './tnetstring.ts';
import { refused, wholeFileReader } from './whole-file.ts';

/** Opens a file of flows, as `mitmdump -w` and mitmproxy's File, Save write them. */
export const openMitmproxyFlow: OpenForm = (head) => {
  const opening = decodeLatin1(head.subarray(0, 4096));
  const isFlow =
    /^\d{1,12}:\d{1,9}:[a-z_]+[;,]/.test(opening) &&
    /(?:type|version|websocket|intercepted|server_conn|client_conn)/.test(opening);
  return isFlow ? wholeFileReader('a file of mitmproxy flows', readFlows) : undefined;
};

function* readFlows(bytes: Uint8Array): Generator<TrafficEvent, void, undefined> {
  const since = new Since();
  let connection = 0;
  let flows = 0;
  let at = 0;
  while (at < bytes.length) {
    const read = readTnetstring(bytes, at);
    if (read === undefined) {
      yield {
        kind: 'note',
        sentence: `The flow that begins at byte ${at + 1} is cut off or damaged. It and everything after it is left out.`,
      };
      break;
    }
    at = read.end;
    flows++;
    const flow = mapOf(read.value);
    const socket = mapOf(flow.get('websocket'));
    if (socket.size === 0) continue;
    connection++;
    yield* readSocket(connection, flow, socket, since);
  }
  if (connection === 0)
    yield refused(
      flows === 0
        ? 'This file of mitmproxy flows is cut off in its first flow, so nothing in it can be read.'
        : `None of the ${flows} flows in this file is a WebSocket. mitmproxy writes a flow when its connection has ended.`,
    );
}

function* readSocket(
  connection: number,
  flow: ReadonlyMap<string, TnetValue>,
  socket: ReadonlyMap<string, TnetValue>,
  since: Since,
): Generator<TrafficEvent, void, undefined> {
  const request = mapOf(flow.get('request'));
  const timeOf = (value: TnetValue | undefined) => since.of(typeof value === 'number' ? value * 1000 : undefined);
  const client = addressOf(
    mapOf(flow.get('client_conn')).get('peername') ?? mapOf(flow.get('client_conn')).get('address'),
  );
  const server = addressOf(mapOf(flow.get('server_conn')).get('address'));
  yield {
    kind: 'open',
    connection,
    timeMs: timeOf(request.get('timestamp_start')),
    url: textOf(request.get('path')) ?? '',
    ...(client !== undefined && { client }),
    ...(server !== undefined && { server }),
  };
  const list = socket.get('messages');
  for (const message of Array.isArray(list) ? (list as readonly TnetValue[]) : []) {
    if (!Array.isArray(message)) continue;
    const [opcode, isFromClient, content, time, dropped, injected] = message as readonly TnetValue[];
    if (typeof opcode !== 'number' || !(content instanceof Uint8Array)) continue;
    const note =
      dropped === true
        ? 'mitmproxy dropped it: the receiver never got it.'
        : injected === true
          ? 'mitmproxy injected it: the sender never sent it.'
          : undefined;
    yield {
      kind: 'message',
      connection,
      direction: isFromClient === true ? 'in' : 'out',
      timeMs: timeOf(time),
      opcode,
      payload: content.slice(),
      ...(note !== undefined && { note }),
    };
  }
  yield* readClose(connection, socket, timeOf(socket.get('timestamp_end')));
  yield { kind: 'note', connection, sentence: LEFT_OUT };
}

const LEFT_OUT = 'A mitmproxy flow has whole messages only: no frames, and no pings and pongs.';

function* readClose(
  connection: number,
  socket: ReadonlyMap<string, TnetValue>,
  timeMs: number | undefined,
): Generator<TrafficEvent, void, undefined> {
  const code = socket.get('close_code');
  const isByClient = socket.get('closed_by_client');
  if (typeof code !== 'number' || typeof isByClient !== 'boolean') return;
  const direction = isByClient ? 'in' : 'out';
  // 1005 and 1006 are never in a close frame. RFC 6455 §7.4.1.
  if (code !== 1005 && code !== 1006 && code >= 0 && code <= 0xffff) {
    const reason = encodeText(textOf(socket.get('close_reason')) ?? '');
    const payload = new Uint8Array(2 + reason.length);
    payload.set([code >> 8, code & 0xff]);
    payload.set(reason, 2);
    yield { kind: 'message', connection, direction, timeMs, opcode: OPCODE.close, payload };
  }
  yield { kind: 'end', connection, direction: undefined, timeMs, how: 'unknown' };
}

function mapOf(value: TnetValue | undefined): ReadonlyMap<string, TnetValue> {
  return value instanceof Map ? value : new Map();
}

function textOf(value: TnetValue | undefined): string | undefined {
  return value instanceof Uint8Array ? (decodeText(value) ?? decodeLatin1(value)) : undefined;
}

function addressOf(value: TnetValue | undefined): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const [host, port] = value as readonly TnetValue[];
  const name = textOf(host);
  return name === undefined || typeof port !== 'number'
    ? undefined
    : name.includes(':')
      ? `[${name}]:${port}`
      : `${name}:${port}`;
}
