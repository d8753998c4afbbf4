import { Loopback } from '../../../lab/loopback.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../protocol/utf8.ts';
import { toldOf, wire } from '../../inspector/told.ts';
import type { SourceEvent } from '../source/source.ts';
import { nextCall } from './script.ts';

/** The key and the masking-key of the RFC's own examples. RFC 6455 §1.3, §5.7. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const MASKING_KEY = 0x37fa213d;

/** A whole life, led inside the build: what the page shows without JavaScript. */
export function exampleLife(text = 'Hello'): SourceEvent[] {
  const loopback = new Loopback({
    path: '/echo',
    host: 'localhost:8080',
    origin: 'http://localhost:8080',
    key: KEY,
    nextMaskingKey: () => MASKING_KEY,
    now: () => 0,
  });
  const events: SourceEvent[] = [{ type: 'said', topic: 'open', call: 'new WebSocket("ws://localhost:8080/echo")' }];
  const waiting = report(loopback, loopback.connect());
  for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
    events.push(event);
    const next = nextCall(event, text);
    if (next === undefined) continue;
    events.push({ type: 'said', topic: next.method === 'send' ? 'message' : 'close', call: next.call });
    const messages =
      next.method === 'send'
        ? loopback.send(OPCODE.text, encodeText(next.data))
        : loopback.close(next.code, next.reason);
    waiting.push(...report(loopback, messages));
  }
  return events;
}

function report(loopback: Loopback, messages: Parameters<typeof wire>[0]): SourceEvent[] {
  return [...wire(messages), ...loopback.takeClientEvents().flatMap(toldOf)];
}
