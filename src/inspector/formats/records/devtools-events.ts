import type { OpenForm, TrafficEvent } from '../../traffic/traffic.ts';
import { isObject, type JsonObject, numberIn, objectIn, parseJsonText, textIn } from './json-text.ts';
import { messageOf, Since } from './recorded-message.ts';
import { openingOf, refused, wholeTextReader } from './whole-file.ts';

/** `"method":"Network.…"`: of a DevTools event, perhaps inside a string of JSON, as chromedriver logs it. */
const DEVTOOLS = /\\?"method\\?"\s*:\s*\\?"(?:Network|Page|Target|Runtime|Log|Inspector|Fetch)\.[a-z]\w*\\?"/;
const BIDI =
  /"method"\s*:\s*"(?:network\.(?:beforeRequestSent|response\w+|fetchError|authRequired)|browsingContext\.\w+)"/;

/** Opens events of DevTools' protocol: one a line, in a list, or in the performance log of chromedriver. */
export const openDevToolsEvents: OpenForm = (head) => {
  const opening = openingOf(head);
  if (!/^\ufeff?\s*(?:[[{]|\S.{0,200}?\{")/.test(opening)) return undefined;
  if (DEVTOOLS.test(opening)) {
    const isDriver = /\\"method\\"/.test(opening);
    return wholeTextReader(isDriver ? "chromedriver's performance log" : "events of DevTools' protocol", readEvents);
  }
  if (BIDI.test(opening))
    return {
      refusal: `These are events of WebDriver BiDi, which do not contain the messages of a WebSocket. ${INSTEAD}`,
    };
  return undefined;
};

const INSTEAD =
  'Record the events of DevTools’ protocol (Network.webSocket…) or a HAR in Chromium, or capture with Wireshark.';

function* readEvents(text: string): Generator<TrafficEvent, void, undefined> {
  const connections = new Map<string, number>();
  const since = new Since();
  let hasOthers = false;
  const numberOf = function* (
    id: string,
    timeMs: number | undefined,
    url?: string,
  ): Generator<TrafficEvent, number, undefined> {
    const known = connections.get(id);
    if (known !== undefined) return known;
    const connection = connections.size + 1;
    connections.set(id, connection);
    yield { kind: 'open', connection, timeMs, ...(url !== undefined && { url }) };
    return connection;
  };
  // The URL is known before the first time is.
  const urls = new Map<string, string>();
  let lines = 0;
  for (const value of valuesIn(text)) {
    lines++;
    const event = eventIn(value);
    const method = textIn(event, 'method') ?? '';
    const params = objectIn(event, 'params');
    const id = textIn(params, 'requestId');
    if (id === undefined || !/^Network\.webSocket/.test(method)) {
      hasOthers ||= method !== '';
      continue;
    }
    const seconds = numberIn(params, 'timestamp');
    const timeMs = since.of(seconds === undefined ? undefined : seconds * 1000);
    const url = textIn(params, 'url') ?? urls.get(id);
    if (url !== undefined) urls.set(id, url);
    if (method === 'Network.webSocketCreated') continue;
    const connection = yield* numberOf(id, timeMs, url);
    if (method === 'Network.webSocketFrameSent' || method === 'Network.webSocketFrameReceived') {
      const response = objectIn(params, 'response');
      const direction = method === 'Network.webSocketFrameSent' ? 'in' : 'out';
      const opcode = numberIn(response, 'opcode') ?? 1;
      yield messageOf({ connection, direction, timeMs, opcode, data: textIn(response, 'payloadData') }, true);
    } else if (method === 'Network.webSocketHandshakeResponseReceived') {
      const status = numberIn(objectIn(params, 'response'), 'status');
      if (status !== undefined && status !== 101) {
        const sentence = `The server answered the handshake of connection ${connection} with the status ${status}, so no WebSocket was opened.`;
        yield { kind: 'note', connection, sentence };
      }
    } else if (method === 'Network.webSocketFrameError') {
      const said = textIn(params, 'errorMessage') ?? 'no message';
      yield { kind: 'note', connection, sentence: `Chromium reported an error on connection ${connection}: ${said}.` };
    } else if (method === 'Network.webSocketClosed') {
      yield { kind: 'end', connection, direction: undefined, timeMs, how: 'unknown' };
    }
  }
  if (connections.size > 0) {
    yield { kind: 'note', sentence: LEFT_OUT };
    return;
  }
  yield refused(
    lines === 0
      ? 'These events are damaged: no line of them is JSON.'
      : urls.size > 0
        ? 'A WebSocket was created in these events, but neither its handshake nor a message follows.'
        : `These events of DevTools’ protocol${hasOthers ? '' : ' are empty and'} have no WebSocket in them. Call Network.enable before the page opens it.`,
  );
}

const LEFT_OUT =
  'DevTools’ protocol reports only whole messages: no frames, no pings and pongs, and no close code. Record with Wireshark to see those.';

/** The values of a JSON text, or of each line. Words before the JSON of a line are skipped, as logs write them. */
function* valuesIn(text: string): Generator<unknown, void, undefined> {
  const opening = text.replace(/^\ufeff/, '').trimStart();
  if (opening.startsWith('[')) {
    const json = parseJsonText(opening);
    if ('value' in json && Array.isArray(json.value)) {
      yield* json.value;
      return;
    }
  }
  let parsed = 0;
  for (const line of opening.split('\n')) {
    const start = line.search(/[{[]/);
    if (start < 0) continue;
    const value = parseLine(line.slice(start).trim().replace(/,$/, ''));
    if (value === undefined) continue;
    parsed++;
    if (Array.isArray(value)) yield* value;
    else yield value;
  }
  if (parsed > 0) return;
  // One value over several lines.
  const json = parseJsonText(opening);
  if (!('value' in json)) return;
  const { value } = json;
  if (Array.isArray(value)) yield* value;
  else if (isObject(value)) {
    const list = Object.values(value).find(Array.isArray);
    if (list === undefined) yield value;
    else yield* list;
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The event itself: `{method, params}`, or what holds it, in JSON or in a string of JSON. */
function eventIn(value: unknown, depth = 0): JsonObject {
  if (depth > 4) return {};
  if (typeof value === 'string') return eventIn(parseLine(value), depth + 1);
  if (Array.isArray(value) && typeof value[0] === 'string') return { method: value[0], params: value[1] };
  if (!isObject(value)) return {};
  if (typeof value['method'] === 'string') return value;
  for (const name of ['event', 'name', 'type']) {
    const method = value[name];
    if (typeof method === 'string' && method.startsWith('Network.'))
      return { method, params: value['params'] ?? value['data'] ?? value['payload'] };
  }
  for (const name of ['message', 'event', 'data', 'payload']) {
    if (name in value) return eventIn(value[name], depth + 1);
  }
  return {};
}
