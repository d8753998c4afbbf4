import { Loopback } from '../../../lab/loopback.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { EXAMPLE_KEY } from '../../../protocol/handshake/head/example-heads.ts';
import { quote } from '../../../text/escape-text.ts';
import { encodeText } from '../../../text/utf8.ts';
import { scriptEventsOf, wire } from '../source/script-events.ts';
import type { SourceEvent } from '../source/source.ts';
import { nextCall } from './script.ts';

/** The masking-key of the RFC's own examples. RFC 6455 §5.7. */
const MASKING_KEY = 0x37fa213d;

/** One message and its echo: the worked example of a page without JavaScript. */
export function exampleEcho(text = 'Hello'): SourceEvent[] {
  const { loopback, opening } = openExample();
  const messages = loopback.send(OPCODE.text, encodeText(text));
  return [
    ...opening,
    { type: 'said', topic: 'message', call: `ws.send(${quote(text)})` },
    ...report(loopback, messages),
  ];
}

/** A whole connection from its opening to its end: the worked example of a page without JavaScript. */
export function exampleLife(text = 'Hello'): SourceEvent[] {
  const { loopback, opening } = openExample();
  const events: SourceEvent[] = [];
  const waiting = opening;
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

function openExample(): { readonly loopback: Loopback; readonly opening: SourceEvent[] } {
  const loopback = new Loopback({
    path: '/echo',
    host: 'localhost:8080',
    origin: 'http://localhost:8080',
    key: EXAMPLE_KEY,
    nextMaskingKey: () => MASKING_KEY,
    now: () => 0,
  });
  const call = 'new WebSocket("ws://localhost:8080/echo")';
  return { loopback, opening: [{ type: 'said', topic: 'open', call }, ...report(loopback, loopback.connect())] };
}

function report(loopback: Loopback, messages: Parameters<typeof wire>[0]): SourceEvent[] {
  return [...wire(messages), ...loopback.takeClientEvents().flatMap(scriptEventsOf)];
}
