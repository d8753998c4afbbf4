import { useEffect, useState } from 'preact/hooks';

interface Props {
  readonly label: string;
  readonly text: string;
}

/** Copies a text, and reports whether that worked. */
export function CopyButton({ label, text }: Props) {
  const [said, setSaid] = useState('');
  // A receipt for another text would be wrong.
  useEffect(() => setSaid(''), [text]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied.');
    } catch {
      setSaid('Your browser blocked the copy. Select the text and copy it by hand.');
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
