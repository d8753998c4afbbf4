import { useEffect, useRef, useState } from 'preact/hooks';
import { readHashParameters, writeHashParameters } from './hash-parameters.ts';

type Values = Readonly<Record<string, string>>;

/**
 * Keeps a figure's state in the part of the address after its `#`, which no browser sends.
 *
 * @param read called once, and whenever the address changes; returns a sentence about what is wrong there, if anything
 * @returns `write` writes values into the address and keeps the parameters of other figures; `problem` is that sentence,
 *   until something is written
 */
export function useHashParameters(read: (parameters: URLSearchParams) => string | undefined): {
  readonly write: (values: Values) => void;
  readonly problem: string;
} {
  const [problem, setProblem] = useState('');
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    const onChange = (): void => {
      setProblem(latest.current(readHashParameters(location.hash)) ?? '');
    };
    onChange();
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  const write = (values: Values): void => {
    setProblem('');
    history.replaceState(history.state, '', writeHashParameters(location.hash, values));
  };
  return { write, problem };
}
