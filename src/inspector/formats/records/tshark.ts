import { bytesOfHex } from '../../../bytes/hex.ts';
import type { TrafficEvent } from '../../traffic/traffic.ts';
import { Conversation } from '../captures/conversation.ts';
import { segmentIn } from '../captures/link-layer.ts';
import { type Side, TcpConnection } from '../captures/tcp.ts';
import { note, openWhole, parseJson, record, string, textOf, type WholeForm } from './whole-file.ts';

/** What one packet of tshark's output says about itself. */
interface TsharkPacket {
  readonly timeMs: number;
  /** Address and port of both ends; undefined if the output does not have them. */
  readonly source: string | undefined;
  readonly destination: string | undefined;
  readonly stream: string;
  readonly sequence: number | undefined;
  /** The bytes of TCP's payload as hex; undefined if the output does not have them. */
  readonly payload: string | undefined;
}

const WHAT_TO_DO =
  'Print the payload as well: tshark -T json -x, or -T fields -e tcp.stream -e tcp.srcport -e tcp.dstport -e tcp.seq_raw -e tcp.payload. Or open the capture file itself.';

/** Opens packets as tshark prints them: -T json, jsonraw, ek. */
export const openTsharkJson = openWhole({
  form: 'packets of tshark as JSON',
  recognizes: (head) =>
    /^\s*[[{]/.test(head) && /"layers"\s*:/.test(head) && /"(?:frame|tcp|eth|websocket)(?:_raw)?"/.test(head),
  read: (bytes) => readPackets(jsonPackets(textOf(bytes))),
});

/** -T pdml. */
export const openPdml = openWhole({
  form: 'packets of tshark as PDML',
  recognizes: (head) => /<pdml\b/.test(head),
  read: (bytes) => readPackets(pdmlPackets(textOf(bytes))),
});

/** -T fields, with a header line. */
export const openTsharkFields: ReturnType<typeof openWhole> = openWhole({
  form: 'fields of tshark',
  recognizes: (head) =>
    /^(?:[a-z0-9_]+(?:\.[a-z0-9_]+)+[\t,;|"]*)+\r?\n/.test(head) && /^"?(?:frame|tcp|ip|websocket|_ws)\./.test(head),
  read: (bytes) => readPackets(fieldPackets(textOf(bytes))),
} satisfies WholeForm);

function* readPackets(packets: Iterable<TsharkPacket>): Generator<TrafficEvent, void, undefined> {
  const events: TrafficEvent[] = [];
  let connections = 0;
  let withoutPayload = 0;
  let isWithoutSide = false;
  const owner = { emit: (event: TrafficEvent) => events.push(event), nextConnection: () => ++connections };
  const pairs = new Map<string, { tcp: TcpConnection; first: string; next: [number, number] }>();
  for (const packet of packets) {
    const { source, destination, payload, timeMs } = packet;
    if (payload === undefined) {
      withoutPayload++;
      continue;
    }
    if (source === undefined || destination === undefined) {
      isWithoutSide = true;
      continue;
    }
    const bytes = bytesOfHex(payload);
    if (bytes.length === 0) continue;
    const key = `${packet.stream} ${[source, destination].sort().join(' ')}`;
    let pair = pairs.get(key);
    if (pair === undefined) {
      pair = { tcp: new TcpConnection(new Conversation(owner, [source, destination])), first: source, next: [0, 0] };
      pairs.set(key, pair);
    }
    const side: Side = pair.first === source ? 0 : 1;
    const sequence = packet.sequence ?? pair.next[side];
    pair.next[side] = (sequence + bytes.length) >>> 0;
    const segment = { source, destination, sequence, acknowledgment: 0, flags: 0, start: 0, end: bytes.length };
    pair.tcp.take(side, segment, bytes, timeMs);
    yield* events.splice(0);
  }
  for (const { tcp } of pairs.values()) tcp.finish();
  yield* events.splice(0);
  if (connections > 0) return;
  if (isWithoutSide) yield note(`The output does not say which port sent what. ${WHAT_TO_DO}`);
  else if (withoutPayload > 0) yield note(`The output has no payload of TCP. ${WHAT_TO_DO}`);
}

const hexOf = (value: unknown) => {
  const text = Array.isArray(value) ? string(value[0]) : string(value);
  const hex = text.replaceAll(':', '').toLowerCase();
  return /^(?:[0-9a-f]{2})+$/.test(hex) ? hex : undefined;
};

function* jsonPackets(text: string): Generator<TsharkPacket, void, undefined> {
  const whole = parseJson(text);
  const values = Array.isArray(whole)
    ? whole
    : whole !== undefined
      ? [whole]
      : text.split('\n').map((line) => parseJson(line.replace(/,\s*$/, '')));
  for (const value of values.map(record)) {
    const layers = record(record(value['_source'])['layers'] ?? value['layers']);
    if (Object.keys(layers).length > 0) yield jsonPacket(layers, value);
  }
}

const LINKS: readonly (readonly [layer: string, linkType: number])[] = [
  ['eth', 1],
  ['sll', 113],
  ['null', 0],
  ['raw', 101],
];

function jsonPacket(layers: Readonly<Record<string, unknown>>, value: Readonly<Record<string, unknown>>): TsharkPacket {
  const tcp = record(layers['tcp']);
  // -T ek writes tcp_tcp_srcport for what -T json writes as tcp.srcport.
  const field = (layer: Readonly<Record<string, unknown>>, name: string) => {
    const found = layer[name] ?? layer[`${name.split('.')[0]}_${name.replaceAll('.', '_')}`];
    return Array.isArray(found) ? String(found[0]) : found === undefined ? undefined : String(found);
  };
  const frame = record(layers['frame']);
  const ip = record(layers['ip'] ?? layers['ipv6']);
  const epoch = Number(field(frame, 'frame.time_epoch')) || Date.parse(field(frame, 'frame.time_epoch') ?? '') / 1000;
  const timeMs = Number.isNaN(epoch) ? Number(value['timestamp'] ?? 0) : epoch * 1000;
  const raw = hexOf(layers['frame_raw']);
  const [, linkType] = LINKS.find(([name]) => layers[name] !== undefined || layers[`${name}_raw`] !== undefined) ?? [];
  if (raw !== undefined && linkType !== undefined) {
    const bytes = bytesOfHex(raw);
    const segment = segmentIn(linkType, bytes);
    if (typeof segment === 'object') {
      const payload = raw.slice(2 * segment.start, 2 * segment.end);
      const { source, destination, sequence } = segment;
      return { timeMs, source, destination, stream: '', sequence, payload };
    }
  }
  const port = (name: string) => field(tcp, name);
  const [sourcePort, destinationPort] = [port('tcp.srcport'), port('tcp.dstport')];
  const sequence = Number(port('tcp.seq_raw') ?? port('tcp.seq') ?? Number.NaN);
  return {
    timeMs,
    source: sourcePort && `${field(ip, 'ip.src') ?? ''}:${sourcePort}`,
    destination: destinationPort && `${field(ip, 'ip.dst') ?? ''}:${destinationPort}`,
    stream: port('tcp.stream') ?? '',
    sequence: Number.isNaN(sequence) ? undefined : sequence,
    payload: hexOf(tcp['tcp.payload_raw']) ?? hexOf(tcp['tcp.payload']) ?? hexOf(tcp['tcp_tcp_payload']),
  };
}

function* pdmlPackets(text: string): Generator<TsharkPacket, void, undefined> {
  for (const packet of text.split('<packet').slice(1)) {
    const shown = (name: string, what: 'show' | 'value') => {
      const tag = new RegExp(`<field name="${name.replaceAll('.', '\\.')}"[^>]*>`).exec(packet)?.[0] ?? '';
      return new RegExp(` ${what}="([^"]*)"`).exec(tag)?.[1];
    };
    const [sourcePort, destinationPort] = [shown('tcp.srcport', 'show'), shown('tcp.dstport', 'show')];
    const sequence = shown('tcp.seq_raw', 'show') ?? shown('tcp.seq', 'show');
    yield {
      timeMs: Number(shown('timestamp', 'value') ?? 0) * 1000,
      source: sourcePort && `${shown('ip.src', 'show') ?? ''}:${sourcePort}`,
      destination: destinationPort && `${shown('ip.dst', 'show') ?? ''}:${destinationPort}`,
      stream: shown('tcp.stream', 'show') ?? '',
      sequence: sequence === undefined ? undefined : Number(sequence),
      payload: hexOf(shown('tcp.payload', 'value')),
    };
  }
}

function* fieldPackets(text: string): Generator<TsharkPacket, void, undefined> {
  const [header = '', ...lines] = text.split(/\r?\n/);
  const separator = /[\t,;|]/.exec(header)?.[0] ?? '\t';
  const cells = (line: string) => line.split(separator).map((cell) => cell.replace(/^"(.*)"$/, '$1'));
  const names = cells(header);
  for (const line of lines.filter((each) => each !== '')) {
    const values = cells(line);
    const field = (name: string) => {
      const value = values[names.indexOf(name)];
      return value === '' ? undefined : value;
    };
    const [sourcePort, destinationPort] = [field('tcp.srcport'), field('tcp.dstport')];
    const sequence = field('tcp.seq_raw') ?? field('tcp.seq');
    yield {
      timeMs: Number(field('frame.time_epoch') ?? field('frame.time_relative') ?? 0) * 1000 || 0,
      source: sourcePort && `${field('ip.src') ?? ''}:${sourcePort}`,
      destination: destinationPort && `${field('ip.dst') ?? ''}:${destinationPort}`,
      stream: field('tcp.stream') ?? '',
      sequence: sequence === undefined ? undefined : Number(sequence),
      payload: hexOf(field('tcp.payload')),
    };
  }
}
