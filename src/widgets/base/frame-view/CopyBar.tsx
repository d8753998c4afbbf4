import { useState } from 'preact/hooks';
import { COPY_FORMATS, type CopyFormat } from './copy-formats.ts';

interface Props {
  readonly bytes: Uint8Array;
}

/** Puts the frame's bytes on the clipboard, as hex or as a program writes them. */
export function CopyBar({ bytes }: Props) {
  const [said, setSaid] = useState('');
  const copy = async (format: CopyFormat): Promise<void> => {
    const { label, write } = COPY_FORMATS[format];
    try {
      await navigator.clipboard.writeText(write(bytes));
      setSaid(`Copied ${bytes.length} bytes as ${label}.`);
    } catch {
      setSaid('The browser did not let the page write to the clipboard: pick the bytes and copy them by hand.');
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
