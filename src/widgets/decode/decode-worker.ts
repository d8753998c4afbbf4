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
import type { NamedBlob } from './reading/read-file.ts';
import { FilesReader } from './reading/read-files.ts';

let state: DecodeState | undefined;
/** The file that is shown. */
let shown: NamedBlob | undefined;
const files = new FilesReader();

/** One order after the other: a file is read in pieces. */
let last = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly order: DecodeOrder }>) => {
  last = last.then(() => carryOut(data.id, data.order));
};

async function carryOut(id: number, order: DecodeOrder): Promise<void> {
  try {
    state = await next(order);
    self.postMessage({ id, decoded: state && { ...presentDecoded(state, inflateOpened), file: fileOf(shown) } });
  } catch (error) {
    // The page says so, and the next order begins anew.
    state = undefined;
    self.postMessage({ id, failure: String(error) });
  }
}

async function next(order: DecodeOrder): Promise<DecodeState | undefined> {
  if (order.type === 'file') {
    const { result, file } = await files.read(order.files, order.sender);
    shown = file;
    return decodedFile(order.sender, result);
  }
  if (order.type === 'read' || order.type === 'type') shown = undefined;
  if (state !== undefined) return reduceDecode(state, order as DecodeAction);
  return order.type === 'read' ? initialDecodeState(order.request) : undefined;
}

const fileOf = (file: NamedBlob | undefined) => file && { name: file.name ?? '', byteLength: file.size };
