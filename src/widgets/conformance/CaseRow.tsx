import { useState } from 'preact/hooks';
import type { ReportedCase } from '../../companion/conformance.ts';
import { CaseBytes } from './CaseBytes.tsx';

/** A case that did not pass: one line, and all details when it is opened. */
export function CaseRow({ case: each }: { readonly case: ReportedCase }) {
  const { id, title, outcome, finding, sent, expected, cameBack, requirement, why } = each;
  return (
    <details class="conformance-case" data-outcome={outcome}>
      <summary>
        <b>{outcome}</b> <span class="case-title">{title}</span> <code>{id}</code>
        <span class="case-finding">{finding}</span>
      </summary>
      <dl>
        <dt>Sent</dt>
        <dd>{sent}</dd>
        <dt>Expected</dt>
        <dd>{expected}</dd>
        <dt>Got</dt>
        <dd data-wrong={outcome === 'failed' ? '' : undefined}>{cameBack}</dd>
        <dt>Rule</dt>
        <dd>{requirement}</dd>
        <dt>Why</dt>
        <dd>{why}</dd>
      </dl>
      <OpenBytes {...each} />
    </details>
  );
}

/** Decodes the bytes only on demand: a report may have many cases. */
function OpenBytes({ sentHead, sentHex, receivedHex, title, outcome }: ReportedCase) {
  const [open, setOpen] = useState(false);
  if (sentHead === '' && sentHex === '' && receivedHex === '') return null;
  if (open) return <CaseBytes {...{ sentHead, sentHex, receivedHex, outcome }} />;
  return (
    <button type="button" class="needs-js" aria-label={`Open the bytes: ${title}`} onClick={() => setOpen(true)}>
      Open the bytes
    </button>
  );
}
