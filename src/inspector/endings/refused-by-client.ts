import type { Story } from './story.ts';

/** Whether a client looked at the 101 and went away: it sent no frame, and was the first to end TCP. */
export function refusedByClient(story: Story): boolean {
  return story.steps.length > 0 && sentNothingAfter101(story);
}

/**
 * Whether a client did nothing with the 101. Node 24 refuses some of them without ending TCP at all, so a 101 that breaks a
 * rule is told even if nothing ended.
 */
export function sentNothingAfter101({ client, response, steps }: Story): boolean {
  if (response.kind !== 'head' || response.head.httpStatus !== 101 || client.dataFrames > 0) return false;
  const [first] = steps;
  // Some clients send a close frame with 1002 before they end TCP.
  if (first?.kind === 'close') return first.side === 'client' && client.closes[0]?.statusCode === 1002;
  return first?.side !== 'server' && client.frames === 0;
}

/** What the client did, for the evidence. */
export function sayRefused({ steps }: Story): string {
  return steps.length > 0 ? 'The client ended the connection.' : 'The client sent no frame after it.';
}
