import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import type { CheckedCase } from '../../companion/check.ts';

type Bytes = ComponentType<Pick<CheckedCase, 'sentHex' | 'receivedHex'>>;

/** A case that fell short: folded a line, unfolded all that is known of it. */
export function CaseRow({ case: each }: { readonly case: CheckedCase }) {
  const { id, title, outcome, finding, sent, cameBack, requirement } = each;
  return (
    <details class="check-case" data-outcome={outcome}>
      <summary>
        <b>{outcome}</b> <span class="case-title">{title}</span> <code>{id}</code>
        <span class="case-finding">{finding}</span>
      </summary>
      <dl>
        <dt>Sent</dt>
        <dd>{sent}</dd>
        <dt>Came back</dt>
        <dd>{cameBack}</dd>
        <dt>Rule</dt>
        <dd>{requirement}</dd>
      </dl>
      <OpenBytes {...each} />
    </details>
  );
}

/** The code that takes bytes apart is much: it is fetched when bytes are first opened. */
function OpenBytes({ sentHex, receivedHex, title }: CheckedCase) {
  const [bytes, setBytes] = useState<{ readonly View: Bytes }>();
  const [lost, setLost] = useState(false);
  if (sentHex === '' && receivedHex === '') return null;
  if (bytes !== undefined) return <bytes.View sentHex={sentHex} receivedHex={receivedHex} />;
  const open = (): void => {
    import('./CaseBytes.tsx').then(
      ({ CaseBytes }) => setBytes({ View: CaseBytes }),
      () => setLost(true),
    );
  };
  return (
    <>
      <button type="button" class="needs-js" aria-label={`Open the bytes: ${title}`} onClick={open}>
        Open the bytes
      </button>
      {lost && (
        <p class="verdict" data-tone="danger" role="alert">
          The bytes cannot be opened: the server that has the code for it is gone. Start it, and reload the page.
        </p>
      )}
    </>
  );
}
