import { useEffect, useRef, useState } from 'preact/hooks';
import type { Decoded } from './decoded.ts';
import type { DecodeOrder } from './orders.ts';

/** What the worker has read. */
export interface Reading {
  /** Undefined until the first answer, and while a long text or a file is read. */
  readonly decoded: Decoded | undefined;
  readonly isReading: boolean;
  /** Whether the last filter took too long. */
  readonly isFilterStopped: boolean;
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
  rowCount: 0,
  openedRow: 0,
  filter: '',
  filterProblem: undefined,
  listed: 0,
  opened: 0,
  notes: [],
  dump: undefined,
  recorded: undefined,
  message: undefined,
  compression: undefined,
  hash: undefined,
};

/** The orders that a new worker can begin with: what they read is what all others are about. */
const READS: ReadonlySet<DecodeOrder['type']> = new Set(['file', 'read']);
/** In milliseconds. */
const MAX_FILTER_MS = 10_000;

interface Answer {
  readonly id: number;
  readonly decoded?: Decoded;
  /** Whether more of the same file is read. */
  readonly isReading?: boolean;
  readonly failure?: string;
}

/** Reads in a worker: it has all forms, and the page responds meanwhile. */
export function useWorker(initial: Decoded): Reading {
  const worker = useRef<Worker>();
  /** The number of the last order that shows something, and of the last long one that has no answer. */
  const last = useRef(0);
  /** The number of the last order that read something else, and that order itself. */
  const whole = useRef<{ readonly id: number; readonly order: DecodeOrder }>();
  const filtering = useRef<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const long = useRef<number>();
  const [decoded, setDecoded] = useState<Decoded | undefined>(initial);
  const [isReading, setReading] = useState(false);
  const [isFilterStopped, setStopped] = useState(false);
  const end = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
    long.current = undefined;
    clearTimeout(timer.current);
  };
  useEffect(() => end, []);
  const finish = (next: Decoded, goesOn = false): void => {
    if (!goesOn) {
      long.current = undefined;
      setReading(false);
    }
    setDecoded(next);
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({ data: { id, decoded: next, isReading: goesOn, failure } }: MessageEvent<Answer>) => {
      if (id === filtering.current) clearTimeout(timer.current);
      if (failure !== undefined) end();
      // A file is answered several times, and the reader can look at its rows meanwhile.
      if (id === last.current || id === whole.current?.id)
        finish(failure === undefined && next !== undefined ? next : FAILED, goesOn);
    };
    started.onerror = () => {
      end();
      finish(FAILED);
    };
    return started;
  };
  /** A pattern can take for ever on one text, and cannot be stopped: the worker is, and reads the same again. */
  const giveUpFilter = (): void => {
    const order = whole.current?.order;
    end();
    worker.current = start();
    if (order === undefined) return;
    setReading(true);
    setDecoded(undefined);
    post(order);
    long.current = last.current;
    setStopped(true);
  };
  const post = (order: DecodeOrder): void => {
    last.current++;
    worker.current?.postMessage({ id: last.current, order });
    if (READS.has(order.type)) whole.current = { id: last.current, order };
    if (order.type !== 'filter' || order.words === '') return;
    filtering.current = last.current;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => giveUpFilter(), MAX_FILTER_MS);
  };
  return {
    decoded,
    isReading,
    isFilterStopped,
    give(order, first, isLong) {
      if (order.type === 'filter' || READS.has(order.type)) setStopped(false);
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
