import type { MessageOpcode } from '../src/protocol/index.ts';

export type Deliver = (opcode: MessageOpcode, payload: Uint8Array) => void;
export type Receive = (chunk: Uint8Array) => void;

/** Creates a receiving side that delivers messages as they arrive. */
export type ReceiverOf = (deliver: Deliver) => Receive;

/** The part of a receiver that every build of this project has. */
export interface AnyReceiver {
  feed(chunk: Uint8Array): void;
  next(): { readonly opcode: number; readonly payload: Uint8Array } | { readonly rule: string } | undefined;
}

/** @param done called with each payload that was delivered */
export function receiveWith(receiver: AnyReceiver, deliver: Deliver, done: (payload: Uint8Array) => void): Receive {
  return (chunk) => {
    receiver.feed(chunk);
    for (let received = receiver.next(); received !== undefined; received = receiver.next()) {
      if ('rule' in received) throw new Error(`the stream breaks ${received.rule}`);
      deliver(received.opcode as MessageOpcode, received.payload);
      done(received.payload);
    }
  };
}
