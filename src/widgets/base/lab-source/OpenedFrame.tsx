import { useMemo } from 'preact/hooks';
import { FrameView } from '../frame-view/FrameView.tsx';
import { dumpHex } from './dump-hex.ts';

/** One frame in all its panes. */
export function OpenedFrame({ hex }: { readonly hex: string }) {
  const dump = useMemo(() => dumpHex(hex), [hex]);
  return <FrameView dump={dump} />;
}
