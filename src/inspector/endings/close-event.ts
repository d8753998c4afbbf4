import { ABNORMAL_CLOSURE, maySend, NO_STATUS_RECEIVED } from '../../protocol/closing/status-codes.ts';
import type { ToldCloseEvent } from '../wire/wire.ts';
import { firstClose, type Story } from './story.ts';

/**
 * What a browser tells JavaScript about the end, if a browser is the client. WHATWG WebSockets, RFC 6455 §7.1.5.
 *
 * @returns undefined if the connection is open, or if the recording cannot show it
 */
export function toldCloseEvent(story: Story): ToldCloseEvent | undefined {
  const { client, server, opened, ended, whole, messagesOnly } = story;
  if (!ended || messagesOnly) return undefined;
  const abnormal = (why: string) => ({ code: ABNORMAL_CLOSURE, reason: '', wasClean: false, why });
  if (!opened) return abnormal('The handshake failed, and a browser hides the reason from the page.');
  const [close] = server.closes;
  if (server.violation !== undefined && failedByClient(story)) {
    return abnormal('The browser itself failed the connection, because the server broke a rule. It hides the reason.');
  }
  if (close === undefined) {
    return whole ? abnormal('No close frame came from the server. 1006 stands for that and is never sent.') : undefined;
  }
  if (close.statusCode !== undefined && !maySend(close.statusCode)) {
    return abnormal(
      `The server sent ${close.statusCode}, which must not be sent, so the browser fails the connection.`,
    );
  }
  if (client.closeCount === 0) {
    if (!whole) return undefined;
    const { statusCode = NO_STATUS_RECEIVED, reason } = close;
    return { code: statusCode, reason, wasClean: false, why: 'The server’s close frame was never answered.' };
  }
  if (close.statusCode === undefined) {
    const why = 'The server’s close frame has no code. 1005 stands for that and is never sent.';
    return { code: NO_STATUS_RECEIVED, reason: '', wasClean: true, why };
  }
  const why = 'These are the code and the reason of the server’s close frame, and both sides sent one.';
  return { code: close.statusCode, reason: close.reason, wasClean: true, why };
}

/** Whether the client gave up on the connection first: by a close frame with a code for a broken rule, or by TCP. */
function failedByClient(story: Story): boolean {
  const [first] = story.steps;
  if (first?.side !== 'client') return false;
  const code = firstClose(story)?.statusCode;
  return first.kind !== 'close' || (code !== undefined && code >= 1002 && code <= 1010);
}
