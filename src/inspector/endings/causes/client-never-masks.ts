import type { Cause } from '../cause.ts';
import { sayReaction, violationThatEnded } from '../reaction.ts';

export const clientNeverMasks: Cause = {
  name: 'client-never-masks',
  title: 'The client does not mask its frames',
  group: 'rule',
  symptom: 'The server closes with 1002 as soon as your own client sends its first frame.',
  why: 'A client must mask every frame, over TLS too. Many hand-written clients write frames as a server does and forget the mask. Some servers accept such frames, so nobody notices the mistake for a long time.',
  evidence: 'A frame from the client in which MASK is 0.',
  fix: 'In the client, set the MASK bit, draw four random bytes for every frame, send them after the length, and XOR the payload with them.',
  find(story) {
    if (story.client.violation?.rule !== 'unmasked-client-frame' || violationThatEnded(story) === undefined)
      return undefined;
    return {
      evidence: `The client sent a frame without a mask. ${sayReaction(story, 'client')}`,
      likely: 'The client’s code does not mask its frames.',
    };
  },
};
