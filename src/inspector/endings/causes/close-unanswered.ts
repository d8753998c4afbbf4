import type { Cause } from '../cause.ts';
import { formatDuration } from '../duration.ts';
import { firstClose, firstTcpEnd, otherSide } from '../story.ts';
import { nameSide, nameSideFirst, sayClose, sayTcpEnd } from '../words.ts';

/** An answer takes one round trip; who ends TCP before it did not want it. */
const MIN_PATIENCE_MS = 1000;

export const closeUnanswered: Cause = {
  name: 'close-unanswered',
  title: 'A close frame without an answer',
  group: 'closed-with-code',
  symptom: 'You call close(), and the close event has 1006.',
  why: 'A side that gets a close frame must answer it. Some servers only end TCP. Or the other side was already gone. Firefox waits 20 s for the answer, Bun 36 s, Chromium 60 s, and Node and Deno forever.',
  evidence: 'One close frame, then the end of TCP.',
  fix: 'In your own program, answer each close frame with one of the same code before you end TCP.',
  find(story) {
    const close = firstClose(story);
    const end = firstTcpEnd(story);
    if (close === undefined || end === undefined || !story.whole) return undefined;
    if (close.statusCode !== undefined && close.statusCode !== 1000) return undefined;
    const other = otherSide(close.side);
    if (story[other].closeCount > 0) return undefined;
    const closeMs = story.steps.find(({ kind }) => kind === 'close')?.timeMs;
    const waitMs = closeMs === undefined || end.timeMs === undefined ? undefined : end.timeMs - closeMs;
    const isSoon = end.side === close.side && waitMs !== undefined && waitMs < MIN_PATIENCE_MS;
    const wait =
      closeMs === undefined || end.timeMs === undefined ? '' : ` after ${formatDuration(end.timeMs - closeMs)}`;
    return {
      evidence: `${nameSideFirst(close.side)} sent ${sayClose(close)} and got no close frame back: ${sayTcpEnd(end)}${wait}.`,
      likely:
        end.side === other
          ? `The program on ${nameSide(other)}’s side ends TCP instead of answering.`
          : isSoon
            ? `The program on ${nameSide(close.side)}’s side ends TCP without waiting for the answer.`
            : `${nameSideFirst(other)} was gone, or did not answer in time.`,
      ...(isSoon && { fix: 'Wait for the answer before you end TCP, but not for more than a few seconds.' }),
    };
  },
};
