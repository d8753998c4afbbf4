import { quote } from '../../../text/escape-text.ts';
import type { SourceEvent } from '../source/source.ts';

/** What the page does next in a life that it leads to show it. */
export type NextCall =
  | { readonly method: 'send'; readonly data: string; readonly call: string }
  | { readonly method: 'close'; readonly code: number; readonly reason: string; readonly call: string };

const NORMAL_CLOSURE = 1000;
const REASON = 'bye';

/** Once open, it sends the text; once the echo is there, it closes. */
export function nextCall(event: SourceEvent, text: string): NextCall | undefined {
  if (event.type !== 'told') return undefined;
  if (event.topic === 'open') return { method: 'send', data: text, call: `ws.send(${quote(text)})` };
  if (event.topic !== 'message') return undefined;
  const call = `ws.close(${NORMAL_CLOSURE}, ${quote(REASON)})`;
  return { method: 'close', code: NORMAL_CLOSURE, reason: REASON, call };
}
