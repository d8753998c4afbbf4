import { formatHex } from '../../bytes/hex.ts';
import { decodeLatin1, encodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { redactHead } from '../redact/redact-head.ts';
import { redactText } from '../redact/redact-text.ts';
import type { TrafficMessage } from '../traffic/traffic-explainer.ts';
import { redactMessage } from './redact-message.ts';

/** Replaces the secrets in a message of a recording. Adds the names of what was replaced to `redacted`. */
export function redactTraffic(message: TrafficMessage, redacted: Set<string>): TrafficMessage {
  switch (message.type) {
    case 'note':
    case 'ending':
      return message;
    case 'fields':
      return {
        ...message,
        fields: message.fields.map(([name, value]) => [name, redactField(name, value, redacted)] as const),
      };
    case 'message': {
      const { payload } = message;
      if (payload.text === undefined) return message;
      const { text, redacted: names } = redactText(payload.text);
      for (const name of names) redacted.add(name);
      return text === payload.text ? message : { ...message, payload: { hex: formatHex(encodeText(text)), text } };
    }
    default:
      return redactMessage(message, redacted);
  }
}

/** A field of HTTP/2 is redacted as the line of HTTP/1.1 that says the same. RFC 9113 §8.3. */
function redactField(name: string, value: string, redacted: Set<string>): string {
  const isPath = name === ':path';
  const [before, after] = isPath ? ['GET ', ' HTTP/1.1\r\n\r\n'] : [`GET / HTTP/1.1\r\n${name}: `, '\r\n\r\n'];
  const head = redactHead(encodeLatin1(before + value + after));
  for (const each of head.redacted) redacted.add(each);
  return decodeLatin1(head.bytes).slice(before.length, -after.length);
}
