import { countNoun } from '../../../text/count.ts';
import type { Cause } from '../cause.ts';
import { nameSide, nameSideFirst, sayClose } from '../words.ts';

export const secondCloseFrame: Cause = {
  name: 'second-close-frame',
  title: 'A second close frame',
  group: 'rule',
  symptom: 'The server logs a clean close, and Chromium reports an error and 1006.',
  why: 'Nothing may follow a close frame. A server that answers a close frame that is itself an answer, or that calls close() twice, sends a second one. Chromium turns this clean end into an error.',
  evidence: 'Two close frames from one side.',
  fix: 'Remember that you have sent a close frame, and send no other frame after it.',
  find({ client, server }) {
    for (const [side, { closeCount, closes }] of [
      ['server', server],
      ['client', client],
    ] as const) {
      const [first, second] = closes;
      if (first === undefined || second === undefined) continue;
      return {
        evidence: `${nameSideFirst(side)} sent ${countNoun(closeCount, 'close frame')}: ${sayClose(first)}, then ${sayClose(second)}.`,
        likely: `The program on ${nameSide(side)}’s side closes twice, or answers the answer to its own close frame.`,
      };
    }
    return undefined;
  },
};
