import type { Cause } from '../cause.ts';
import { firstTcpEnd } from '../story.ts';
import { sayEndWithoutClose } from '../words.ts';

/** A shorter silence is a pause of the programs. */
const MIN_SILENCE_MS = 20_000;

export const endedAfterSilence: Cause = {
  name: 'ended-after-silence',
  title: 'The connection ended after a long silence',
  group: 'dropped',
  symptom: 'The connection drops with 1006 after a pause, and each time the pause is different.',
  why: 'Routers and firewalls forget a connection on which nothing moves. Some timeouts start at another event, and then the silence has an odd length. A program can also simply end.',
  evidence: 'A long silence, then FIN or RST, and no close frame.',
  fix: 'Send a ping every 30 s. If the connection then stays open, something in between has an idle timeout.',
  find(story) {
    const end = firstTcpEnd(story);
    if (!story.opened || !story.whole || story.messagesOnly || end === undefined) return undefined;
    if (story.steps[0]?.kind === 'close' || story.idleMs === undefined || story.idleMs < MIN_SILENCE_MS)
      return undefined;
    const likely =
      'The silence is not a round number of seconds. Perhaps something in between has an idle timeout, or perhaps a program ended: the bytes do not show which.';
    return { evidence: sayEndWithoutClose(story), likely };
  },
};
