import type { Cause } from '../cause.ts';
import { firstClose } from '../story.ts';
import { sayClose } from '../words.ts';

export const serverRestarted: Cause = {
  name: 'server-restarted',
  title: 'The server shuts down or restarts',
  group: 'closed-with-code',
  symptom: 'The close event has code 1001 or 1012.',
  why: 'A well-behaved server says goodbye before its program ends: 1001 if it goes away, 1012 if it restarts. A deployment does this to all clients at once.',
  evidence: 'The server sends the first close frame, with 1001 or 1012.',
  fix: 'Connect again after a random delay of some seconds, so that not all clients come back at once.',
  find(story) {
    const close = firstClose(story);
    if (close?.side !== 'server' || (close.statusCode !== 1001 && close.statusCode !== 1012)) return undefined;
    const likely = close.statusCode === 1012 ? 'The server restarts.' : 'The server shuts down, or restarts.';
    return { evidence: `The server sent ${sayClose(close)} first.`, likely };
  },
};
