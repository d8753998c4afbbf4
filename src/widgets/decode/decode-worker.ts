import { inflateOpened } from './inflate-opened.ts';
import {
  type DecodeAction,
  type DecodeState,
  decodedFile,
  initialDecodeState,
  presentDecoded,
  reduceDecode,
} from './model.ts';
import type { DecodeOrder } from './orders.ts';
import { readFileSource } from './reading/read-file.ts';

let state: DecodeState | undefined;

/** One order after the other: a file is read in pieces. */
let last = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly order: DecodeOrder }>) => {
  last = last.then(() => carryOut(data.id, data.order));
};

async function carryOut(id: number, order: DecodeOrder): Promise<void> {
  try {
    state = await next(order);
    self.postMessage({ id, decoded: state && presentDecoded(state, inflateOpened) });
  } catch (error) {
    // The page says so, and the next order begins anew.
    state = undefined;
    self.postMessage({ id, failure: String(error) });
  }
}

async function next(order: DecodeOrder): Promise<DecodeState | undefined> {
  if (order.type === 'file') return decodedFile(order.sender, await readFileSource(order.file, order.sender));
  if (state !== undefined) return reduceDecode(state, order as DecodeAction);
  return order.type === 'read' ? initialDecodeState(order.request) : undefined;
}
