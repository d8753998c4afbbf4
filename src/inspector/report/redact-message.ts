import { bytesOfHex, formatHex } from '../../bytes/hex.ts';
import { encodeText } from '../../text/utf8.ts';
import { redactHead } from '../redact/redact-head.ts';
import { redactText } from '../redact/redact-text.ts';
import type { WireMessage } from '../wire/wire.ts';

/** Replaces the secrets in a message of a tap. Adds the names of what was replaced to `redacted`. */
export function redactMessage(message: WireMessage, redacted: Set<string>): WireMessage {
  if (message.type === 'handshake') {
    const head = redactHead(bytesOfHex(message.hex));
    for (const name of head.redacted) redacted.add(name);
    return { ...message, hex: formatHex(head.bytes) };
  }
  if (message.type !== 'frame') return message;
  const { payload, inflated } = message;
  const shown = (text: string): string => {
    const result = redactText(text);
    for (const name of result.redacted) redacted.add(name);
    return result.text;
  };
  return {
    ...message,
    payload: payload.text === undefined ? payload : textPayload(shown(payload.text), payload.text, payload),
    ...(inflated?.text !== undefined && { inflated: { ...inflated, text: shown(inflated.text) } }),
  };
}

function textPayload(
  text: string,
  before: string,
  payload: { readonly hex: string; readonly text?: string },
): typeof payload {
  return text === before ? payload : { hex: formatHex(encodeText(text)), text };
}
