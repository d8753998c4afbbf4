import { decodeText } from '../../../text/utf8.ts';
import type { OpenForm, TrafficEvent } from '../../traffic/traffic.ts';
import { isSocket, messagesOfLines, readEntries, readHar } from './har.ts';
import { isObject, objectIn, textIn } from './json-text.ts';
import { openingOf, refused, wholeFileReader, wholeTextReader } from './whole-file.ts';
import { readZip, type ZipFiles } from './zip.ts';

/** Opens a zip with a HAR in it, or Playwright's trace: their messages are in files beside. */
export const openZip: OpenForm = (head) =>
  head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4
    ? wholeFileReader('a zip file with a recording', readZipped)
    : undefined;

function* readZipped(bytes: Uint8Array): Generator<TrafficEvent, void, undefined> {
  const files = readZip(bytes);
  if (files === undefined) {
    yield refused('The end of this zip file is missing, and with it its list of files. Copy or download it again.');
    return;
  }
  const har = files.names.find((name) => /\.har$/i.test(name));
  const networks = files.names.filter((name) => /(?:^|\/)(?:\d+-)?trace\.network$|\.network$/.test(name));
  if (har !== undefined) {
    const text = textOf(files, har);
    if (text === undefined)
      yield refused(`${har} in this zip file cannot be unpacked. Unpack it, and open the HAR file.`);
    else yield* readHar(text, besideOf(files, har));
    return;
  }
  if (networks.length === 0) {
    const shown = files.names.slice(0, 5).join(', ');
    yield refused(
      `This zip file holds no HAR and no trace of Playwright${shown === '' ? '' : ` (it has ${shown})`}. Unpack it, and open the recording in it.`,
    );
    return;
  }
  const entries = networks.flatMap((name) => snapshotsIn(textOf(files, name) ?? ''));
  yield* readEntries(entries.filter(isSocket), 'Playwright', besideOf(files, networks[0] ?? ''));
}

function snapshotsIn(text: string) {
  return messagesOfLines(text)
    .filter((line) => textIn(line, 'type') === 'resource-snapshot')
    .map((line) => objectIn(line, 'snapshot'))
    .filter(isObject);
}

/** The text of a file that is named relative to another one, or in the folder of the trace's resources. */
function besideOf(files: ZipFiles, owner: string): (name: string) => string | undefined {
  const folder = owner.slice(0, owner.lastIndexOf('/') + 1);
  return (name) => textOf(files, folder + name) ?? textOf(files, name) ?? textOf(files, `${folder}resources/${name}`);
}

function textOf(files: ZipFiles, name: string): string | undefined {
  const bytes = files.bytesOf(name);
  return bytes && decodeText(bytes);
}

/** Playwright's messages beside a HAR, one a line, opened without the HAR. */
export const openMessageLines: OpenForm = (head) =>
  /^\{"type":"(?:send|receive)","time":/.test(openingOf(head))
    ? wholeTextReader("the messages beside a HAR file of Playwright's", (text) =>
        readEntries([{ request: {}, _webSocketMessages: messagesOfLines(text) }], 'Playwright', () => undefined),
      )
    : undefined;
