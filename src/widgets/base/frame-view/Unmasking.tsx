import { useMemo } from 'preact/hooks';
import { type BitRange, byteRange, bytesRange, overlaps } from './bit-range.ts';
import { HALF_ROW_BYTES } from './hex-rows.ts';
import { type FrameAction, type FrameState, litRange } from './model.ts';
import { type PayloadCharacter, type UnmaskedByte, unmaskingRanges, unmaskingRows } from './unmasking.ts';
import { bitsAttribute, usePane } from './use-pane.ts';

interface Props {
  readonly state: FrameState;
  readonly dispatch: (action: FrameAction) => void;
}

/** The payload, byte by byte: as received, XOR its byte of the key, and the result. RFC 6455 §5.3. */
export function Unmasking({ state, dispatch }: Props) {
  const pane = usePane(state, dispatch, 'byte', rowBytesOf);
  const { frame, shownBytes } = state;
  const rows = useMemo(() => unmaskingRows(frame, shownBytes), [frame, shownBytes]);
  const lit = litRange(state);
  const first = rows[0]?.bytes[0]?.index ?? 0;
  const last = rows.at(-1)?.bytes.at(-1)?.index ?? first;
  const stop = Math.min(last, Math.max(first, Math.floor(state.focus.start / 8)));
  const masked = frame.keyStart !== undefined;
  return (
    <div
      {...pane}
      class="unmasking"
      role="grid"
      tabIndex={-1}
      aria-label={masked ? 'Unmasking, byte by byte' : 'Payload'}
    >
      {rows.map((row) => (
        <div class="unmasking-row" role="row" key={row.bytes[0]?.index}>
          <span class="unmasking-names" aria-hidden="true">
            <span>{masked ? 'on the wire' : 'bytes'}</span>
            {masked && <span>XOR key</span>}
            {masked && <span>payload</span>}
            {row.characters.length > 0 && <span>text</span>}
          </span>
          <span class="unmasking-bytes" role="presentation">
            {row.bytes.map((byte) => (
              <Column key={byte.index} byte={byte} lit={lit} stop={stop} />
            ))}
            {row.characters.map((character) => (
              <Character key={character.start} character={character} rowStart={row.bytes[0]?.index ?? 0} lit={lit} />
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}

function Column({ byte, lit, stop }: { byte: UnmaskedByte; lit: BitRange | undefined; stop: number }) {
  const isLit = unmaskingRanges(byte).some((range) => overlaps(range, lit));
  return (
    <span
      class="cell unmasking-byte field-payload-data"
      role="gridcell"
      tabIndex={byte.index === stop ? 0 : -1}
      aria-selected={isLit}
      data-bits={bitsAttribute(byteRange(byte.index))}
      data-mark={isLit ? 'lit' : undefined}
    >
      <span>{byte.onTheWire}</span>
      {byte.key !== undefined && (
        <span class="unmasking-key field-masking-key" data-bits={bitsAttribute(byteRange(byte.key.index))}>
          <span class="visually-hidden"> XOR </span>
          {byte.key.hex}
        </span>
      )}
      {byte.key !== undefined && (
        <span class="unmasking-result">
          <span class="visually-hidden"> = </span>
          {byte.payload}
        </span>
      )}
    </span>
  );
}

interface CharacterProps {
  readonly character: PayloadCharacter;
  readonly rowStart: number;
  readonly lit: BitRange | undefined;
}

/** A character below its bytes; an ellipsis if it began in the row before. */
function Character({ character, rowStart, lit }: CharacterProps) {
  const { text, escaped, start, end } = character;
  const range = bytesRange(start, end);
  const from = Math.max(start, rowStart);
  return (
    <span
      class="cell unmasking-character field-payload-data"
      aria-hidden="true"
      data-column={from - rowStart + 1}
      data-span={Math.min(end, rowStart + HALF_ROW_BYTES) - from}
      data-escaped={escaped || undefined}
      data-bits={bitsAttribute(range)}
      data-mark={overlaps(range, lit) ? 'lit' : undefined}
    >
      {start < rowStart ? '…' : text}
    </span>
  );
}

function rowBytesOf(pane: HTMLElement): number {
  const [first, second] = pane.querySelectorAll<HTMLElement>('.unmasking-row');
  const beside = first !== undefined && second !== undefined && first.offsetTop === second.offsetTop;
  return beside ? HALF_ROW_BYTES * 2 : HALF_ROW_BYTES;
}
