import { useEffect, useState } from 'preact/hooks';
import type { InflatedDump } from '../../../inspector/deflate/inflated-dump.ts';

type Pane = typeof import('./InflatedPane.tsx')['InflatedPane'];

interface Props {
  readonly inflated: InflatedDump;
}

/** The compressed message that ends with a frame. What explains it is loaded with the first one: most readers never open one. */
export function Inflated({ inflated }: Props) {
  const [Pane, setPane] = useState<Pane>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    import('./InflatedPane.tsx').then(
      (module) => setPane(() => module.InflatedPane),
      () => setFailed(true),
    );
  }, []);
  if (failed) return <p class="verdict">What explains compressed messages could not be loaded. Reload the page.</p>;
  return Pane === undefined ? <p>Loading the decompressed message …</p> : <Pane inflated={inflated} />;
}
