import type { WireMessage } from '../inspector/wire/wire.ts';
import { checkWireMessage } from '../inspector/wire/wire-shape.ts';

/** Reads one message of a tap, which may be anything: another program may listen on the port. Never throws. */
export function parseWireMessage(text: string): { readonly message: WireMessage } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'the message is not JSON' };
  }
  return checkWireMessage(value);
}
