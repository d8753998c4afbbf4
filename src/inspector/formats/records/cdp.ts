import { encodeText } from '../../../text/utf8.ts';
import type { TrafficEvent } from '../../traffic/traffic.ts';
import { eventOfMessage } from './devtools-messages.ts';
import { list, note, openWhole, parseJson, record, string, textOf } from './whole-file.ts';

/** Opens events of the Chrome DevTools Protocol: one a line, in a list, or in the performance log of chromedriver. */
export const openCdp = openWhole({
  form: 'events of the Chrome DevTools Protocol',
  recognizes: (head) => /Network\.webSocket[A-Z]/.test(head) && /^\s*[[{]/.test(head),
  read: (bytes) => readCdp(textOf(bytes)),
});

function* readCdp(text: string): Generator<TrafficEvent, void, undefined> {
  const connections = new Map<string, number>();
  let skipped = 0;
  for (const value of valuesOf(text)) {
    const event = eventIn(value);
    const params = record(event?.['params']);
    const method = string(event?.['method']);
    const id = string(params['requestId']);
    if (!method.startsWith('Network.webSocket') || id === '') {
      if (event === undefined) skipped++;
      continue;
    }
    let connection = connections.get(id);
    const timeMs = typeof params['timestamp'] === 'number' ? params['timestamp'] * 1000 : undefined;
    if (connection === undefined) {
      connection = connections.size + 1;
      connections.set(id, connection);
      yield { kind: 'open', connection, timeMs, url: string(params['url']) };
    }
    yield* readEvent(method, connection, timeMs, params);
  }
  if (skipped > 0) yield note(`${skipped} lines are not JSON, and were skipped.`);
  if (connections.size > 0)
    yield note('DevTools tells of whole messages: no pings, no close frame. Compressed messages are inflated.');
}

function* readEvent(
  method: string,
  connection: number,
  timeMs: number | undefined,
  params: Readonly<Record<string, unknown>>,
): Generator<TrafficEvent, void, undefined> {
  const response = record(params['response']);
  switch (method) {
    case 'Network.webSocketHandshakeResponseReceived': {
      const { status, requestHeadersText, headersText } = response;
      // Chromium gives the heads as they were on the wire, when it has them.
      for (const [direction, head] of [
        ['in', string(requestHeadersText)],
        ['out', string(headersText)],
      ] as const) {
        if (head.endsWith('\r\n\r\n')) yield { kind: 'bytes', connection, direction, timeMs, bytes: encodeText(head) };
      }
      if (typeof status === 'number' && status !== 101)
        yield note(`The server answered ${status}, so no WebSocket was opened.`, connection);
      return;
    }
    case 'Network.webSocketFrameSent':
    case 'Network.webSocketFrameReceived': {
      const { opcode, payloadData } = response;
      yield eventOfMessage(connection, {
        direction: method.endsWith('Sent') ? 'in' : 'out',
        timeMs,
        opcode: typeof opcode === 'number' && opcode >= 0 && opcode <= 15 ? opcode : 1,
        data: string(payloadData),
      });
      return;
    }
    case 'Network.webSocketFrameError':
      yield note(`The browser reported an error: ${JSON.stringify(string(params['errorMessage']))}.`, connection);
      return;
    case 'Network.webSocketClosed':
      yield { kind: 'end', connection, direction: undefined, timeMs, how: 'unknown' };
  }
}

/** Every JSON value of a text: of a list, or one a line. */
function* valuesOf(text: string): Generator<unknown, void, undefined> {
  const whole = parseJson(text);
  if (Array.isArray(whole)) {
    yield* whole;
    return;
  }
  if (whole !== undefined) {
    const { events } = record(whole);
    if (Array.isArray(events)) yield* list(events);
    else yield whole;
    return;
  }
  for (const line of text.split('\n')) if (line.trim() !== '') yield parseJson(line.replace(/,\s*$/, ''));
}

/** The event inside a value. chromedriver puts it as JSON into a string, below its own time of fetching. */
function eventIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined) return undefined;
  const outer = record(value);
  if (typeof outer['message'] === 'string') return eventIn(parseJson(outer['message']) ?? {});
  if (typeof outer['method'] === 'string') return outer;
  return outer['message'] === undefined ? outer : eventIn(outer['message']);
}
