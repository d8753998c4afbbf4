import type { Sender } from '../base/address/decode-address.ts';
import { type DecodeState, decodeFile, presentDecoded, reduceDecode } from './model.ts';

/** What the page asks of the thread beside it: first to decode a capture, then to open frames of it. */
export type DecodeOrder =
  | { readonly type: 'file'; readonly bytes: ArrayBuffer; readonly sender: Sender }
  | { readonly type: 'open'; readonly index: number };

let state: DecodeState | undefined;

self.onmessage = ({ data: order }: MessageEvent<DecodeOrder>) => {
  if (order.type === 'file') state = decodeFile(new Uint8Array(order.bytes), order.sender);
  else if (state !== undefined) state = reduceDecode(state, order);
  if (state !== undefined) self.postMessage(presentDecoded(state));
};
