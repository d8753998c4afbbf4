import { useState } from 'preact/hooks';
import type { ReportedCase } from '../../companion/conformance.ts';
import { CaseBytes } from './CaseBytes.tsx';

/** A case that fell short: folded a line, unfolded all that is known of it. */
export function CaseRow({ case: each }: { readonly case: ReportedCase }) {
  const { id, title, outcome, finding, sent, cameBack, requirement, why } = each;
  return (
    <details class="conformance-case" data-outcome={outcome}>
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
        <dt>Why</dt>
        <dd>{why}</dd>
      </dl>
      <OpenBytes {...each} />
    </details>
  );
}

/** Taken apart only when it is asked for: a report may hold many cases. */
function OpenBytes({ sentHead, sentHex, receivedHex, title }: ReportedCase) {
  const [open, setOpen] = useState(false);
  if (sentHead === '' && sentHex === '' && receivedHex === '') return null;
  if (open) return <CaseBytes sentHead={sentHead} sentHex={sentHex} receivedHex={receivedHex} />;
  return (
    <button type="button" class="needs-js" aria-label={`Open the bytes: ${title}`} onClick={() => setOpen(true)}>
      Open the bytes
    </button>
  );
}
