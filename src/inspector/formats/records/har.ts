import { countNoun } from '../../../text/count.ts';
import type { OpenForm, TrafficEvent } from '../../traffic/traffic.ts';
import { isObject, type JsonObject, listIn, numberIn, objectIn, parseJsonText, textIn } from './json-text.ts';
import { epochMsOf, messageOf, Since } from './recorded-message.ts';
import { openingOf, refused, wholeTextReader } from './whole-file.ts';

/** Opens a HAR file: the messages that DevTools and Playwright keep in `_webSocketMessages`. */
export const openHar: OpenForm = (head) =>
  /^\ufeff?\s*\{\s*"log"\s*:\s*\{/.test(openingOf(head))
    ? wholeTextReader('a HAR file', (text) => readHar(text, () => undefined))
    : undefined;

/**
 * Reads the WebSockets of a HAR.
 *
 * @param fileNamed another file of the same zip, where Playwright keeps the messages
 */
export function* readHar(
  text: string,
  fileNamed: (name: string) => string | undefined,
): Generator<TrafficEvent, void, undefined> {
  const json = parseJsonText(text);
  if ('problem' in json) {
    yield refused(`This HAR file is damaged: it is not valid JSON (${json.problem}). Export it again.`);
    return;
  }
  if (json.isCut)
    yield { kind: 'note', sentence: 'The end of the HAR file is missing. Everything before it is shown.' };
  const log = objectIn(json.value, 'log');
  const entries = listIn(log, 'entries').filter(isObject);
  yield* readEntries(entries.filter(isSocket), textIn(objectIn(log, 'creator'), 'name') ?? 'its program', fileNamed);
}

/** Browsers differ: some write the ws: URL, some the http: URL with the status 101. */
export function isSocket(entry: JsonObject): boolean {
  return (
    /^wss?:/i.test(textIn(objectIn(entry, 'request'), 'url') ?? '') ||
    textIn(entry, '_resourceType') === 'websocket' ||
    '_webSocketMessages' in entry ||
    (numberIn(objectIn(entry, 'response'), 'status') === 101 && upgradesToWebSocket(entry))
  );
}

function upgradesToWebSocket(entry: JsonObject): boolean {
  return listIn(objectIn(entry, 'response'), 'headers').some(
    (header) =>
      /^(?:upgrade|sec-websocket-accept)$/i.test(textIn(header, 'name') ?? '') &&
      !/^h2c/i.test(textIn(header, 'value') ?? ''),
  );
}

/**
 * @param entries those of WebSockets
 * @param creator the program that wrote them
 */
export function* readEntries(
  entries: readonly JsonObject[],
  creator: string,
  fileNamed: (name: string) => string | undefined,
): Generator<TrafficEvent, void, undefined> {
  const found = entries.map((entry) => ({ entry, messages: messagesIn(entry, fileNamed) }));
  if (!found.some(({ entry, messages }) => messages !== undefined || isAnsweredOtherwise(entry))) {
    yield refused(withoutMessages(entries.length, creator));
    return;
  }
  const since = new Since();
  for (const [index, { entry, messages }] of found.entries()) {
    const connection = index + 1;
    const url = textIn(objectIn(entry, 'request'), 'url') ?? '';
    const startMs = since.of(epochMsOf(entry['startedDateTime']));
    yield { kind: 'open', connection, timeMs: startMs, url, ...serverOf(entry) };
    const response = objectIn(entry, 'response');
    const status = numberIn(response, 'status');
    if (isAnsweredOtherwise(entry)) {
      const shown = `${status} ${textIn(response, 'statusText') ?? ''}`.trim();
      yield {
        kind: 'note',
        connection,
        sentence: `The server refused the handshake of connection ${connection}: ${shown}.`,
      };
    }
    if (messages === undefined && !isAnsweredOtherwise(entry)) {
      const sentence = `The HAR has no messages of connection ${connection}. ${RECORD_ANEW}`;
      yield { kind: 'note', connection, sentence };
    }
    for (const message of messages ?? []) {
      const timeMs = since.of(epochMsOf(message['time']));
      const direction = isFromPage(message) ? 'in' : 'out';
      const opcode = numberIn(message, 'opcode') ?? 1;
      yield messageOf(
        { connection, direction, timeMs, opcode, data: textIn(message, 'data') },
        creator === 'WebInspector',
      );
    }
  }
  yield { kind: 'note', sentence: creator === 'Playwright' ? `${LEFT_OUT} ${PLAYWRIGHT}` : LEFT_OUT };
}

const PLAYWRIGHT = 'Playwright also leaves out empty messages and Blobs.';

const LEFT_OUT =
  'A HAR has whole messages only: no frames, no pings and pongs, and no close code. Record with Wireshark to see those.';

const RECORD_ANEW =
  'Export it from DevTools of Chromium ("Save all as HAR with content"), or record the connection with Wireshark.';

function isAnsweredOtherwise(entry: JsonObject): boolean {
  const status = numberIn(objectIn(entry, 'response'), 'status');
  return status !== undefined && status > 101;
}

function isFromPage(message: JsonObject): boolean {
  return /^(?:send|sent|outgoing|request)$/i.test(textIn(message, 'type') ?? '');
}

function serverOf(entry: JsonObject): { readonly server?: string } {
  const address = textIn(entry, 'serverIPAddress');
  return address === undefined || address === '' ? {} : { server: address };
}

/** The messages of an entry, or of the file that Playwright names in their place. */
function messagesIn(
  entry: JsonObject,
  fileNamed: (name: string) => string | undefined,
): readonly JsonObject[] | undefined {
  const own = entry['_webSocketMessages'];
  if (Array.isArray(own)) return own.filter(isObject);
  const content = objectIn(objectIn(entry, 'response'), 'content');
  const names = [
    isObject(own) ? textIn(own, '_file') : undefined,
    textIn(own, '_sha1'),
    textIn(entry, '_webSocketMessagesFile'),
    textIn(content, '_file'),
    textIn(content, '_sha1'),
  ];
  for (const name of names) {
    if (name === undefined) continue;
    const text = fileNamed(name);
    if (text !== undefined) return messagesOfLines(text);
  }
  return undefined;
}

/** One message a line. A line that is cut off is left out. */
export function messagesOfLines(text: string): JsonObject[] {
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const json = parseJsonText(line);
    return 'value' in json && isObject(json.value) ? [json.value] : [];
  });
}

function withoutMessages(count: number, creator: string): string {
  if (count === 0) {
    const sentence =
      'This HAR file has no WebSocket in it. Firefox leaves them out, and Chromium records only those that a page opens while DevTools is open.';
    return `${sentence} ${RECORD_ANEW}`;
  }
  return `This HAR file has ${countNoun(count, 'WebSocket')}, but no messages: ${creator} does not export them, or keeps them in a file of their own (then open the zip). ${RECORD_ANEW}`;
}
