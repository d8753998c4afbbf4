import type { Cause } from '../cause.ts';
import { sayReaction, violationThatEnded } from '../reaction.ts';
import { firstClose, otherSide } from '../story.ts';
import { nameSide, nameSideFirst, sayClose } from '../words.ts';

const UTF8_RULES = new Set(['text-not-utf8', 'text-cut-inside-character', 'close-reason-not-utf8']);

export const invalidUtf8: Cause = {
  name: 'invalid-utf8',
  title: 'Text that is not UTF-8',
  group: 'rule',
  symptom:
    'Only certain messages close the connection, with 1007, or in Chromium with 1002 and "Invalid UTF-8 in text frame".',
  why: 'A text message must be UTF-8. Binary data is not, and neither is a text in Latin-1 or a text that is cut inside a character. Chromium closes with 1002, Firefox only ends TCP, and Node closes with 1007.',
  evidence: 'A text message with bytes that are not UTF-8, or a close frame with 1007.',
  fix: 'Send bytes as a binary message. Encode text as UTF-8, and cut it between characters, not between bytes.',
  find(story) {
    const violation = violationThatEnded(story);
    if (violation !== undefined && UTF8_RULES.has(violation.rule)) {
      const what = violation.rule === 'close-reason-not-utf8' ? 'close reason' : 'text message';
      return {
        evidence: `${nameSideFirst(violation.side)} sent a ${what} that is not UTF-8. ${sayReaction(story, violation.side)}`,
        likely: `The program on ${nameSide(violation.side)}’s side sends bytes as text, or cuts a text inside a character.`,
      };
    }
    const close = firstClose(story);
    if (close?.statusCode !== 1007) return undefined;
    const sender = nameSide(otherSide(close.side));
    return {
      evidence: `${nameSideFirst(close.side)} sent ${sayClose(close)}.`,
      likely: `It found bytes in a message of ${sender} that do not fit the type of the message: text that is not UTF-8, or data that cannot be decompressed.`,
    };
  },
};
