import { quote } from '../../inspector/escape-text.ts';
import { Loopback } from '../../lab/loopback.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../protocol/utf8.ts';
import type { SourceEvent } from '../base/source/source.ts';
import { toldOf, wire } from './told.ts';

/** The key and the masking-key of the RFC's own examples. RFC 6455 §1.3, §5.7. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const MASKING_KEY = 0x37fa213d;

/** The worked example that a page shows without JavaScript: one "Hello", there and back. */
export function exampleEvents(text = 'Hello'): SourceEvent[] {
  const loopback = new Loopback({
    path: '/echo',
    host: 'localhost:8080',
    origin: 'http://localhost:8080',
    key: KEY,
    nextMaskingKey: () => MASKING_KEY,
    now: () => 0,
  });
  return [
    { type: 'said', topic: 'open', call: 'new WebSocket("ws://localhost:8080/echo")' },
    ...wire(loopback.connect()),
    ...loopback.takeClientEvents().flatMap(toldOf),
    { type: 'said', topic: 'message', call: `ws.send(${quote(text)})` },
    ...wire(loopback.send(OPCODE.text, encodeText(text))),
    ...loopback.takeClientEvents().flatMap(toldOf),
  ];
}
