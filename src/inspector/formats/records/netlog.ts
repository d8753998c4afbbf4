import type { TrafficEvent } from '../../traffic/traffic.ts';
import { bytesOfBase64, list, note, openWhole, parseJson, record, string, textOf } from './whole-file.ts';

/** Opens a NetLog of Chromium. It has the bytes only if it was recorded with --net-log-capture-mode=Everything. */
export const openNetLog = openWhole({
  form: 'a NetLog of Chromium',
  recognizes: (head) =>
    /^\s*\{/.test(head) &&
    /"constants"\s*:\s*\{/.test(head) &&
    /"logEventTypes"|"logFormatVersion"|"logSourceType"/.test(head),
  read: (bytes) => readNetLog(textOf(bytes)),
});

interface LogEvent {
  readonly type: string;
  readonly source: number;
  readonly timeMs: number | undefined;
  readonly params: Readonly<Record<string, unknown>>;
}

function* readNetLog(text: string): Generator<TrafficEvent, void, undefined> {
  // A browser that was killed leaves the list open: a comma at the end, and no brackets.
  const whole =
    parseJson(text) ?? parseJson(`${text.trimEnd().replace(/,$/, '')}]}`) ?? parseJson(withoutLastLine(text));
  if (whole === undefined) {
    yield note('The NetLog is not whole JSON, and could not be completed. Record it again, and close the browser.');
    return;
  }
  if (parseJson(text) === undefined)
    yield note('The NetLog is not closed, as when the browser was killed: it was read up to its last whole event.');
  const events = eventsOf(record(whole));
  const sockets = socketsOf(events);
  const connections = new Map<number, number>();
  let hasBytes = false;
  for (const { type, source, timeMs, params } of events) {
    if (type === 'URL_REQUEST_START_JOB' && /^wss?:/i.test(string(params['url']))) {
      const socket = sockets.get(source);
      const connection = connections.size + 1;
      connections.set(socket ?? -source, connection);
      yield { kind: 'open', connection, timeMs, url: string(params['url']) };
      if (socket === undefined) yield note('The log does not show which socket the request used.', connection);
      continue;
    }
    const connection = connections.get(source);
    if (connection === undefined) continue;
    const direction = /_SENT$/.test(type) ? 'in' : 'out';
    if (type === 'SOCKET_CLOSED' || (type === 'SOCKET_BYTES_RECEIVED' && params['byte_count'] === 0)) {
      yield {
        kind: 'end',
        connection,
        direction: type === 'SOCKET_CLOSED' ? 'in' : 'out',
        timeMs,
        how: type === 'SOCKET_CLOSED' ? 'unknown' : 'FIN',
      };
    } else if (/^(?:SSL_)?SOCKET_BYTES_(?:SENT|RECEIVED)$/.test(type)) {
      const bytes = bytesOfBase64(string(params['bytes'])) ?? new Uint8Array(0);
      const missing = Number(params['byte_count']) - bytes.length;
      hasBytes ||= bytes.length > 0;
      if (bytes.length > 0) yield { kind: 'bytes', connection, direction, timeMs, bytes };
      if (missing > 0 && hasBytes) yield { kind: 'gap', connection, direction, timeMs, byteLength: missing };
    }
  }
  if (connections.size > 0 && !hasBytes)
    yield note(
      'This NetLog has no bytes. Start Chromium with --log-net-log=FILE --net-log-capture-mode=Everything, or choose "Include raw bytes" at chrome://net-export.',
    );
}

function withoutLastLine(text: string): string {
  const kept = text.slice(0, text.trimEnd().lastIndexOf('\n')).trimEnd();
  return `${kept.replace(/,$/, '')}]}`;
}

/** The events, their types by name. */
function eventsOf(log: Readonly<Record<string, unknown>>): LogEvent[] {
  const constants = record(log['constants']);
  const names = new Map<unknown, string>();
  for (const [name, number] of Object.entries(record(constants['logEventTypes']))) names.set(number, name);
  const offset = Number(constants['timeTickOffset']);
  return list(log['events'])
    .map(record)
    .map((event) => ({
      type: names.get(event['type']) ?? '',
      source: Number(record(event['source'])['id']),
      timeMs: timeOf(event['time'], offset),
      params: record(event['params']),
    }));
}

function timeOf(time: unknown, offset: number): number | undefined {
  const ms = Number(time) + (Number.isNaN(offset) ? 0 : offset);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The socket of each request. Both name the same job that joined them. */
function socketsOf(events: readonly LogEvent[]): Map<number, number> {
  const socketOfJob = new Map<number, number>();
  const socketOfRequest = new Map<number, number>();
  const jobsOfRequest: [request: number, job: number][] = [];
  for (const { type, source, params } of events) {
    const other = Number(record(params['source_dependency'])['id']);
    if (Number.isNaN(other)) continue;
    if (type === 'SOCKET_IN_USE') socketOfJob.set(other, source);
    if (/BOUND_TO_JOB$/.test(type)) jobsOfRequest.push([source, other]);
    if (/BOUND_TO_SOCKET$/.test(type)) socketOfJob.set(source, other);
  }
  for (const [request, job] of jobsOfRequest) {
    const socket = socketOfJob.get(job);
    if (socket !== undefined) socketOfRequest.set(request, socket);
  }
  return socketOfRequest;
}
