import { useCallback, useEffect, useState } from 'preact/hooks';
import { findCompanion } from './find-companion.ts';
import { CHOSEN, type Link } from './link.ts';

/** Whether the companion is there, and the actions that change it. */
export interface Companion {
  readonly link: Link;
  /** Looks for it now. */
  readonly look: () => void;
  /** Notes that it was there and is gone. */
  readonly lose: (why: string) => void;
  readonly simulate: () => void;
}

/** Looks once, when the figure first appears; after that only when the reader asks. */
export function useCompanion(): Companion {
  const [link, setLink] = useState<Link>({ state: 'example' });
  const look = useCallback(() => {
    setLink({ state: 'looking' });
    void findCompanion().then(({ found, why }) =>
      setLink(found ? { state: 'live', host: location.host } : { state: 'simulated', why }),
    );
  }, []);
  useEffect(look, [look]);
  const lose = useCallback((why: string) => setLink({ state: 'lost', why, attempt: 0, waitMs: undefined }), []);
  const simulate = useCallback(() => setLink({ state: 'simulated', why: CHOSEN }), []);
  return { link, look, lose, simulate };
}
