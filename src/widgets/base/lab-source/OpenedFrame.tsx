import { useMemo } from 'preact/hooks';
import { dumpHex } from '../../lab-source/dump-hex.ts';
import { FrameView } from '../frame-view/FrameView.tsx';

/** One frame in all its panes. */
export function OpenedFrame({ hex }: { readonly hex: string }) {
  const dump = useMemo(() => dumpHex(hex), [hex]);
  return <FrameView dump={dump} />;
}
