import { firstClose, otherSide, type SentViolation, type Side, type Story } from './story.ts';
import { nameSideFirst, sayClose, sayTcpEnd } from './words.ts';

/** Codes with which a receiver answers a broken rule; of all others the rule is not the reason. RFC 6455 §7.4.1. */
const CODES_FOR_RULES = new Set([1002, 1003, 1007, 1008, 1009, 1010, 1011]);

/** A broken rule that ended the connection: the other side was the first to end it, afterwards, and not for another reason. */
export function violationThatEnded(story: Story): (SentViolation & { readonly side: Side }) | undefined {
  const [first] = story.steps;
  if (first === undefined) return undefined;
  for (const side of ['client', 'server'] as const) {
    const { violation } = story[side];
    // If the recording does not show who ended TCP, the broken rule is still the best reason.
    if (violation === undefined || first.side === side) continue;
    if (first.timeMs !== undefined && first.timeMs < violation.timeMs) continue;
    const code = first.kind === 'close' ? firstClose(story)?.statusCode : 1002;
    if (code !== undefined && CODES_FOR_RULES.has(code)) return { ...violation, side };
  }
  return undefined;
}

/** How the other side ended the connection: `The server answered with a close frame with 1002 (protocol error).` */
export function sayReaction(story: Story, offender: Side): string {
  const [first] = story.steps;
  const close = firstClose(story);
  if (first === undefined) return '';
  if (first.kind === 'close' && close !== undefined)
    return `${nameSideFirst(close.side)} answered with ${sayClose(close)}.`;
  const who = first.side ?? otherSide(offender);
  return first.side === undefined
    ? 'TCP ended after it, without a close frame.'
    : `${nameSideFirst(who)} answered with ${sayTcpEnd(first).replace(/ from .*/, '')} and no close frame.`;
}
