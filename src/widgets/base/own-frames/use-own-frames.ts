import { useState } from 'preact/hooks';
import type { Link } from '../link/link.ts';
import type { LinkKeeper } from '../link/link-keeper.ts';
import { useKeeper } from '../link/use-keeper.ts';
import type { Draft } from './message.ts';
import { OwnFrames, type TakenFrame } from './own-frames.ts';

/**
 * The frames of the reader's own messages, from the companion or the simulation.
 *
 * @param first sent by itself, so that the figure begins with a real frame
 */
export function useOwnFrames(
  take: (frame: TakenFrame) => void,
  first: Draft,
): { readonly frames: OwnFrames; readonly keeper: LinkKeeper; readonly link: Link } {
  const [link, setLink] = useState<Link>({ state: 'example' });
  const [frames] = useState(() => new OwnFrames(take, first));
  const keeper = useKeeper({
    changed(next) {
      frames.linked(next);
      setLink(next);
    },
    happened: (events, source) => frames.happened(events, source),
  });
  return { frames, keeper, link };
}
