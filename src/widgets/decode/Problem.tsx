import type { Decoded } from './decoded.ts';

interface Props {
  readonly problem: NonNullable<Decoded['problem']>;
  /** Selects characters in the box; undefined if the text is not there. */
  readonly select: ((start: number, end: number) => void) | undefined;
}

/** Why the text is not bytes: what is wrong, in which line and column, and that line with the mistake marked. */
export function Problem({ problem: { sentence, place }, select }: Props) {
  if (place === undefined) return <p class="decoder-problem">{sentence}</p>;
  const { line, column, before, marked, after, start, end } = place;
  return (
    <div class="decoder-problem">
      <p>
        <b>
          Line {line}, column {column}:
        </b>{' '}
        {sentence}{' '}
        {select !== undefined && (
          <button type="button" class="in-text" onClick={() => select(start, end)}>
            Select it
          </button>
        )}
      </p>
      <pre class="problem-line" aria-hidden="true">
        {before}
        <mark>{marked === '' ? ' ' : marked}</mark>
        {after}
      </pre>
    </div>
  );
}
