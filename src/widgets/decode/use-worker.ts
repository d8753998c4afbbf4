import { useEffect, useRef, useState } from 'preact/hooks';
import type { Decoded } from './decoded.ts';
import type { DecodeOrder } from './orders.ts';

/** What the worker has read. */
export interface Reading {
  /** Undefined until the first answer, and while a long text or a file is read. */
  readonly decoded: Decoded | undefined;
  readonly isReading: boolean;
  /**
   * Gives the worker an order.
   *
   * @param first what a new worker must be told before it, if this order is not a text or a file itself
   * @param isLong whether it takes time: then nothing older is shown meanwhile
   */
  readonly give: (order: DecodeOrder, first: DecodeOrder | undefined, isLong: boolean) => void;
}

const FAILED: Decoded = {
  problem: {
    sentence: 'These bytes could not be decoded. They may need more memory than the browser has. Try a part of them.',
    place: undefined,
  },
  form: undefined,
  connections: [],
  connectionCount: 0,
  shown: 0,
  heads: [],
  ending: undefined,
  asksSender: true,
  frameCount: 0,
  noun: 'frames',
  brokenCount: 0,
  rows: [],
  listed: 0,
  opened: 0,
  notes: [],
  dump: undefined,
  recorded: undefined,
  message: undefined,
  compression: undefined,
  hash: undefined,
};

interface Answer {
  readonly id: number;
  readonly decoded?: Decoded;
  readonly failure?: string;
}

/** Reads in a worker: it has all forms, and the page responds meanwhile. */
export function useWorker(initial: Decoded): Reading {
  const worker = useRef<Worker>();
  /** The number of the last order that shows something, and of the last long one that has no answer. */
  const last = useRef(0);
  const long = useRef<number>();
  const [decoded, setDecoded] = useState<Decoded | undefined>(initial);
  const [isReading, setReading] = useState(false);
  const end = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
    long.current = undefined;
  };
  useEffect(() => end, []);
  const finish = (next: Decoded): void => {
    long.current = undefined;
    setReading(false);
    setDecoded(next);
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({ data: { id, decoded: next, failure } }: MessageEvent<Answer>) => {
      if (failure !== undefined) end();
      if (id === last.current) finish(failure === undefined && next !== undefined ? next : FAILED);
    };
    started.onerror = () => {
      end();
      finish(FAILED);
    };
    return started;
  };
  const post = (order: DecodeOrder): void => {
    last.current++;
    worker.current?.postMessage({ id: last.current, order });
  };
  return {
    decoded,
    isReading,
    give(order, first, isLong) {
      const isWhole = order.type === 'file' || order.type === 'type' || order.type === 'read';
      // It would be read to its end first.
      if (isWhole && long.current !== undefined) end();
      if (worker.current === undefined) {
        worker.current = start();
        if (first !== undefined) post(first);
      }
      post(order);
      if (!isLong) return;
      long.current = last.current;
      setReading(true);
      setDecoded(undefined);
    },
  };
}
