import { countBytes } from '../../../text/count.ts';
import type { Cause } from '../cause.ts';
import { firstClose, otherSide } from '../story.ts';
import { nameSide, nameSideFirst, sayClose } from '../words.ts';

export const messageTooBig: Cause = {
  name: 'message-too-big',
  title: 'A message is longer than the receiver accepts',
  group: 'closed-with-code',
  symptom: 'Only long messages close the connection, with 1009. A browser may report 1006 instead.',
  why: 'Every receiver has a limit on the length of a message, or should have one. It closes with 1009 if a message is longer. The defaults differ widely: 128 MiB in undici, 32 MiB in workerd, and 16 MiB in Framelight.',
  evidence: 'A close frame with 1009, after a long message or the header of one.',
  fix: 'Send the data in several messages, or raise the receiver’s limit if you trust the sender.',
  find(story) {
    const close = firstClose(story);
    if (close?.statusCode !== 1009) return undefined;
    const sender = otherSide(close.side);
    const { longestMessage, cutFrame } = story[sender];
    const longest = Math.max(longestMessage, Number(cutFrame?.claimedBytes) || 0);
    const compressed = story.compressed ? ' before inflating' : '';
    const length =
      longest > 0 ? ` The longest message of ${nameSide(sender)} had ${countBytes(longest)}${compressed}.` : '';
    return {
      evidence: `${nameSideFirst(close.side)} sent ${sayClose(close)}.${length}`,
      likely: `A message of ${nameSide(sender)} is longer than ${nameSide(close.side)} accepts.`,
    };
  },
};
