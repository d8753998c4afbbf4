import { statusCodeInfo } from '../../protocol/closing/status-codes.ts';
import { quote } from '../../protocol/handshake/head/refusal.ts';
import { quoteText } from '../../text/quote-text.ts';
import { formatDuration } from './duration.ts';
import { firstTcpEnd, type SentClose, type Side, type Step, type Story } from './story.ts';

/** Names a side: `the client`. */
export const nameSide = (side: Side): string => `the ${side}`;

/** The same at the beginning of a sentence. */
export const nameSideFirst = (side: Side): string => `The ${side}`;

/** Writes a status code with its name: `1001 (going away)`. */
export function sayCode(statusCode: number): string {
  return `${statusCode} (${statusCodeInfo(statusCode).name})`;
}

/** Writes a close frame: `a close frame with 1001 (going away) and the reason "bye"`. */
export function sayClose({ statusCode, reason }: SentClose): string {
  if (statusCode === undefined) return 'a close frame without a code';
  const withReason = reason === '' ? '' : ` and the reason ${quoteText(reason)}`;
  return `a close frame with ${sayCode(statusCode)}${withReason}`;
}

/** Writes an end of TCP: `FIN from the server’s side`. Whose program or proxy it was, the bytes do not show. */
export function sayTcpEnd({ kind, side }: Step): string {
  if (kind === 'TCP' && side === undefined) return 'TCP ended';
  const name = kind === 'TCP' ? 'the end of TCP' : kind;
  return side === undefined ? name : `${name} from ${nameSide(side)}’s side`;
}

/** A shorter silence is the pace of the programs, and says nothing. */
const MIN_SILENCE_MS = 1000;

/** `No byte for 60.0 s, then FIN from the server’s side and no close frame.` */
export function sayEndWithoutClose(story: Story): string {
  const end = firstTcpEnd(story);
  const silence =
    story.idleMs === undefined || story.idleMs < MIN_SILENCE_MS
      ? ''
      : `No byte for ${formatDuration(story.idleMs)}, then `;
  const tcp = end === undefined ? 'TCP ended' : sayTcpEnd(end);
  const sentence = `${silence}${tcp} and no close frame.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Quotes a peer's text, cut if it is long. */
export const sayText = quote;
