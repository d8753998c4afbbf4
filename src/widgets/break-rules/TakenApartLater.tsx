import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ShownWire } from './present.ts';

export interface TakenApartProps {
  readonly wire: readonly ShownWire[];
  readonly place: number;
}

/** The panes of a frame are much code: it is fetched when a frame is first opened. */
export function TakenApartLater(props: TakenApartProps) {
  const [loaded, setLoaded] = useState<{ readonly view: ComponentType<TakenApartProps> }>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    import('./TakenApart.tsx').then(
      ({ TakenApart }) => setLoaded({ view: TakenApart }),
      (cause: unknown) => setProblem(`The frame’s panes could not be loaded (${String(cause)}). Reload the page.`),
    );
  }, []);
  if (problem !== '') {
    return (
      <p class="verdict" data-tone="danger" role="alert">
        {problem}
      </p>
    );
  }
  return loaded === undefined ? <p class="act-none">Opening …</p> : <loaded.view {...props} />;
}
