import './decode.css';
import type { DecodeRequest } from '../base/address/decode-address.ts';
import { BytesInput } from './BytesInput.tsx';
import { FrameRows } from './FrameRows.tsx';
import { OpenedFrame } from './OpenedFrame.tsx';
import { useDecoder } from './use-decoder.ts';

/** So few rows stand above the open frame: beside it, they would leave a column empty. */
const MAX_ABOVE = 8;

interface Props {
  /** The bytes at first, and without JavaScript. */
  readonly example: DecodeRequest;
}

/** Reads bytes, lists the frames in them, and shows one of them: its payload first, then bit by bit. */
export function Decoder({ example }: Props) {
  const decoder = useDecoder(example);
  const { decoded, show } = decoder;
  const stale = decoded?.problem !== undefined && decoded.frameCount > 0;
  return (
    <div class="decoder">
      <BytesInput decoder={decoder} />
      {decoded?.notes.map((note) => (
        <p class="verdict" key={note}>
          {note}
        </p>
      ))}
      {decoded?.frameCount === 0 && decoded.problem === undefined && decoded.notes.length === 0 && <Nothing />}
      {stale && <p class="decoder-stale">Below are the last bytes that could be read.</p>}
      {decoded?.dump !== undefined && (
        <div class="decoder-result" data-many={decoded.frameCount > MAX_ABOVE || undefined} inert={stale}>
          {decoded.frameCount > 1 && <FrameRows decoded={decoded} show={show} />}
          <OpenedFrame decoded={decoded} dump={decoded.dump} show={show} />
        </div>
      )}
    </div>
  );
}

function Nothing() {
  return (
    <div class="decoder-nothing">
      <p>Nothing to decode yet. The box reads:</p>
      <ul>
        <li>
          plain hex, with or without spaces: <code>81 05 48 65 6c 6c 6f</code>
        </li>
        <li>rows of xxd, hexdump -C, od -t x1 or Wireshark, with their offsets and text</li>
        <li>
          an array or a string from a program: <code>[0x81, 0x05, …]</code>, <code>b'\x81\x05…'</code>
        </li>
      </ul>
      <p>A file can also hold the recorded bytes themselves.</p>
    </div>
  );
}
