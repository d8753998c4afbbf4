import { useState } from 'preact/hooks';

interface Props {
  readonly label: string;
  readonly text: string;
}

/** Puts a text on the clipboard and says so, or says why not. */
export function CopyButton({ label, text }: Props) {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied.');
    } catch {
      setSaid('The browser did not let the page write to the clipboard.');
    }
  };
  return (
    <span class="copy-one">
      <button type="button" onClick={() => void copy()}>
        {label}
      </button>
      <span role="status">{said}</span>
    </span>
  );
}
