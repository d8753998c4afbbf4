import type { Cause } from '../cause.ts';
import { formatDuration } from '../duration.ts';
import { firstClose, otherSide } from '../story.ts';
import { nameSide, nameSideFirst, sayClose, sayTcpEnd } from '../words.ts';

/** A ping that was sent just before the end could not be answered any more. */
const MIN_WAIT_MS = 2000;

export const pingUnanswered: Cause = {
  name: 'ping-unanswered',
  title: 'A ping was not answered in time',
  group: 'dropped',
  symptom:
    'The connection drops after a laptop slept or a phone changed its network. Or it closes with 1011 and "keepalive ping timeout".',
  why: 'A program sends pings to find out whether the other side is still there. If no pong comes back in time, it ends the connection. The other side is gone, its event loop is blocked, or it never answers pings.',
  evidence: 'A ping without a pong, then the end by the side that sent the ping.',
  fix: 'If the other side is alive: look for work that blocks its event loop longer than the timeout, or raise the timeout. If it is gone: connect again.',
  find(story) {
    const [first] = story.steps;
    if (!story.whole || first?.side === undefined || first.timeMs === undefined) return undefined;
    const { unansweredPing } = story[first.side];
    if (unansweredPing === undefined) return undefined;
    const waitMs = first.timeMs - unansweredPing.timeMs;
    const close = firstClose(story);
    if (
      waitMs < MIN_WAIT_MS ||
      (close !== undefined && close.statusCode !== 1011 && close.statusCode !== 1002 && close.statusCode !== 1008)
    )
      return undefined;
    const other = otherSide(first.side);
    const end =
      first.kind === 'close' && close !== undefined ? sayClose(close) : sayTcpEnd(first).replace(/ from .*/, '');
    const lastByteMs = story[other].lastByteMs ?? 0;
    const alive = lastByteMs > unansweredPing.timeMs;
    return {
      evidence: `${nameSideFirst(first.side)} sent a ping and got no pong for ${formatDuration(waitMs)}. Then it ended the connection with ${end}.`,
      likely: alive
        ? `${nameSideFirst(other)} sent other bytes in that time, so it is still there but does not answer pings.`
        : `Nothing came from ${nameSide(other)} in that time: the program or its network is gone, or its event loop is blocked.`,
    };
  },
};
