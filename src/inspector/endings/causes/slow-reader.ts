import { countBytes } from '../../../text/count.ts';
import type { Cause } from '../cause.ts';
import { firstClose } from '../story.ts';
import { nameSide, nameSideFirst, sayClose } from '../words.ts';

const REASON = /slow|back-?pressure|buffer|queue|lag|backlog|consumer|behind/i;
const CODES = new Set([1008, 1011, 1013]);

export const slowReader: Cause = {
  name: 'slow-reader',
  title: 'The receiver reads too slowly',
  group: 'closed-with-code',
  symptom: 'Slow clients are dropped while they are sent much data. Fast clients stay connected.',
  why: 'What a client does not read waits in the memory of the server. A careful server limits this memory and closes the connection of a client that is too far behind, often with 1008 or 1013.',
  evidence: 'Much data in one direction, then a close frame whose reason names a buffer, a queue or a slow consumer.',
  fix: 'Send less: drop or merge old states, send only differences. In the client, take work out of the message handler.',
  find(story) {
    const close = firstClose(story);
    if (close?.statusCode === undefined || !CODES.has(close.statusCode) || !REASON.test(close.reason)) return undefined;
    const { byteLength } = story[close.side];
    return {
      evidence: `${nameSideFirst(close.side)} sent ${countBytes(byteLength)}, then ${sayClose(close)}.`,
      likely: `Its reason says that ${nameSide(close.side === 'server' ? 'client' : 'server')} reads too slowly.`,
    };
  },
};
