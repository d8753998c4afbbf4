import type { OpenForm, TrafficEvent } from '../../traffic/traffic.ts';
import { bytesOfBase64 } from '../base64-bytes.ts';
import { isObject, type JsonObject, listIn, numberIn, objectIn, parseJsonText, textIn } from './json-text.ts';
import { Since } from './recorded-message.ts';
import { openingOf, refused, wholeTextReader } from './whole-file.ts';

/** Opens a NetLog of Chromium (chrome://net-export, `--log-net-log`): the bytes of its sockets. */
export const openNetLog: OpenForm = (head) =>
  /^\ufeff?\s*\{\s*"constants"\s*:/.test(openingOf(head))
    ? wholeTextReader('a NetLog of Chromium', readNetLog)
    : undefined;

interface Names {
  readonly eventTypes: ReadonlyMap<number, string>;
  readonly sourceTypes: ReadonlyMap<number, string>;
}

interface NetEvent {
  readonly type: string;
  readonly source: number;
  readonly sourceType: string;
  readonly timeMs: number | undefined;
  readonly params: JsonObject;
}

interface Socket {
  readonly bytes: {
    direction: 'in' | 'out';
    bytes: Uint8Array | undefined;
    count: number;
    timeMs: number | undefined;
  }[];
}

function* readNetLog(text: string): Generator<TrafficEvent, void, undefined> {
  const json = parseJsonText(text);
  if ('problem' in json) {
    yield refused(`This NetLog is damaged: it is not valid JSON (${json.problem}). Record it again.`);
    return;
  }
  if (json.isCut)
    yield {
      kind: 'note',
      sentence: 'The end of the NetLog is missing, as after a killed browser. Everything before it is shown.',
    };
  const events = eventsOf(json.value);
  // A request is bound to a job, and the job uses a socket: they name each other as source_dependency.
  const urls = new Map<number, string>();
  const linked = new Map<number, number[]>();
  const sockets = new Map<number, Socket>();
  const framesOf = new Set<number>();
  for (const { type, source, sourceType, params, timeMs } of events) {
    const url = textIn(params, 'url');
    if (url !== undefined && /^wss?:/i.test(url) && sourceType === 'URL_REQUEST') urls.set(source, url);
    if (/^WEBSOCKET_(?:SENT|RECV)_FRAME_HEADER$/.test(type)) framesOf.add(source);
    const other = numberIn(objectIn(params, 'source_dependency'), 'id');
    if (other !== undefined) {
      link(linked, source, other);
      link(linked, other, source);
    }
    const isSent = type.endsWith('_BYTES_SENT');
    if (!isSent && !type.endsWith('_BYTES_RECEIVED')) continue;
    // Of a TLS connection, the bytes inside are logged too: those are the WebSocket's.
    const socket = sockets.get(source) ?? { bytes: [] };
    sockets.set(source, socket);
    const encoded = textIn(params, 'bytes');
    socket.bytes.push({
      direction: isSent ? 'in' : 'out',
      bytes: encoded === undefined ? undefined : bytesOfBase64(encoded),
      count: numberIn(params, 'byte_count') ?? 0,
      timeMs,
    });
  }
  const used = new Set<number>();
  let connection = 0;
  let lacksBytes = false;
  for (const [request, url] of urls) {
    const socket = socketOf(request, linked, sockets, used);
    if (socket === undefined) continue;
    used.add(socket);
    const { bytes } = sockets.get(socket) as Socket;
    const isComplete = bytes.every((piece) => piece.bytes !== undefined || piece.count === 0);
    if (!isComplete) {
      lacksBytes = true;
      continue;
    }
    connection++;
    yield { kind: 'open', connection, timeMs: bytes[0]?.timeMs, url };
    for (const piece of bytes) {
      const { direction, timeMs } = piece;
      if (piece.bytes !== undefined && piece.bytes.length > 0)
        yield { kind: 'bytes', connection, direction, timeMs, bytes: piece.bytes };
      else if (direction === 'out') yield { kind: 'end', connection, direction, timeMs, how: 'FIN' };
    }
  }
  if (connection > 0) {
    if (lacksBytes) yield { kind: 'note', sentence: `The NetLog has no bytes of some connections. ${EVERYTHING}` };
    return;
  }
  yield refused(
    urls.size === 0 && framesOf.size === 0
      ? 'This NetLog has no WebSocket in it. Start it before the page opens one.'
      : `This NetLog has a WebSocket, but not its bytes. ${EVERYTHING}`,
  );
}

const EVERYTHING =
  'Record it with --net-log-capture-mode=Everything, or choose "Include raw bytes" at chrome://net-export.';

/** The nearest socket that a request is linked to, over jobs between. */
function socketOf(
  request: number,
  linked: ReadonlyMap<number, readonly number[]>,
  sockets: ReadonlyMap<number, Socket>,
  used: ReadonlySet<number>,
): number | undefined {
  const seen = new Set([request]);
  let ring = [request];
  for (let distance = 0; distance < MAX_DISTANCE && ring.length > 0; distance++) {
    const next: number[] = [];
    for (const source of ring) {
      for (const other of linked.get(source) ?? []) {
        if (seen.has(other) || seen.size > MAX_LINKED) continue;
        seen.add(other);
        next.push(other);
      }
    }
    const found = next.find((source) => sockets.has(source) && !used.has(source));
    if (found !== undefined) return found;
    ring = next;
  }
  return undefined;
}

const MAX_DISTANCE = 8;
const MAX_LINKED = 1000;

function link(linked: Map<number, number[]>, from: number, to: number): void {
  const known = linked.get(from);
  if (known === undefined) linked.set(from, [to]);
  else if (known.length < MAX_LINKED) known.push(to);
}

/** The events, with the names of their types, which each Chromium numbers anew. */
function eventsOf(value: unknown): NetEvent[] {
  const constants = objectIn(value, 'constants');
  const names: Names = {
    eventTypes: namesIn(constants, 'logEventTypes'),
    sourceTypes: namesIn(constants, 'logSourceType'),
  };
  const since = new Since();
  return listIn(value, 'events')
    .filter(isObject)
    .flatMap((event) => {
      const source = objectIn(event, 'source');
      const id = numberIn(source, 'id');
      if (id === undefined) return [];
      const time = Number(event['time']);
      return [
        {
          type: names.eventTypes.get(numberIn(event, 'type') ?? -1) ?? '',
          source: id,
          sourceType: names.sourceTypes.get(numberIn(source, 'type') ?? -1) ?? '',
          timeMs: since.of(Number.isFinite(time) ? time : undefined),
          params: objectIn(event, 'params'),
        },
      ];
    });
}

function namesIn(constants: JsonObject, name: string): ReadonlyMap<number, string> {
  return new Map(
    Object.entries(objectIn(constants, name)).flatMap(([text, value]) =>
      typeof value === 'number' ? [[value, text] as const] : [],
    ),
  );
}
