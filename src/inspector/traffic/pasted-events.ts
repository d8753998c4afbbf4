import { decodeHeader } from '../../protocol/framing/header.ts';
import { findHead } from '../formats/heads.ts';
import type { Pasted, PastedPart } from '../formats/pasted.ts';
import type { Direction } from '../wire/wire.ts';
import type { TrafficEvent } from './traffic.ts';

/**
 * The events of pasted bytes that say which of the two ends sent each part: with their times, their gaps and their
 * connections.
 *
 * @returns undefined if the text does not tell the two ends apart
 */
export function eventsOfPasted({ parts }: Pasted): TrafficEvent[] | undefined {
  if (parts.length === 0 || parts.some(({ side, sender }) => side === undefined && sender === undefined))
    return undefined;
  const names = [...new Set(parts.map(({ connection }) => connection))];
  const events: TrafficEvent[] = [];
  let startMs: number | undefined;
  const clients = new Map<string | undefined, 0 | 1>();
  for (const name of names) {
    const own = parts.filter(({ connection }) => connection === name);
    const client = clientOf(own);
    if (client === undefined) return undefined;
    clients.set(name, client);
  }
  const opened = new Map<string | undefined, number>();
  for (const part of parts) {
    const { bytes, missingBefore, isLast } = part;
    if (part.timeMs !== undefined) startMs ??= part.timeMs;
    const timeMs = part.timeMs === undefined ? undefined : part.timeMs - (startMs ?? 0);
    let connection = opened.get(part.connection);
    if (connection === undefined) {
      connection = opened.size + 1;
      opened.set(part.connection, connection);
      const own = parts.filter((each) => each.connection === part.connection);
      const url = targetOf(own);
      events.push({ kind: 'open', connection, timeMs, ...(url === undefined ? { begins: 'frames' } : { url }) });
    }
    const direction: Direction = isFromClient(part, clients.get(part.connection) ?? 0) ? 'in' : 'out';
    if (missingBefore !== undefined) {
      const byteLength = missingBefore === 'unknown' ? undefined : missingBefore;
      events.push({ kind: 'gap', connection, direction, timeMs, byteLength });
    }
    if (bytes.length > 0) events.push({ kind: 'bytes', connection, direction, timeMs, bytes });
    if (isLast === true) events.push({ kind: 'end', connection, direction, timeMs, how: 'FIN' });
  }
  return events;
}

function isFromClient({ side, sender }: PastedPart, client: 0 | 1): boolean {
  return sender === undefined ? side === client : sender === 'client';
}

/** The side that is the client: the one that sent a request, or whose first frame is masked. */
function clientOf(parts: readonly PastedPart[]): 0 | 1 | undefined {
  if (parts.every(({ sender }) => sender !== undefined)) return 0;
  const guesses = [0, 1].map((side) => {
    const first = parts.find((part) => part.side === side && part.bytes.length > 0);
    if (first === undefined || first.missingBefore !== undefined) return undefined;
    const head = findHead(first.bytes);
    if (head !== undefined) return head.kind === 'request';
    return decodeHeader(first.bytes)?.masked;
  });
  const [first, second] = guesses;
  if (first !== undefined && first === second) return undefined;
  if (first !== undefined) return first ? 0 : 1;
  return second === undefined ? undefined : second ? 1 : 0;
}

/** The target of the request; empty if only the response is there, and undefined if no part begins with a head. */
function targetOf(parts: readonly PastedPart[]): string | undefined {
  let url: string | undefined;
  for (const { bytes } of parts) {
    const head = findHead(bytes);
    if (head?.kind === 'request') return head.firstLine.split(' ')[1] ?? '';
    if (head !== undefined) url ??= '';
  }
  return url;
}
