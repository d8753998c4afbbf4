import { useEffect, useRef } from 'preact/hooks';
import { LinkKeeper, type LinkListener } from './link-keeper.ts';

/**
 * Keeps a source going as long as the figure is on the page.
 *
 * @param listener the one from the first render is used; later ones are ignored
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
