import { useRef, useState } from 'preact/hooks';
import type { Sender } from '../base/address/decode-address.ts';
import type { DecodeOrder } from './decode-worker.ts';
import type { Decoded } from './model.ts';

/** A capture that is decoded beside the page. */
export interface Capture {
  /** Undefined while nothing of the kind is there, or nothing has come of it yet. */
  readonly decoded: Decoded | undefined;
  readonly reading: boolean;
  /** Decodes another one, and gives up what was there. */
  readonly read: (bytes: ArrayBuffer, sender: Sender) => void;
  readonly open: (index: number) => void;
  /** Gives up, whether it has been decoded or not. */
  readonly leave: () => void;
}

const FAILED: Decoded = {
  problem: {
    sentence: 'This could not be decoded: it may be larger than the memory there is. Take a part of it.',
    start: 0,
    end: 0,
  },
  rows: [],
  notes: [],
  dump: undefined,
};

export function useCapture(): Capture {
  const worker = useRef<Worker>();
  const [decoded, setDecoded] = useState<Decoded>();
  const [reading, setReading] = useState(false);
  const show = (next: Decoded | undefined): void => {
    setReading(false);
    setDecoded(next);
  };
  const leave = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
    show(undefined);
  };
  const order = (what: DecodeOrder): void =>
    worker.current?.postMessage(what, what.type === 'file' ? [what.bytes] : []);
  return {
    decoded,
    reading,
    leave,
    open: (index) => order({ type: 'open', index }),
    read: (bytes, sender) => {
      leave();
      const beside = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
      beside.onmessage = ({ data }: MessageEvent<Decoded>) => show(data);
      beside.onerror = () => show(FAILED);
      worker.current = beside;
      setReading(true);
      order({ type: 'file', bytes, sender });
    },
  };
}
