import type { TrafficEvent } from '../../traffic/traffic.ts';
import { eventOfMessage } from './devtools-messages.ts';
import { list, note, openWhole, parseJson, record, string, textOf } from './whole-file.ts';

/** Finds the messages that a HAR keeps in a file of their own, by its name in the archive. */
export type FileOfHar = (name: string) => string | undefined;

/** Opens a HAR: of DevTools or of Playwright with messages; of other programs it has only the handshake. */
export const openHar = openWhole({
  form: 'a HAR file',
  recognizes: (head) =>
    /^\s*\{/.test(head) && /"log"\s*:\s*\{/.test(head) && /"(?:creator|entries|browser|version|pages)"/.test(head),
  read: (bytes) => readHar(textOf(bytes)),
});

/** A time in seconds since 1970 is far below, one in milliseconds far above. */
const LARGEST_IN_SECONDS = 1e11;

export function* readHar(text: string, fileOf?: FileOfHar): Generator<TrafficEvent, void, undefined> {
  const har = parseJson(text);
  if (har === undefined) {
    yield note('The file begins as a HAR, but it is not whole JSON: it was cut. Export it again.');
    return;
  }
  const log = record(record(har)['log']);
  const creator = record(log['creator']);
  const entries = list(log['entries']).map(record);
  yield* readEntries(entries, fileOf);
  const { length } = entries.filter(isSocket);
  if (length > 0) return;
  const program = string(creator['name']);
  yield note(
    `This HAR${program === '' ? '' : ` of ${program}`} has no entry of a WebSocket. ${
      program === 'Firefox' ? 'Firefox leaves them out of the HAR that it exports by itself. ' : ''
    }Export it from the Network panel of Chrome’s DevTools, or record with Playwright.`,
  );
}

function isSocket(entry: Readonly<Record<string, unknown>>): boolean {
  const { url } = record(entry['request']);
  return (
    entry['_webSocketMessages'] !== undefined ||
    entry['_resourceType'] === 'websocket' ||
    /^wss?:/i.test(string(url)) ||
    record(entry['response'])['status'] === 101
  );
}

/** The entries of a HAR, or the snapshots of a trace, which have the same form. */
export function* readEntries(
  entries: readonly Readonly<Record<string, unknown>>[],
  fileOf?: FileOfHar,
): Generator<TrafficEvent, void, undefined> {
  let connection = 0;
  for (const entry of entries.filter(isSocket)) {
    connection++;
    yield* readEntry(connection, entry, fileOf);
  }
}

function* readEntry(
  connection: number,
  entry: Readonly<Record<string, unknown>>,
  fileOf: FileOfHar | undefined,
): Generator<TrafficEvent, void, undefined> {
  const startMs = Date.parse(string(entry['startedDateTime']));
  const { status, statusText, content } = record(entry['response']);
  const url = string(record(entry['request'])['url']);
  yield { kind: 'open', connection, timeMs: Number.isNaN(startMs) ? undefined : startMs, url };
  if (typeof status === 'number' && status !== 101)
    yield note(
      status <= 0
        ? 'The server’s answer is not in the recording: the connection was not opened, or the answer came too late.'
        : `The server answered ${status} ${string(statusText)}, so no WebSocket was opened.`,
      connection,
    );
  const file = string(record(content)['_file']);
  const lines = file === '' ? undefined : fileOf?.(file);
  const messages =
    entry['_webSocketMessages'] === undefined && lines !== undefined
      ? lines.split('\n').map(parseJson)
      : list(entry['_webSocketMessages']);
  let count = 0;
  for (const message of messages.map(record)) {
    const { type, time, opcode, data } = message;
    if (type === 'error') {
      yield note(`The browser reported an error: ${JSON.stringify(string(data))}.`, connection);
      continue;
    }
    if (type !== 'send' && type !== 'receive') continue;
    count++;
    yield eventOfMessage(connection, {
      direction: type === 'send' ? 'in' : 'out',
      timeMs: timeOf(time),
      opcode: typeof opcode === 'number' && opcode >= 0 && opcode <= 15 ? opcode : 1,
      data: string(data),
    });
  }
  if (count > 0) {
    yield note(
      'A HAR has whole messages: no frames, no pings, no close frame and no close code. Compressed messages are inflated.',
      connection,
    );
  } else if (file !== '' && lines === undefined) {
    yield note(
      `The messages are in a file beside this HAR, ${JSON.stringify(file)}. Open the zip file that Playwright wrote, which has both.`,
      connection,
    );
  } else {
    yield note(
      'This HAR has the handshake but no messages. Export it from the Network panel of Chrome’s DevTools while the connection is open, or capture the packets.',
      connection,
    );
  }
}

function timeOf(time: unknown): number | undefined {
  if (typeof time !== 'number' || time < 0) return undefined;
  return time < LARGEST_IN_SECONDS ? time * 1000 : time;
}
