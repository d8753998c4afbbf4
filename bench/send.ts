import { BINARY } from './streams.ts';

export type Write = (bytes: Uint8Array) => void;
export type Send = (payload: Uint8Array) => void;

/** Creates a sending side that writes frames. */
export type SenderOf = (masked: boolean, write: Write) => Send;

/** The part of a sender that every build of this project has. */
export interface AnySender {
  message(opcode: typeof BINARY, payload: Uint8Array): readonly { readonly bytes: Uint8Array }[];
}

/** @param sent called with all bytes that were written */
export function sendWith(sender: AnySender, write: Write, sent: (bytes: Uint8Array) => void): Send {
  return (payload) => {
    for (const { bytes } of sender.message(BINARY, payload)) {
      write(bytes);
      sent(bytes);
    }
  };
}

/** Unpredictable keys, drawn from the system many at a time, as the peer also does. RFC 6455 §5.3. */
export function randomKeys(): () => number {
  const keys = new Uint32Array(2048);
  let used = keys.length;
  return () => {
    if (used === keys.length) {
      crypto.getRandomValues(keys);
      used = 0;
    }
    return keys[used++] as number;
  };
}
