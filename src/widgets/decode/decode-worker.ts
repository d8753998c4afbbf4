import type { Sender } from '../base/address/decode-address.ts';
import { inflateOpened } from './inflate-opened.ts';
import { type DecodeAction, type DecodeState, decodeFile, presentDecoded, reduceDecode } from './model.ts';

/** What the page asks of the worker: first to decode a capture, then to show another part of it. */
export type DecodeOrder = { readonly type: 'file'; readonly bytes: ArrayBuffer; readonly sender: Sender } | ShowAction;

/** The actions that change only what is shown of the decoded bytes. */
export type ShowAction = Extract<DecodeAction, { type: 'open' | 'openBroken' | 'list' | 'readCompressed' }>;

let state: DecodeState | undefined;

self.onmessage = ({ data: order }: MessageEvent<DecodeOrder>) => {
  if (order.type === 'file') state = decodeFile(new Uint8Array(order.bytes), order.sender);
  else if (state !== undefined) state = reduceDecode(state, order);
  if (state !== undefined) self.postMessage(presentDecoded(state, inflateOpened));
};
