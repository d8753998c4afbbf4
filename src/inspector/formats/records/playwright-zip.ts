import type { TrafficEvent } from '../../traffic/traffic.ts';
import { readEntries, readHar } from './har.ts';
import { note, openWhole, parseJson, record, textOf } from './whole-file.ts';
import { isZip, readZip } from './zip.ts';

/** Opens what Playwright packs: a HAR with its files beside it, or a trace. */
export const openPlaywrightZip = openWhole({
  form: 'a zip file of Playwright',
  recognizes: (_, bytes) => isZip(bytes),
  read: readArchive,
});

function* readArchive(bytes: Uint8Array): Generator<TrafficEvent, void, undefined> {
  const files = readZip(bytes);
  const unpacked = (name: string) => {
    const content = files.find((file) => file.name === name)?.unpack();
    return content && textOf(content);
  };
  const fileOf = (name: string) => unpacked(name) ?? unpacked(`resources/${name}`);
  const har = files.find(({ name }) => name.endsWith('.har'));
  const networks = files.filter(({ name }) => name.endsWith('.network'));
  if (har !== undefined) yield* readHar(unpacked(har.name) ?? '', fileOf);
  else if (networks.length > 0) {
    const lines = networks.flatMap(({ name }) => (unpacked(name) ?? '').split('\n'));
    const snapshots = lines.map((line) => record(record(parseJson(line))['snapshot']));
    yield* readEntries(snapshots, fileOf);
  } else {
    yield note('This zip file has no HAR and no trace of Playwright. Unpack it, and open the recording that is in it.');
  }
}
