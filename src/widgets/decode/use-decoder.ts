import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { type DecodeRequest, parseDecodeHash, type Sender } from '../base/address/decode-address.ts';
import type { ShowAction } from './decode-worker.ts';
import type { inflateOpened } from './inflate-opened.ts';
import { type Decoded, initialDecodeState, MAX_TYPED_CHARACTERS, presentDecoded, reduceDecode } from './model.ts';
import { useCapture } from './use-capture.ts';

/** The decoder as its view needs it. */
export interface DecoderView {
  /** The text in the box; undefined if it is too long to be kept, and is only in the box itself. */
  readonly text: string | undefined;
  readonly sender: Sender;
  /** The file that is shown. */
  readonly file: SourceFile | undefined;
  readonly reading: boolean;
  /** Undefined while a capture is read. */
  readonly decoded: Decoded | undefined;
  readonly type: (text: string) => void;
  readonly openFile: (file: File) => void;
  readonly chooseSender: (sender: Sender) => void;
  readonly show: (action: ShowAction) => void;
}

export interface SourceFile {
  readonly name: string;
  readonly byteLength: number;
}

/** Connects the model to the box, to files, and to the address. */
export function useDecoder(example: DecodeRequest): DecoderView {
  const [state, dispatch] = useReducer(reduceDecode, example, initialDecodeState);
  const [file, setFile] = useState<SourceFile>();
  const capture = useCapture();
  const captured = useRef<ArrayBuffer>();
  // Only the reader's own actions change the address.
  const acted = useRef(false);
  const { sender } = state.request;
  const [inflate, setInflate] = useState<typeof inflateOpened>();
  const own = useMemo(() => presentDecoded(state, inflate), [state, inflate]);
  const wantsInflate = state.request.readsCompressed === true && inflate === undefined;
  useEffect(() => {
    // Most readers decode nothing that is compressed. If it cannot be loaded, the compressed bytes are still shown.
    if (wantsInflate) void import('./inflate-opened.ts').then((module) => setInflate(() => module.inflateOpened));
  }, [wantsInflate]);
  const inCapture = capture.reading || capture.decoded !== undefined;
  const decoded = inCapture ? capture.decoded : own;

  const leaveCapture = (): void => {
    captured.current = undefined;
    capture.leave();
    setFile(undefined);
  };

  useEffect(() => {
    const read = (): void => {
      const linked = parseDecodeHash(location.hash);
      if (linked === undefined) return;
      leaveCapture();
      acted.current = false;
      dispatch({ type: 'read', request: linked });
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  useEffect(() => {
    if (acted.current) history.replaceState(history.state, '', decoded?.hash ?? location.pathname);
  }, [decoded?.hash]);

  /** The worker gets a copy, because another sender means decoding the same bytes again. */
  const readCapture = (bytes: ArrayBuffer, from: Sender): void => {
    captured.current = bytes;
    capture.read(bytes.slice(), from);
  };
  return {
    text: file === undefined && inCapture ? undefined : state.request.text,
    sender,
    file,
    reading: capture.reading,
    decoded,
    type(text) {
      acted.current = true;
      leaveCapture();
      if (text.length > MAX_TYPED_CHARACTERS) readCapture(new TextEncoder().encode(text).buffer, sender);
      else dispatch({ type: 'type', text });
    },
    openFile(chosen) {
      void chosen.arrayBuffer().then((bytes) => {
        acted.current = true;
        dispatch({ type: 'type', text: '' });
        setFile({ name: chosen.name, byteLength: bytes.byteLength });
        readCapture(bytes, sender);
      });
    },
    chooseSender(chosen) {
      acted.current = true;
      dispatch({ type: 'from', sender: chosen });
      if (captured.current !== undefined) readCapture(captured.current, chosen);
    },
    show: inCapture
      ? capture.show
      : (action) => {
          if (action.type === 'readCompressed') acted.current = true;
          dispatch(action);
        },
  };
}
