import { decodeLatin1 } from '../../../text/latin1.ts';
import type { TrafficEvent } from '../../traffic/traffic.ts';
import { CaptureReader } from '../captures/capture-reader.ts';
import { ACK, type Segment, SYN } from '../captures/link-layer.ts';
import { refused } from './whole-file.ts';

/** What a list of packets says of one of them: some of it can be missing. */
export interface PacketFields {
  /** All its bytes, and the LINKTYPE_… of the first. */
  readonly frame?: { readonly bytes: Uint8Array; readonly linkType: number };
  /** Milliseconds since any moment. */
  readonly timeMs?: number;
  readonly source?: string;
  readonly destination?: string;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly sequence?: number;
  readonly acknowledgment?: number;
  readonly flags?: number;
  /** What TCP carried: the bytes of the wire. */
  readonly payload?: Uint8Array;
}

/**
 * Reads packets of which only some fields are known, like those of a capture: TCP is put together by ports and sequence numbers.
 * Without sequence numbers, the packets are taken in their order.
 *
 * @param form the name of the list
 */
export function* readPacketFields(
  form: string,
  packets: Iterable<PacketFields>,
): Generator<TrafficEvent, void, undefined> {
  const reader = new CaptureReader(form, () => ({ push() {}, end() {} }), undefined);
  const next = new Map<string, number>();
  let startMs: number | undefined;
  let count = 0;
  let withBytes = 0;
  let hasConnection = false;
  const told: TrafficEvent[] = [];
  for (const packet of packets) {
    count++;
    if (packet.timeMs !== undefined) startMs ??= packet.timeMs;
    const timeMs = (packet.timeMs ?? startMs ?? 0) - (startMs ?? 0);
    if (packet.frame !== undefined) {
      const { bytes, linkType } = packet.frame;
      withBytes++;
      reader.packet({ linkType, timeMs, bytes, originalLength: bytes.length });
    } else {
      if (packet.payload !== undefined && packet.payload.length > 0) withBytes++;
      for (const segment of segmentsOf(packet, next))
        reader.segment(segment, segment.end === 0 ? NOTHING : (packet.payload ?? NOTHING), timeMs);
    }
    if (count % BATCH_PACKETS === 0) {
      for (const event of reader.push(NOTHING)) {
        hasConnection ||= event.kind === 'open';
        yield event;
      }
    }
  }
  for (const event of reader.end()) {
    hasConnection ||= event.kind === 'open';
    told.push(event);
  }
  if (!hasConnection && withBytes === 0) {
    yield refused(
      count === 0
        ? `This is ${form}, but no packet in it could be read. Export it again.`
        : `This is ${form}, but without the bytes of its packets. Add them: tshark -T json -x, or -e tcp.srcport -e tcp.dstport -e tcp.payload with -T fields.`,
    );
    return;
  }
  yield* told;
}

const BATCH_PACKETS = 1000;
const NOTHING = new Uint8Array(0);

/** @param next where each direction continues, for lists without sequence numbers */
function* segmentsOf(packet: PacketFields, next: Map<string, number>): Generator<Segment, void, undefined> {
  const { sourcePort, destinationPort } = packet;
  const payload = packet.payload ?? NOTHING;
  if (sourcePort === undefined || destinationPort === undefined) return;
  const source = `${packet.source ?? 'port '}${packet.source === undefined ? '' : ':'}${sourcePort}`;
  const destination = `${packet.destination ?? 'port '}${packet.destination === undefined ? '' : ':'}${destinationPort}`;
  const way = `${source} ${destination}`;
  const common = { source, destination, acknowledgment: packet.acknowledgment ?? 0, start: 0 };
  // Without sequence numbers, a head shows that nothing is missing before it.
  if (packet.sequence === undefined && !next.has(way) && beginsWithHead(payload)) {
    const flags = payload[0] === 0x48 ? SYN | ACK : SYN;
    yield { ...common, acknowledgment: 1, sequence: 0, flags, end: 0 };
  }
  const sequence = packet.sequence ?? next.get(way) ?? 1;
  next.set(way, sequence + payload.length);
  const flags = packet.flags ?? 0;
  const isAcknowledged = packet.acknowledgment !== undefined || (flags & SYN) !== 0;
  yield { ...common, sequence, flags: isAcknowledged ? flags : flags & ~ACK, end: payload.length };
}

function beginsWithHead(payload: Uint8Array): boolean {
  return /^(?:[A-Z]{3,7} \S|HTTP\/1\.\d )/.test(decodeLatin1(payload.subarray(0, 16)));
}
