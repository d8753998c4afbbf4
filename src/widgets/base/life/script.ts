import { quote } from '../../../text/escape-text.ts';
import type { SourceEvent } from '../source/source.ts';

/** The next call of a page that demonstrates a connection. */
export type NextCall =
  | { readonly method: 'send'; readonly data: string; readonly call: string }
  | { readonly method: 'close'; readonly code: number; readonly reason: string; readonly call: string };

const NORMAL_CLOSURE = 1000;
const REASON = 'bye';

/** Sends the text once the connection is open, and closes it once the echo has arrived. */
export function nextCall(event: SourceEvent, text: string): NextCall | undefined {
  if (event.type !== 'told') return undefined;
  if (event.topic === 'open') return { method: 'send', data: text, call: `ws.send(${quote(text)})` };
  if (event.topic !== 'message') return undefined;
  const call = `ws.close(${NORMAL_CLOSURE}, ${quote(REASON)})`;
  return { method: 'close', code: NORMAL_CLOSURE, reason: REASON, call };
}
