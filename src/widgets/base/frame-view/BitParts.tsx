import { type BitSegment, ROW_BYTES } from './bit-rows.ts';
import { bitsAttribute } from './use-pane.ts';

const RULER = Array.from({ length: ROW_BYTES * 8 }, (_, bit) => bit);

/** The numbers above the rows of bits: 0 to 31, as in the RFC's own figure. RFC 6455 §5.2. */
export function BitRuler() {
  return (
    <div class="bit-ruler" aria-hidden="true">
      {RULER.map((bit) => (
        <span key={bit}>{bit}</span>
      ))}
    </div>
  );
}

/** How many bytes a line of the bit grid has: on a narrow pane the styles lay a row out in two lines. */
export function rowBytesOf(pane: HTMLElement): number {
  return getComputedStyle(pane.firstElementChild as Element).gridTemplateColumns.split(' ').length / 8;
}

/** Below the bits of a segment: its field's name, and the value of the bits. */
export function SegmentCaption({ segment: { field, label, values } }: { readonly segment: BitSegment }) {
  return (
    <>
      {label !== '' && (
        <span
          class="bit-label"
          aria-hidden="true"
          data-bits={bitsAttribute({ start: field.bit, end: field.bit + field.bits })}
        >
          {label}
        </span>
      )}
      {values.map(({ text, range }) => (
        <span
          key={range.start}
          class="bit-value"
          data-span={range.end - range.start}
          data-bits={bitsAttribute(range)}
          aria-hidden="true"
        >
          {text}
        </span>
      ))}
    </>
  );
}
