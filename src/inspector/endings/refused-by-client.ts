import type { Story } from './story.ts';

/** Whether a client looked at the 101 and went away: it sent no frame, and was the first to end TCP. */
export function refusedByClient({ client, response, steps }: Story): boolean {
  if (response.kind !== 'head' || response.head.httpStatus !== 101) return false;
  const [first] = steps;
  if (first === undefined || client.dataFrames > 0) return false;
  // Some clients send a close frame with 1002 before they end TCP.
  if (first.kind === 'close') return first.side === 'client' && client.closes[0]?.statusCode === 1002;
  return first.side !== 'server' && client.frames === 0;
}
