import { inflateOpened } from './inflate-opened.ts';
import {
  type DecodeAction,
  type DecodeState,
  decodedFile,
  initialDecodeState,
  presentDecoded,
  readFurther,
  reduceDecode,
} from './model.ts';
import type { DecodeOrder } from './orders.ts';
import type { NamedBlob } from './reading/read-file.ts';
import { FilesReader } from './reading/read-files.ts';
import type { FileSource } from './reading/read-source.ts';

/** In milliseconds: how often the page is told what was read so far, after the first rows. */
const PROGRESS_MS = 500;

let state: DecodeState | undefined;
/** The file that is shown. */
let shown: NamedBlob | undefined;
const files = new FilesReader();
/** Whether `state` is of a file that is still read. */
let isReading = false;
/** Whether the reader has looked at it: then the frame that is open stays open. */
let isTouched = false;
/** In bytes. A shorter file is read before anybody could look at a part of it. */
const MIN_FOLLOWED_BYTES = 2 * 1024 * 1024;

/** One order after the other: a file is read in pieces. */
let last = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly order: DecodeOrder }>) => {
  const { id, order } = data;
  // What is listed already can be looked at while the rest is read.
  if (isReading && !READS.has(order.type)) {
    void actionOf(order).then((action) => {
      if (state === undefined) return;
      isTouched = true;
      state = reduceDecode(state, action);
      answer(id);
    });
    return;
  }
  last = last.then(() => carryOut(id, order));
};

/** The orders that read something else. */
const READS: ReadonlySet<DecodeOrder['type']> = new Set(['file', 'read', 'type', 'from', 'readCompressed']);

async function carryOut(id: number, order: DecodeOrder): Promise<void> {
  try {
    state = await next(order, id);
    answer(id);
  } catch (error) {
    isReading = false;
    // The page says so, and the next order begins anew.
    state = undefined;
    self.postMessage({ id, failure: String(error) });
  }
}

function answer(id: number): void {
  const decoded = state && { ...presentDecoded(state, inflateOpened), file: fileOf(shown) };
  self.postMessage({ id, decoded, isReading });
}

async function next(order: DecodeOrder, id: number): Promise<DecodeState | undefined> {
  if (order.type === 'file') {
    isTouched = false;
    let toldMs = Number.NEGATIVE_INFINITY;
    const { result, file } = await files.read(order.files, order.sender, (read, current) => {
      const nowMs = performance.now();
      if (current.size < MIN_FOLLOWED_BYTES || nowMs - toldMs < PROGRESS_MS) return;
      if (!readSoFar(read, current, order.sender)) return;
      answer(id);
      toldMs = performance.now();
    });
    shown = file;
    const before = isReading && isTouched ? state : undefined;
    isReading = false;
    if (before === undefined || 'problem' in result) return decodedFile(order.sender, result);
    return readFurther(before, result);
  }
  if (order.type === 'read' || order.type === 'type') shown = undefined;
  if (state !== undefined) return reduceDecode(state, await actionOf(order));
  return order.type === 'read' ? initialDecodeState(order.request) : undefined;
}

async function actionOf(order: DecodeOrder): Promise<DecodeAction> {
  if (order.type !== 'filter') return order as DecodeAction;
  const { findItems } = await import('./find-items.ts');
  return { type: 'filter', filter: { words: order.words, find: findItems } };
}

/** @returns whether there is something to list */
function readSoFar(read: FileSource, file: NamedBlob, sender: 'either' | 'client' | 'server'): boolean {
  const source = read.soFar;
  if (source === undefined) return false;
  state = isReading && state !== undefined ? readFurther(state, source) : decodedFile(sender, source);
  isReading = true;
  shown = file;
  return true;
}

const fileOf = (file: NamedBlob | undefined) => file && { name: file.name ?? '', byteLength: file.size };
