import './inflated.css';
import { bytesOfHex } from '../../../bytes/hex.ts';
import {
  describeBlock,
  describeCodes,
  describeInflated,
  describeWindow,
  type InflatedDump,
  problemsOfInflated,
} from '../../../inspector/deflate/inflated-dump.ts';
import { hexDumpRows } from '../../../inspector/hex/hex-dump.ts';
import { isInflated } from '../../../inspector/wire/inflated-shape.ts';
import { countNoun } from '../../../text/count.ts';
import { escapeAlone } from '../../../text/escape-text.ts';

const BYTES_PER_ROW = 8;
const MAX_SHOWN_BYTES = 2048;

/** A compressed message: what came out of it, what it saved, what it could copy from, and how it was made. RFC 7692 §7.2.2. */
export function InflatedPane({ inflated }: { readonly inflated: InflatedDump }) {
  if (!isInflated(inflated)) return null;
  const { blocks, blockCount } = inflated;
  const left = blockCount - blocks.length;
  return (
    <section class="inflated" aria-label="The message, decompressed">
      <p class="pane-title">The message, decompressed</p>
      <p class="inflated-sizes">{describeInflated(inflated)}.</p>
      {problemsOfInflated(inflated).map((sentence) => (
        <p class="verdict" key={sentence}>
          {sentence}
        </p>
      ))}
      <Payload inflated={inflated} />
      <p class="inflated-window">{describeWindow(inflated.window)}</p>
      <details>
        <summary>How it is compressed: {countNoun(blockCount, 'block')}</summary>
        <ul class="plain-list">
          {blocks.map((block, index) => (
            <li key={block.startBit}>
              {describeBlock(block, index)}
              {block.codes.length > 0 && <code class="inflated-codes">{describeCodes(block)}</code>}
            </li>
          ))}
          {left > 0 && <li>and {countNoun(left, 'more block')}</li>}
        </ul>
      </details>
    </section>
  );
}

function Payload({ inflated: { hex, text, truncated } }: { readonly inflated: InflatedDump }) {
  if (hex === '') return <p>The message is empty.</p>;
  const box = { role: 'region', tabIndex: 0, 'aria-label': 'Inflated payload' } as const;
  if (text !== undefined) {
    return (
      <pre class="inflated-text" {...box}>
        {text.split(/([\n\t])/).map((part) => (/^[\n\t]$/.test(part) ? part : escapeAlone(part)))}
        {truncated && ' …'}
      </pre>
    );
  }
  const bytes = bytesOfHex(hex.slice(0, 2 * MAX_SHOWN_BYTES));
  return (
    <pre class="inflated-text" {...box}>
      {hexDumpRows(bytes, { bytesPerRow: BYTES_PER_ROW }).map(
        (row) => `${row.hex.join(' ').padEnd(3 * BYTES_PER_ROW)} ${row.ascii}\n`,
      )}
      {(truncated || hex.length > 2 * MAX_SHOWN_BYTES) && '…'}
    </pre>
  );
}
