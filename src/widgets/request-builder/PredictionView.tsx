import type { Prediction } from './predict.ts';

/** What the rules say about the request, before it is sent. */
export function PredictionView({ prediction }: { readonly prediction: Prediction }) {
  const { httpStatus, status, headerLines, broken, others } = prediction;
  return (
    <div class="verdict prediction" data-tone={toneOf(prediction)} role="status">
      <h4>
        By the rules: <b>{status}</b>
      </h4>
      {httpStatus === 101 && <p>No rule is broken.</p>}
      {httpStatus === undefined && <p>The head has no empty line at its end, so the server waits for more.</p>}
      {broken !== undefined && (
        <>
          <p>{broken.sentence}</p>
          <p class="prediction-rule">
            “{broken.requirement}” {broken.name !== undefined && <code>{broken.name}</code>} {broken.cited}
          </p>
        </>
      )}
      {headerLines.length > 0 && (
        <p class="prediction-headers">
          {headerLines.map((line) => (
            <code key={line}>{line}</code>
          ))}
        </p>
      )}
      {others.length > 0 && (
        <p>
          The first broken rule decides the answer. Also broken:{' '}
          {others.map(({ name, requirement }) => name ?? requirement).join(', ')}.
        </p>
      )}
    </div>
  );
}

/** Accepted, refused, or still undecided. */
export function toneOf({ httpStatus }: Prediction): 'ok' | 'danger' | 'info' {
  if (httpStatus === undefined) return 'info';
  return httpStatus === 101 ? 'ok' : 'danger';
}
