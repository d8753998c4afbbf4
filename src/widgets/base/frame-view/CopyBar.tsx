import { useEffect, useState } from 'preact/hooks';
import { COPY_FORMATS, type CopyFormat } from './copy-formats.ts';

interface Props {
  readonly bytes: Uint8Array;
}

/** Copies the frame's bytes, as hex or as source code. */
export function CopyBar({ bytes }: Props) {
  const [said, setSaid] = useState('');
  // A receipt for other bytes would be wrong.
  useEffect(() => setSaid(''), [bytes]);
  const copy = async (format: CopyFormat): Promise<void> => {
    const { label, write } = COPY_FORMATS[format];
    try {
      await navigator.clipboard.writeText(write(bytes));
      setSaid(`Copied ${bytes.length} bytes as ${label}.`);
    } catch {
      setSaid('Your browser blocked the copy. Select the bytes and copy them by hand.');
    }
  };
  return (
    <p class="copy-bar needs-js">
      <span>Copy as</span>
      {(Object.keys(COPY_FORMATS) as CopyFormat[]).map((format) => (
        <button type="button" key={format} onClick={() => void copy(format)}>
          {COPY_FORMATS[format].label}
        </button>
      ))}
      <span role="status">{said}</span>
    </p>
  );
}
