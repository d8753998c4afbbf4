import './own-code.css';
import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { whyNotRun } from '../../scripts/why-not-run.ts';
import type { StageId } from './stage-id.ts';

interface Props {
  readonly stage: StageId;
  readonly signature: string;
}

type Loaded =
  | { readonly phase: 'closed' | 'loading' }
  | { readonly phase: 'open'; readonly Workbench: ComponentType<{ readonly stage: StageId }> }
  | { readonly phase: 'lost'; readonly why: string };

/** The place where the reader writes one function. The editor and the tests are loaded when it is opened. */
export default function OwnCode({ stage, signature }: Props) {
  const [loaded, setLoaded] = useState<Loaded>({ phase: 'closed' });
  const open = (): void => {
    setLoaded({ phase: 'loading' });
    import('./Workbench.tsx').then(
      ({ default: Workbench }) => setLoaded({ phase: 'open', Workbench }),
      (cause: unknown) => setLoaded({ phase: 'lost', why: whyNotRun(cause) }),
    );
  };
  return (
    <div class="figure wide own-code" data-stage={stage} data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title">
          Your <code>{stage}</code>
        </h3>
      </header>
      <div class="figure-body">
        <pre class="own-code-signature">{signature}</pre>
        <noscript>
          <p>The editor needs JavaScript. The hints and a solution below do not.</p>
        </noscript>
        {loaded.phase === 'open' ? (
          <loaded.Workbench stage={stage} />
        ) : (
          <p class="own-code-open needs-js">
            <button type="button" class="own-code-run" disabled={loaded.phase === 'loading'} onClick={open}>
              {loaded.phase === 'loading' ? 'Opening the editor…' : `Write ${stage} here`}
            </button>
          </p>
        )}
        {loaded.phase === 'lost' && (
          <p class="verdict" data-tone="danger" role="alert">
            {loaded.why}
          </p>
        )}
      </div>
    </div>
  );
}
