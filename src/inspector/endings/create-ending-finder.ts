import type { Cause, Told } from './cause.ts';
import { CAUSES } from './causes.ts';
import { toldCloseEvent } from './close-event.ts';
import type { Ending, EndingFinder, Observed } from './ending.ts';
import { firstTcpEnd, type Story } from './story.ts';
import { StoryTeller } from './story-teller.ts';

/**
 * Follows one connection and tells how and why it ended. Give it the messages of the connection in their order, and ask for
 * the ending at any time: before TCP has ended, the ending says that the connection is still open.
 *
 * @param isExcerpt whether these are bytes that somebody copied: that no end is among them says nothing
 */
export function createEndingFinder(connection: number, isExcerpt = false): EndingFinder {
  const teller = new StoryTeller(isExcerpt);
  return {
    take(observed: Observed) {
      teller.take(observed);
    },
    gap() {
      teller.gap();
    },
    ending: () => endingOf(connection, teller.story),
  };
}

/** The ending that a story shows. */
export function endingOf(connection: number, story: Story): Ending {
  const { cause, told } = findCause(story);
  const closeEvent = toldCloseEvent(story);
  const endedBy = story.steps[0]?.side;
  const tcp = firstTcpEnd(story)?.kind;
  const { idleMs } = story;
  return {
    type: 'ending',
    connection,
    ...(endedBy !== undefined && { endedBy }),
    ...((tcp === 'FIN' || tcp === 'RST') && { tcp }),
    ...(idleMs !== undefined && { idleMs: Math.round(idleMs) }),
    cause: cause.name,
    sentence: [told.evidence, told.likely, told.fix ?? cause.fix].filter((part) => part !== '').join(' '),
    ...(closeEvent !== undefined && { closeEvent }),
  };
}

/** The first cause, in the order of certainty, that the story shows. The last one always does. */
export function findCause(story: Story): { readonly cause: Cause; readonly told: Told } {
  for (const cause of CAUSES) {
    const told = cause.find(story);
    if (told !== undefined) return { cause, told };
  }
  throw new Error('The last cause must tell every story.');
}
