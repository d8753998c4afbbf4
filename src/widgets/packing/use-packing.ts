import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { bytesOfHex } from '../../bytes/hex.ts';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { choicesOfPacking, packingOfParameters, parametersOfPacking } from './address.ts';
import {
  initialPacking,
  messagesOf,
  type PackingRequest,
  type PackingView,
  presentPacking,
  reducePacking,
  unpack,
} from './model.ts';
import { packMessages } from './pack.ts';

export interface PackingFigure {
  readonly request: PackingRequest;
  /** Whether what is shown belongs to the request. */
  readonly isReady: boolean;
  readonly problem: string;
  readonly view: PackingView;
  readonly change: (part: Partial<PackingRequest>) => void;
  readonly go: (at: number) => void;
}

/** Joins the model to the compressor, which is loaded when the reader first changes something, and to the address. */
export function usePacking(example: readonly string[]): PackingFigure {
  const [state, dispatch] = useReducer(reducePacking, example, (hex) => initialPacking(hex.map(bytesOfHex)));
  const [failed, setFailed] = useState(false);
  const { request, shown, packed, at } = state;
  const { write, problem } = useHashParameters((parameters) => {
    const linked = packingOfParameters(parameters);
    if (linked === undefined) return undefined;
    dispatch({ type: 'ask', request: linked });
    return sayIgnored(parameters, choicesOfPacking(linked));
  });
  const first = useRef(request);
  useEffect(() => {
    if (request === first.current) return;
    setFailed(false);
    packMessages(messagesOf(request), request).then(
      (done) => dispatch({ type: 'packed', request, packed: done }),
      () => setFailed(true),
    );
  }, [request]);
  const unpacked = useMemo(() => unpack(packed, shown), [packed, shown]);
  const view = useMemo(() => presentPacking(unpacked, at), [unpacked, at]);
  return {
    request,
    isReady: request === shown,
    problem: failed ? 'The compressor could not be loaded. Reload the page to try again.' : problem,
    view,
    change(part) {
      const next = { ...request, ...part };
      dispatch({ type: 'ask', request: next });
      write(parametersOfPacking(next));
    },
    go: (to) => dispatch({ type: 'go', at: to }),
  };
}
