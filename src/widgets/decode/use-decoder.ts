import { useEffect, useRef, useState } from 'preact/hooks';
import { type DecodeRequest, parseDecodeHash, type Sender } from '../base/address/decode-address.ts';
import { type Decoded, MAX_TYPED_CHARACTERS } from './decoded.ts';
import type { ShowAction } from './orders.ts';
import { useWorker } from './use-worker.ts';

/** The decoder as its view needs it. */
export interface DecoderView {
  /** The text in the box; undefined if it is too long to be kept, and is only in the box itself. */
  readonly text: string | undefined;
  readonly sender: Sender;
  /** The file that is shown. */
  readonly file: SourceFile | undefined;
  readonly reading: boolean;
  readonly isFilterStopped: boolean;
  /** Undefined while a long text or a file is read. */
  readonly decoded: Decoded | undefined;
  readonly type: (text: string) => void;
  /** Reads the first that is not a key log of TLS. */
  readonly openFiles: (files: readonly File[]) => void;
  readonly chooseSender: (sender: Sender) => void;
  readonly show: (action: ShowAction) => void;
}

export interface SourceFile {
  readonly name: string;
  readonly byteLength: number;
}

/**
 * Connects the worker to the box, to files, and to the address.
 *
 * @param initial what is shown of the example
 */
export function useDecoder(example: DecodeRequest, initial: Decoded): DecoderView {
  const { decoded, isReading, isFilterStopped, give } = useWorker(initial);
  const [request, setRequest] = useState(example);
  const [file, setFile] = useState<File>();
  const [isKept, setKept] = useState(true);
  // Only the reader's own actions change the address.
  const acted = useRef(false);

  const read = (next: DecodeRequest): void => {
    const isShort = next.text.length <= MAX_TYPED_CHARACTERS;
    setFile(undefined);
    setRequest(isShort ? next : { ...next, text: '' });
    setKept(isShort);
    give({ type: 'read', request: next }, { type: 'read', request }, !isShort);
  };
  const readFiles = (chosen: readonly File[], sender: Sender): void => {
    setFile(chosen[0]);
    setKept(true);
    setRequest({ text: '', sender, limits: {} });
    give({ type: 'file', files: chosen, sender }, undefined, true);
  };

  useEffect(() => {
    const readAddress = (): void => {
      const linked = parseDecodeHash(location.hash);
      if (linked === undefined) return;
      acted.current = false;
      read(linked);
    };
    readAddress();
    addEventListener('hashchange', readAddress);
    return () => removeEventListener('hashchange', readAddress);
  }, []);
  useEffect(() => {
    if (acted.current && !isReading) history.replaceState(history.state, '', decoded?.hash ?? location.pathname);
  }, [decoded?.hash, isReading]);

  return {
    text: isKept ? request.text : undefined,
    sender: request.sender,
    file: file && (decoded?.file ?? { name: file.name, byteLength: file.size }),
    reading: isReading,
    isFilterStopped,
    decoded,
    type(text) {
      acted.current = true;
      // A limit belongs to the example of a link. Other bytes are judged without it.
      read({ ...request, text, limits: {} });
    },
    openFiles(chosen) {
      acted.current = true;
      readFiles(chosen, request.sender);
    },
    chooseSender(sender) {
      acted.current = true;
      setRequest({ ...request, sender });
      give({ type: 'from', sender }, { type: 'read', request }, false);
    },
    show(action) {
      if (action.type === 'readCompressed') {
        acted.current = true;
        setRequest({ ...request, readsCompressed: action.on });
      }
      give(action, { type: 'read', request }, false);
    },
  };
}
