import type { OpenForm, TrafficEvent } from '../../traffic/traffic.ts';
import { type PacketFields, readPacketFields } from './packet-fields.ts';
import { bytesOfField, fieldsOfTcp } from './tshark-json.ts';
import { openingOf, wholeTextReader } from './whole-file.ts';

/** Opens tshark's `-T pdml` (Wireshark's "Export, As XML PDML"). Its `psml` has no bytes. */
export const openPdml: OpenForm = (head) => {
  const opening = openingOf(head);
  if (/<psml[\s>]/.test(opening.slice(0, 4096)))
    return {
      refusal: 'This is the list of packets as PSML: it has no bytes. Export it as PDML, or open the capture itself.',
    };
  return /<pdml[\s>]/.test(opening.slice(0, 4096)) ? wholeTextReader("packets of tshark's PDML", readPdml) : undefined;
};

function* readPdml(text: string): Generator<TrafficEvent, void, undefined> {
  yield* readPacketFields('a list of packets in PDML', packetsInPdml(text));
}

function* packetsInPdml(text: string): Generator<PacketFields, void, undefined> {
  for (let start = text.indexOf('<packet'); start >= 0; ) {
    const next = text.indexOf('<packet', start + 7);
    const xml = text.slice(start, next < 0 ? text.length : next);
    const values = new Map<string, string>();
    for (const [, name = '', rest = ''] of xml.matchAll(/<field name="([\w.]+)"([^>]*)>/g)) {
      if (values.has(name)) continue;
      // The value is in hex, and what is shown is in decimal.
      const attribute = name === 'tcp.payload' || name === 'timestamp' ? 'value' : 'show';
      const [, value] = new RegExp(`\\b${attribute}="([^"]*)"`).exec(rest) ?? [];
      if (value !== undefined) values.set(name, value);
    }
    const [, shownPorts] = /<proto name="tcp" showname="[^"]*?Src Port: (?:[^",]*\()?(\d+)/.exec(xml) ?? [];
    const [, shownDestination] = /<proto name="tcp" showname="[^"]*?Dst Port: (?:[^",]*\()?(\d+)/.exec(xml) ?? [];
    const seconds = Number(values.get('timestamp') ?? Number.NaN);
    const field = (name: string) =>
      values.get(name) ?? (name === 'tcp.srcport' ? shownPorts : name === 'tcp.dstport' ? shownDestination : undefined);
    yield { ...(!Number.isNaN(seconds) && { timeMs: seconds * 1000 }), ...fieldsOfTcp(field) };
    start = next;
  }
}

/** Opens `tshark -T fields -E header=y` with `-e tcp.payload`: a table with tabs, commas or the like between. */
export const openTsharkFields: OpenForm = (head) => {
  const [header = ''] = openingOf(head).split(/\r?\n/, 1);
  const separator = separatorOf(header);
  if (separator === undefined) return undefined;
  const names = header.split(separator).map((name) => unquoted(name));
  if (
    !names.every((name) => /^_?[\w-]+(?:\.[\w-]+)*\.?\w*$/.test(name)) ||
    !names.some((name) => /^(?:tcp|frame|websocket|ip)\./.test(name))
  )
    return undefined;
  if (!names.includes('tcp.payload')) {
    return {
      refusal:
        'This is a table of tshark -T fields, but without the bytes of TCP. Add: -e tcp.stream -e tcp.srcport -e tcp.dstport -e tcp.payload',
    };
  }
  if (!names.includes('tcp.srcport') || !names.includes('tcp.dstport')) {
    return {
      refusal:
        'This is a table of tshark -T fields, but it does not say which side sent each packet. Add: -e tcp.srcport -e tcp.dstport',
    };
  }
  return wholeTextReader('a table of tshark -T fields', (text) =>
    readPacketFields('a table of packets', packetsInTable(text, separator)),
  );
};

function separatorOf(header: string): string | undefined {
  if (!/(?:^|["\t,;| ])(?:tcp|frame|websocket|ip)\.\w/.test(header)) return undefined;
  return ['\t', ',', ';', '|', ' '].find((separator) => header.includes(separator));
}

function unquoted(text: string): string {
  const [, inside] = /^(["'])(.*)\1$/.exec(text) ?? [];
  return inside ?? text;
}

function* packetsInTable(text: string, separator: string): Generator<PacketFields, void, undefined> {
  const [header = '', ...rows] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const names = header.split(separator).map(unquoted);
  const columns = new Map(names.map((name, column) => [name, column]));
  for (const row of rows) {
    if (row === '') continue;
    const cells = cellsOf(row, separator);
    const field = (name: string) => {
      const cell = cells[columns.get(name) ?? -1];
      return cell === undefined || cell === ''
        ? undefined
        : name === 'tcp.payload'
          ? cell.replaceAll(',', '')
          : cell.split(',')[0];
    };
    const seconds = Number(field('frame.time_epoch') ?? field('frame.time_relative') ?? Number.NaN);
    if (bytesOfField(field('tcp.payload')) === undefined && field('tcp.flags') === undefined) continue;
    yield { ...(!Number.isNaN(seconds) && { timeMs: seconds * 1000 }), ...fieldsOfTcp(field) };
  }
}

function cellsOf(row: string, separator: string): string[] {
  if (!row.includes('"')) return row.split(separator);
  const cells: string[] = [];
  const cell = /"((?:[^"]|"")*)"|([^"]*?)(?=["]|$)/y;
  let at = 0;
  while (at <= row.length) {
    if (row.charAt(at) === '"') {
      cell.lastIndex = at;
      const [whole = '"', inside = ''] = cell.exec(row) ?? [];
      cells.push(inside);
      at += whole.length + 1;
    } else {
      const end = row.indexOf(separator, at);
      cells.push(row.slice(at, end < 0 ? row.length : end));
      at = end < 0 ? row.length + 1 : end + 1;
    }
  }
  return cells;
}
