import type { ConformanceCase } from './case.ts';

/**
 * Why a case says nothing about a server, as a sentence; undefined if it does. It need not accept an extension, and may ask its
 * client to keep no context.
 *
 * @param extensions the value of Sec-WebSocket-Extensions that both ends agreed on
 */
export function whyNotApplicable({ needs }: ConformanceCase, extensions: string | undefined): string | undefined {
  if (needs === undefined) return undefined;
  if (extensions === undefined) return 'The server does not accept permessage-deflate, so this case does not apply.';
  const forgets = needs === 'context' && extensions.includes('client_no_context_takeover');
  return forgets ? 'The server asks its client to keep no context, so this case does not apply.' : undefined;
}
