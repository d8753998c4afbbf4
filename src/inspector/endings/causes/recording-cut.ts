import { countBytes } from '../../../text/count.ts';
import type { Cause } from '../cause.ts';

export const recordingCut: Cause = {
  name: 'recording-cut',
  title: 'The recording ends too early',
  group: 'not-a-fault',
  symptom: 'The last frame is not complete, and TCP does not end.',
  why: 'A recording can stop at any byte. A capture that limits the length of packets loses the end of each longer one.',
  evidence: 'A frame that is cut, and no FIN or RST after it.',
  fix: 'Record until the connection drops, and without a limit: tcpdump -s 0.',
  find(story) {
    if (story.ended || !story.opened) return undefined;
    const cut = story.server.cutFrame ?? story.client.cutFrame;
    if (cut === undefined) return undefined;
    if (story.isExcerpt) {
      return {
        evidence: `These bytes end within a frame, after ${countBytes(cut.sentBytes)} of it.`,
        likely: 'How the connection ended cannot be known from them.',
        fix: '',
      };
    }
    return {
      evidence: `The recording ends within a frame, after ${countBytes(cut.sentBytes)} of it. There is no FIN and no RST.`,
      likely: 'The recording was stopped or cut there. It cannot show how the connection ended.',
    };
  },
};
