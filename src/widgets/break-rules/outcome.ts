import type { WireMessage } from '../../inspector/wire/wire.ts';

/** What the page was told, in order. After a while it closes a connection that is still open, and says so here. */
export type Told =
  | { readonly event: 'open' }
  | { readonly event: 'message'; readonly data: string }
  | { readonly event: 'error' }
  | { readonly event: 'close'; readonly code: number; readonly reason: string; readonly wasClean: boolean }
  | { readonly event: 'page closes' };

/** The head of the response, or a frame; in hex, as it stood on the wire. */
export interface OnTheWire {
  readonly kind: 'response' | 'frame';
  readonly from: 'server' | 'client';
  readonly hex: string;
}

/** What came of one act of the server in one browser. */
export interface Outcome {
  /** The name of the act. */
  readonly act: string;
  readonly wire: readonly OnTheWire[];
  readonly told: readonly Told[];
}

/**
 * Takes from a tap what the reader can judge by. The request is left out, and so is the message by
 * which the page ordered the act: they are the same for all.
 */
export function outcomeOf(act: string, messages: readonly WireMessage[], told: readonly Told[]): Outcome {
  const wire = messages.flatMap((message): OnTheWire[] => {
    if (message.type !== 'frame' && message.type !== 'handshake') return [];
    const from = message.direction === 'in' ? 'client' : 'server';
    if (message.type === 'frame' && from === 'client' && message.payload.text === act) return [];
    if (message.type === 'frame') return [{ kind: 'frame', from, hex: message.hex }];
    return from === 'server' ? [{ kind: 'response', from, hex: message.hex }] : [];
  });
  return { act, wire, told };
}
