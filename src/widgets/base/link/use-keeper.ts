import { useEffect, useRef } from 'preact/hooks';
import { LinkKeeper, type LinkListener } from './link-keeper.ts';

/**
 * Keeps a source going for as long as the figure is there.
 *
 * @param listener the one of the first drawing stays
 */
export function useKeeper(listener: LinkListener): LinkKeeper {
  const kept = useRef<LinkKeeper>();
  kept.current ??= new LinkKeeper(listener);
  const keeper = kept.current;
  useEffect(() => {
    void keeper.start();
    return () => keeper.stop();
  }, [keeper]);
  return keeper;
}
