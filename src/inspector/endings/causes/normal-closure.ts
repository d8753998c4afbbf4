import type { Cause } from '../cause.ts';
import { firstClose, otherSide } from '../story.ts';
import { nameSide, nameSideFirst, sayClose } from '../words.ts';

export const normalClosure: Cause = {
  name: 'normal-closure',
  title: 'A normal end',
  group: 'not-a-fault',
  symptom: 'The close event has code 1000 or 1005, and wasClean is true.',
  why: 'One side has called close() and the other has answered. 1005 means that the close frame had no code: close() without an argument sends none in most programs.',
  evidence: 'A close frame from each side, the first with 1000 or without a code.',
  fix: 'Nothing to fix. Give close() a code and a reason if you want to tell this end from others.',
  find(story) {
    const close = firstClose(story);
    if (close === undefined || (close.statusCode !== undefined && close.statusCode !== 1000)) return undefined;
    const other = otherSide(close.side);
    if (story[other].closeCount === 0) return undefined;
    return {
      evidence: `${nameSideFirst(close.side)} sent ${sayClose(close)}, and ${nameSide(other)} answered it.`,
      likely: `This is a normal end: the program on ${nameSide(close.side)}’s side called close().`,
      fix: '',
    };
  },
};
