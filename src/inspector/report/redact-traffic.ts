import { formatHex } from '../../bytes/hex.ts';
import { decodeLatin1, encodeLatin1, textOfHex } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { redactHead } from '../redact/redact-head.ts';
import { redactText } from '../redact/redact-text.ts';
import type { TrafficMessage } from '../traffic/traffic-explainer.ts';
import type { WireFrame } from '../wire/wire.ts';
import { redactMessage } from './redact-message.ts';

type Payload = WireFrame['payload'];

/**
 * Replaces the secrets in a message of a recording, in its texts and in its bytes. Adds the names of what was replaced to
 * `redacted`. A secret that two frames share is not found: each frame is searched alone.
 */
export function redactTraffic(message: TrafficMessage, redacted: Set<string>): TrafficMessage {
  const hide = (text: string): string => {
    const result = redactText(text);
    for (const name of result.redacted) redacted.add(name);
    return result.text;
  };
  const hideFields = (fields: readonly (readonly [string, string])[]) =>
    fields.map(([name, value]) => [name, redactField(name, value, redacted)] as const);
  switch (message.type) {
    case 'note':
      return message;
    // A sentence quotes the reason of a close frame.
    case 'ending': {
      const { sentence, closeEvent } = message;
      return {
        ...message,
        sentence: hide(sentence),
        ...(closeEvent && {
          closeEvent: { ...closeEvent, reason: hide(closeEvent.reason), why: hide(closeEvent.why) },
        }),
      };
    }
    case 'close':
      return { ...message, reason: hide(message.reason) };
    case 'fields':
      return { ...message, fields: hideFields(message.fields) };
    case 'open': {
      const { http2 } = message;
      if (http2 === undefined) return message;
      const [request, response] = [hideFields(http2.request), hideFields(http2.response)];
      return { ...message, http2: { ...http2, request, response } };
    }
    case 'message':
      return { ...message, payload: redactPayload(message.payload, hide) };
    case 'frame':
      return redactFrame(message, hide);
    default:
      return redactMessage(message, redacted);
  }
}

type Hide = (text: string) => string;

/** Binary messages are often text, too. What replaces their bytes has the same length. */
function redactPayload(payload: Payload, hide: Hide): Payload {
  const { text, hex } = payload;
  const before = text ?? textOfHex(hex);
  const after = hide(before);
  if (after === before) return payload;
  return text === undefined
    ? { hex: formatHex(encodeLatin1(after)) }
    : { hex: formatHex(encodeText(after)), text: after };
}

/**
 * The bytes of a frame hold its payload, at most behind a masking key that stands before it. So a frame with a secret keeps
 * only those of its header, as if the rest had not been recorded. The same for what a compressed message holds.
 */
function redactFrame(frame: WireFrame, hide: Hide): WireFrame {
  const payload = redactPayload(frame.payload, hide);
  const { inflated } = frame;
  const unpacked = inflated && redactPayload(inflated, hide);
  if (payload === frame.payload && unpacked === inflated) return frame;
  const isCompressed = unpacked !== inflated;
  return {
    ...frame,
    hex: frame.hex.slice(0, frame.hex.length - frame.payload.hex.length),
    truncated: true,
    fields: frame.fields.map((field) => (field.name === 'payload data' ? { ...field, value: '' } : field)),
    payload: isCompressed ? { hex: '' } : payload,
    ...(inflated && unpacked && { inflated: { ...inflated, ...unpacked, blocks: [] } }),
  };
}

/** A field of HTTP/2 is redacted as the line of HTTP/1.1 that says the same. RFC 9113 §8.3. */
function redactField(name: string, value: string, redacted: Set<string>): string {
  const isPath = name === ':path';
  const [before, after] = isPath ? ['GET ', ' HTTP/1.1\r\n\r\n'] : [`GET / HTTP/1.1\r\n${name}: `, '\r\n\r\n'];
  const head = redactHead(encodeLatin1(before + value + after));
  for (const each of head.redacted) redacted.add(each);
  return decodeLatin1(head.bytes).slice(before.length, -after.length);
}
