import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FrameDump } from '../../inspector/frame-dump.ts';

type View = ComponentType<{ readonly dump: FrameDump }>;
type Loaded = { readonly Frame: View; readonly dump: FrameDump };

/** One frame in all its panes. They are much code: it is fetched when a frame is first opened. */
export function FrameLater({ hex }: { readonly hex: string }) {
  const [loaded, setLoaded] = useState<Loaded>();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let wanted = true;
    Promise.all([import('../frame/FrameView.tsx'), import('./dump-hex.ts')]).then(
      ([{ FrameView }, { dumpHex }]) => wanted && setLoaded({ Frame: FrameView, dump: dumpHex(hex) }),
      () => setLost(true),
    );
    return () => {
      wanted = false;
    };
  }, [hex]);
  if (lost) {
    return (
      <p class="verdict" data-tone="danger" role="alert">
        The frame cannot be opened: the server that has the code for it is gone. Start it, and reload the page.
      </p>
    );
  }
  return loaded === undefined ? null : <loaded.Frame dump={loaded.dump} />;
}
