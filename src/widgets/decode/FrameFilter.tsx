import { useEffect, useRef, useState } from 'preact/hooks';
import { formatNumber } from '../../text/count.ts';
import type { Decoded } from './decoded.ts';
import type { ShowAction } from './orders.ts';
import { showText } from './show-text.ts';

interface Props {
  readonly decoded: Decoded;
  readonly show: (action: ShowAction) => void;
}

/** In milliseconds: the list is filtered when the reader pauses. */
const PAUSE_MS = 250;

/** The box of the filter, and how many frames pass it. */
export function FrameFilter({ decoded: { filter, filterProblem, rowCount, frameCount }, show }: Props) {
  const [words, setWords] = useState(filter);
  const asked = useRef(filter);
  useEffect(() => {
    // Another recording begins without a filter.
    if (filter === '' && asked.current !== '' && words === asked.current) setWords('');
    asked.current = filter;
  }, [filter]);
  useEffect(() => {
    if (words === filter) return;
    const timer = setTimeout(() => show({ type: 'filter', words }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <div class="frames-filter">
      <label for="frames-filter">Filter</label>
      <input
        id="frames-filter"
        type="search"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        placeholder="out text~/price/i $.data[0].price>100"
        aria-describedby="frames-filter-found"
        aria-invalid={filterProblem !== undefined}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <p id="frames-filter-found" role="status" data-problem={filterProblem !== undefined || undefined}>
        {filterProblem !== undefined
          ? `Character ${filterProblem.column}: ${showText(filterProblem.sentence)}`
          : filter.trim() !== '' && `${formatNumber(rowCount)} of ${formatNumber(frameCount)} pass`}
      </p>
    </div>
  );
}
