import type { Cause } from '../cause.ts';
import { firstClose } from '../story.ts';
import { nameSideFirst, sayClose, sayEndWithoutClose } from '../words.ts';

/** Tells every story that no other cause tells: the evidence, and no guess. */
export const unknown: Cause = {
  name: 'unknown',
  title: 'The bytes do not show why',
  group: 'dropped',
  symptom: 'The connection ended, and nothing in the bytes says why.',
  why: 'TCP can end for reasons that leave no trace on the wire.',
  evidence: 'An end, and nothing before it that explains it.',
  fix: 'Record both sides of each proxy at the same time: the one that sends FIN or RST first ends the connection.',
  find(story) {
    const close = firstClose(story);
    const missing = story.whole ? '' : ' Bytes are missing from the recording.';
    const evidence = close === undefined ? sayEnd(story) : `${nameSideFirst(close.side)} sent ${sayClose(close)}.`;
    return { evidence: evidence + missing, likely: 'The bytes do not show why.' };
  },
};

function sayEnd(story: Parameters<typeof sayEndWithoutClose>[0]): string {
  return story.whole ? sayEndWithoutClose(story) : 'TCP ended.';
}
