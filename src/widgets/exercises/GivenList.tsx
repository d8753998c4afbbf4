import type { Given } from './exercise.ts';

/** What the reader works with. */
export function GivenList({ given }: { readonly given: readonly Given[] }) {
  if (given.length === 0) return null;
  return (
    <dl class="exercise-given">
      {given.map((each) => (
        <div key={each.label}>
          <dt>{each.label}</dt>
          <dd>
            <GivenValue given={each} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function GivenValue({ given }: { readonly given: Given }) {
  switch (given.kind) {
    case 'value':
      return <code class="value">{given.text}</code>;
    case 'bytes':
      return <code class="value">{given.hex.match(/../g)?.join(' ')}</code>;
    case 'lines':
      return (
        <pre>
          <code>{given.lines.join('\n')}</code>
        </pre>
      );
  }
}
