import { textOfHex } from '../../text/latin1.ts';
import type { Direction, WireFrame, WireMessage } from '../wire/wire.ts';
import { compareHeads, sayHeadDifferences } from './compare-heads.ts';

/** How TCP ended on one side. */
export interface SideEnd {
  /** Who ended it first: `in` is whoever stands on the client's side. */
  readonly direction: Direction;
  readonly how: 'FIN' | 'RST';
  /** Milliseconds since this side was opened. */
  readonly timeMs: number;
}

/** What was seen of a connection on one side of a program in between. */
export interface Side {
  readonly messages: readonly WireMessage[];
  /** Undefined while it is open. */
  readonly end: SideEnd | undefined;
}

/** A sentence about one direction, or about the end. */
export interface SideDifference {
  readonly about: 'request' | 'response' | 'frames' | 'pieces' | 'ending';
  readonly direction?: Direction;
  readonly sentence: string;
}

/** Beyond this, frames that differ are only counted. */
const MAX_TOLD_FRAMES = 5;

/**
 * Compares what a client sent to and got from a program in between, with what the server behind it got and sent.
 *
 * @param outer between the client and the program
 * @param inner between the program and the server
 * @returns the differences; empty if the program passed everything on as it was
 */
export function compareSides(outer: Side, inner: Side): SideDifference[] {
  return [
    ...compareHeadsOf(outer, inner, 'in'),
    ...compareHeadsOf(inner, outer, 'out'),
    ...compareFrames(outer, inner, 'in'),
    ...compareFrames(inner, outer, 'out'),
    ...compareEndings(outer, inner),
  ];
}

function compareHeadsOf(from: Side, to: Side, direction: Direction): SideDifference[] {
  const about = direction === 'in' ? 'request' : 'response';
  const [sent, received] = [headOf(from, direction), headOf(to, direction)];
  if (sent === undefined && received === undefined) return [];
  if (received === undefined) return [{ about, direction, sentence: `the ${about} was not passed on` }];
  if (sent === undefined) {
    return [{ about, direction, sentence: `the ${about} was made up: nobody had sent it` }];
  }
  return sayHeadDifferences(compareHeads(sent, received)).map((sentence) => ({ about, direction, sentence }));
}

function compareFrames(from: Side, to: Side, direction: Direction): SideDifference[] {
  const [sent, received] = [framesOf(from, direction), framesOf(to, direction)];
  const differences: SideDifference[] = [];
  const count = Math.max(sent.length, received.length);
  let differing = 0;
  for (let i = 0; i < count; i++) {
    const sentence = compareFrame(sent[i], received[i]);
    if (sentence === undefined) continue;
    differing++;
    if (differing <= MAX_TOLD_FRAMES) {
      differences.push({ about: 'frames', direction, sentence: `frame ${i + 1}: ${sentence}` });
    }
  }
  if (differing > MAX_TOLD_FRAMES) {
    const more = `${differing - MAX_TOLD_FRAMES} more frames differ`;
    differences.push({ about: 'frames', direction, sentence: more });
  }
  const [cutsBefore, cutsAfter] = [chunksOf(from, direction), chunksOf(to, direction)];
  if (cutsBefore !== cutsAfter) {
    const sentence = `${pieces(cutsBefore)} of TCP arrived as ${cutsAfter}`;
    differences.push({ about: 'pieces', direction, sentence });
  }
  return differences;
}

function compareFrame(sent: WireFrame | undefined, received: WireFrame | undefined): string | undefined {
  if (received === undefined) return `${nameOf(sent as WireFrame)} did not arrive`;
  if (sent === undefined) return `${nameOf(received)} arrived, and nobody had sent it`;
  const changes: string[] = [];
  if (sent.opcode !== received.opcode) changes.push(`opcode ${sent.opcode} became ${received.opcode}`);
  if (sent.fin !== received.fin) changes.push(`FIN ${Number(sent.fin)} became ${Number(received.fin)}`);
  const [rsvBefore, rsvAfter] = [rsv1Of(sent), rsv1Of(received)];
  if (rsvBefore !== rsvAfter) changes.push(rsvAfter === 1 ? 'it was compressed' : 'it was decompressed');
  if (sent.payloadLength !== received.payloadLength) {
    changes.push(`the payload of ${sent.payloadLength} bytes became ${received.payloadLength}`);
  } else if (sent.payload.hex !== received.payload.hex) changes.push('the payload was changed');
  if (sent.masked !== received.masked) changes.push(received.masked ? 'it was masked' : 'its mask was removed');
  else if (sent.masked && keyOf(sent) !== keyOf(received)) changes.push('it was masked again, with another key');
  return changes.length === 0 ? undefined : changes.join(', ');
}

function compareEndings({ end: outer }: Side, { end: inner }: Side): SideDifference[] {
  if (outer === undefined && inner === undefined) return [];
  if (outer === undefined || inner === undefined) {
    const [open, ended] = outer === undefined ? ['client', 'server'] : ['server', 'client'];
    return [{ about: 'ending', sentence: `the connection to the ${ended} has ended, the one to the ${open} is open` }];
  }
  if (outer.how === inner.how && outer.direction === inner.direction) return [];
  const [withClient, withServer] = [sayEnd(outer, 'the client', 'the proxy'), sayEnd(inner, 'the proxy', 'the server')];
  return [{ about: 'ending', sentence: `${withClient}; ${withServer}` }];
}

const sayEnd = ({ direction, how, timeMs }: SideEnd, client: string, server: string): string => {
  const [by, to] = direction === 'in' ? [client, server] : [server, client];
  return `${by} sent ${how} to ${to} first, after ${(timeMs / 1000).toFixed(1)} s`;
};

const framesOf = ({ messages }: Side, direction: Direction) =>
  messages.filter((message): message is WireFrame => message.type === 'frame' && message.direction === direction);

/** Reads of the head and of what follows it. */
const chunksOf = ({ messages }: Side, direction: Direction) =>
  messages.filter((message) => message.type === 'chunk' && message.direction === direction).length;

export function headOf({ messages }: Side, direction: Direction): string | undefined {
  for (const message of messages) {
    if (message.type !== 'handshake' || message.direction !== direction) continue;
    return textOfHex(message.hex);
  }
  return undefined;
}

const fieldOf = ({ fields }: WireFrame, name: string) => fields.find((field) => field.name === name)?.value;
const rsv1Of = (frame: WireFrame) => fieldOf(frame, 'RSV1');
const keyOf = (frame: WireFrame) => fieldOf(frame, 'masking-key');
const nameOf = ({ opcode, payloadLength }: WireFrame) => `a frame with opcode ${opcode} and ${payloadLength} bytes`;
const pieces = (count: number) => (count === 1 ? '1 piece' : `${count} pieces`);
