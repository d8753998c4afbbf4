import { useRef, useState } from 'preact/hooks';
import type { Sender } from '../base/address/decode-address.ts';
import type { DecodeOrder, ShowAction } from './decode-worker.ts';
import type { Decoded } from './model.ts';

/** A capture that a worker decodes. */
export interface Capture {
  /** Undefined if there is no capture, or if the worker has not finished. */
  readonly decoded: Decoded | undefined;
  readonly reading: boolean;
  /** Decodes another capture and drops the last one. */
  readonly read: (bytes: ArrayBuffer, sender: Sender) => void;
  readonly show: (action: ShowAction) => void;
  /** Drops the capture, whether it has been decoded or not. */
  readonly leave: () => void;
}

const FAILED: Decoded = {
  problem: {
    sentence: 'These bytes could not be decoded. They may need more memory than the browser has. Try a part of them.',
    place: undefined,
  },
  frameCount: 0,
  brokenCount: 0,
  rows: [],
  listed: 0,
  opened: 0,
  notes: [],
  dump: undefined,
  message: undefined,
  compression: undefined,
  hash: undefined,
};

export function useCapture(): Capture {
  const worker = useRef<Worker>();
  const [decoded, setDecoded] = useState<Decoded>();
  const [reading, setReading] = useState(false);
  const finish = (next: Decoded | undefined): void => {
    setReading(false);
    setDecoded(next);
  };
  const leave = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
    finish(undefined);
  };
  const order = (what: DecodeOrder): void =>
    worker.current?.postMessage(what, what.type === 'file' ? [what.bytes] : []);
  return {
    decoded,
    reading,
    leave,
    show: order,
    read: (bytes, sender) => {
      leave();
      const beside = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
      beside.onmessage = ({ data }: MessageEvent<Decoded>) => finish(data);
      beside.onerror = () => finish(FAILED);
      worker.current = beside;
      setReading(true);
      order({ type: 'file', bytes, sender });
    },
  };
}
