import { useEffect, useRef } from 'preact/hooks';
import { readHashParameters, writeHashParameters } from './hash-parameters.ts';

/**
 * Keeps a figure's state in the part of the address after its `#`, which no browser sends.
 *
 * @param read called once, and whenever the address changes
 * @returns writes values into the address; what other figures keep there stays
 */
export function useHashParameters(
  read: (parameters: URLSearchParams) => void,
): (values: Readonly<Record<string, string>>) => void {
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    const onChange = (): void => latest.current(readHashParameters(location.hash));
    onChange();
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return (values) => history.replaceState(history.state, '', writeHashParameters(location.hash, values));
}
