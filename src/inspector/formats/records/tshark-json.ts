import type { OpenForm, TrafficEvent } from '../../traffic/traffic.ts';
import { isObject, type JsonObject, parseJsonText } from './json-text.ts';
import { type PacketFields, readPacketFields } from './packet-fields.ts';
import { openingOf, refused, wholeTextReader } from './whole-file.ts';

/** Opens packets as tshark's `-T json`, `jsonraw` and `ek` write them, and Wireshark's "Export Packet Dissections, As JSON". */
export const openTsharkJson: OpenForm = (head) => {
  const opening = openingOf(head);
  if (/^\ufeff?\s*\[\s*\{\s*"_index"\s*:/.test(opening)) return wholeTextReader("packets of tshark's JSON", readList);
  if (/^\s*\{\s*"index"\s*:\s*\{/.test(opening) && opening.includes('"layers"'))
    return wholeTextReader('packets of tshark -T ek', readLines);
  return undefined;
};

function* readList(text: string): Generator<TrafficEvent, void, undefined> {
  const json = parseJsonText(text);
  if ('problem' in json || !Array.isArray(json.value)) {
    yield refused(
      `This JSON of tshark is damaged (${'problem' in json ? json.problem : 'it is not a list'}). Export it again.`,
    );
    return;
  }
  if (json.isCut) yield { kind: 'note', sentence: 'The end of the JSON is missing. Everything before it is shown.' };
  yield* readPacketFields(
    'a list of packets in JSON',
    json.value.filter(isObject).map((packet) => packetOf(layersIn(packet))),
  );
}

function* readLines(text: string): Generator<TrafficEvent, void, undefined> {
  const packets = text.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const json = parseJsonText(line);
    return 'value' in json && isObject(json.value) && 'layers' in json.value ? [packetOf(layersIn(json.value))] : [];
  });
  yield* readPacketFields('a list of packets of tshark -T ek', packets);
}

function layersIn(packet: JsonObject): JsonObject {
  const source = isObject(packet['_source']) ? packet['_source'] : packet;
  return isObject(source['layers']) ? source['layers'] : {};
}

/** The first value of a field, wherever it is: `-T ek` joins the name of the layer to it with an underscore. */
function fieldsOf(layers: JsonObject): (name: string) => string | undefined {
  return (name) => {
    const [layerName = ''] = name.split('.');
    const layer = layers[layerName];
    const key = name.replaceAll('.', '_');
    for (const found of [
      isObject(layer) ? layer[name] : undefined,
      isObject(layer) ? layer[`${layerName}_${key}`] : undefined,
      layers[name],
      layers[key],
    ]) {
      const value = Array.isArray(found) ? found[0] : found;
      if (typeof value === 'string') return value;
      if (typeof value === 'number') return String(value);
    }
    return undefined;
  };
}

function packetOf(layers: JsonObject): PacketFields {
  const field = fieldsOf(layers);
  const raw = layers['frame_raw'];
  const frame = bytesOfField(Array.isArray(raw) ? raw[0] : raw);
  const encapsulation = field('frame.encap_type');
  const linkType = encapsulation === undefined ? undefined : LINK_TYPES[encapsulation];
  const seconds = Number(field('frame.time_epoch') ?? field('frame.time_relative') ?? Number.NaN);
  const fields = {
    ...(!Number.isNaN(seconds) && { timeMs: seconds * 1000 }),
    ...fieldsOfTcp(field),
  };
  if (frame !== undefined && (linkType !== undefined || fields.sourcePort === undefined))
    return { ...fields, frame: { bytes: frame, linkType: linkType ?? linkTypeByLook(frame) } };
  return fields;
}

/** The TCP fields of a packet. */
export function fieldsOfTcp(field: (name: string) => string | undefined): PacketFields {
  const number = (name: string) => {
    const text = field(name);
    const value = text === undefined || text === '' ? Number.NaN : Number(text);
    return Number.isNaN(value) ? undefined : value;
  };
  const payload = bytesOfField(field('tcp.payload'));
  const source = field('ip.src') ?? field('ipv6.src');
  const destination = field('ip.dst') ?? field('ipv6.dst');
  const sourcePort = number('tcp.srcport');
  const destinationPort = number('tcp.dstport');
  const sequence = number('tcp.seq_raw') ?? number('tcp.seq');
  const acknowledgment = number('tcp.ack_raw') ?? number('tcp.ack');
  const flags = number('tcp.flags');
  return {
    ...(source !== undefined && { source }),
    ...(destination !== undefined && { destination }),
    ...(sourcePort !== undefined && { sourcePort }),
    ...(destinationPort !== undefined && { destinationPort }),
    ...(sequence !== undefined && { sequence }),
    ...(acknowledgment !== undefined && { acknowledgment }),
    ...(flags !== undefined && { flags }),
    ...(payload !== undefined && { payload }),
  };
}

/** Bytes in hex, with or without colons between. */
export function bytesOfField(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  const digits = value.replaceAll(':', '');
  if (digits === '' || digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) return undefined;
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Wireshark's numbers of encapsulations, as LINKTYPE_…. */
const LINK_TYPES: Readonly<Record<string, number>> = {
  '1': 1,
  '7': 101,
  '15': 0,
  '25': 113,
  '129': 228,
  '130': 229,
  '210': 276,
};

/** A raw packet says nothing of its link: it is Ethernet if an EtherType of IP stands where Ethernet has it. */
function linkTypeByLook(frame: Uint8Array): number {
  const at = (index: number) => ((frame[index] ?? 0) << 8) | (frame[index + 1] ?? 0);
  const isIp = (type: number) => type === 0x0800 || type === 0x86dd;
  if (isIp(at(12)) || at(12) === 0x8100) return 1;
  if (isIp(at(14))) return 113;
  if (isIp(at(0)) && at(2) === 0) return 276;
  return [4, 6].includes((frame[0] ?? 0) >> 4) ? 101 : 0;
}
