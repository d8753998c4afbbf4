import type { TcpSegment } from './packet.ts';
import type { PastedPart } from './pasted.ts';

const [FIN, SYN, ACK] = [1, 2, 16];

/** How far `a` is after `b`, in a space of 32 bits that wraps. RFC 9293 §3.4. */
const distance = (a: number, b: number) => (a - b) | 0;

interface Direction {
  readonly side: 0 | 1;
  readonly connection: string;
  /** The sequence number of the next byte. */
  next: number;
  readonly held: TcpSegment[];
}

/** The payloads of segments in the order of their sequence numbers. */
export interface OrderedSegments {
  readonly parts: readonly PastedPart[];
  /** How many segments were sent again, and how many came too early. */
  readonly repeated: number;
  readonly moved: number;
  /** How many bytes are missing between segments. */
  readonly missing: number;
}

/** Puts segments that were pasted in the order of their sequence numbers, and leaves out what was sent again. */
export function orderSegments(segments: readonly TcpSegment[]): OrderedSegments {
  const directions = new Map<string, Direction>();
  const generations = new Map<string, number>();
  const parts: PastedPart[] = [];
  const firsts = firstSequences(segments, generations);
  let [repeated, moved, missing] = [0, 0, 0];
  generations.clear();
  const emit = (direction: Direction, segment: TcpSegment, missingBefore = 0): boolean => {
    const { side, connection } = direction;
    const overlap = Math.max(0, distance(direction.next, dataSequence(segment)));
    const bytes = segment.payload.slice(overlap);
    const isLast = (segment.flags & FIN) !== 0;
    if (segment.payload.length > 0 && bytes.length === 0) return false;
    if (bytes.length === 0 && !isLast) return true;
    direction.next = (dataSequence(segment) + segment.payload.length) >>> 0;
    parts.push({ bytes, side, connection, ...(missingBefore > 0 && { missingBefore }), ...(isLast && { isLast }) });
    return true;
  };
  const release = (direction: Direction) => {
    for (;;) {
      const i = direction.held.findIndex((held) => distance(dataSequence(held), direction.next) <= 0);
      const [held] = i < 0 ? [] : direction.held.splice(i, 1);
      if (held === undefined) return;
      if (emit(direction, held)) moved++;
      else repeated++;
    }
  };
  for (const segment of segments) {
    const name = nameOf(segment, generations);
    const key = `${name} ${segment.sourcePort}`;
    let direction = directions.get(key);
    if (direction === undefined) {
      const isFirst = ![...directions.values()].some(({ connection }) => connection === name);
      direction = { side: isFirst ? 0 : 1, connection: name, next: firsts.get(key) ?? 0, held: [] };
      directions.set(key, direction);
    }
    if (distance(dataSequence(segment), direction.next) > 0 && segment.payload.length > 0) {
      if (direction.held.length < MAX_HELD) direction.held.push(segment);
      continue;
    }
    if (!emit(direction, segment)) repeated++;
    release(direction);
  }
  for (const direction of directions.values()) {
    direction.held.sort((one, other) => distance(one.sequence, other.sequence));
    for (let held = direction.held.shift(); held !== undefined; held = direction.held.shift()) {
      const gap = distance(dataSequence(held), direction.next);
      if (gap > 0) missing += gap;
      emit(direction, held, Math.max(0, gap));
    }
  }
  const isOne = new Set(parts.map(({ connection }) => connection)).size < 2;
  return { parts: isOne ? parts.map(({ connection: _, ...part }) => part) : parts, repeated, moved, missing };
}

/** More segments that came too early are not kept. */
const MAX_HELD = 10_000;

/** SYN takes a sequence number of its own. */
function dataSequence({ sequence, flags }: TcpSegment): number {
  return (sequence + ((flags & SYN) !== 0 ? 1 : 0)) >>> 0;
}

/** The ports, and a number if they were used again: a SYN without ACK opens a connection. */
function nameOf({ sourcePort, destinationPort, flags }: TcpSegment, generations: Map<string, number>): string {
  const ports = [sourcePort, destinationPort].sort((one, other) => one - other).join('-');
  const isOpening = (flags & (SYN | ACK)) === SYN;
  const generation = (generations.get(ports) ?? 0) + (isOpening ? 1 : 0);
  generations.set(ports, generation);
  return `${ports} ${generation}`;
}

/** The lowest sequence number of each direction: the first segment in the text may have come too early. */
function firstSequences(segments: readonly TcpSegment[], generations: Map<string, number>): Map<string, number> {
  const firsts = new Map<string, number>();
  for (const segment of segments) {
    const key = `${nameOf(segment, generations)} ${segment.sourcePort}`;
    const sequence = dataSequence(segment);
    const first = firsts.get(key);
    if (first === undefined || distance(sequence, first) < 0) firsts.set(key, sequence);
  }
  return firsts;
}
