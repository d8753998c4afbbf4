import { escapeAlone } from '../../text/escape-text.ts';

/** A text in which words between backquotes are code. A verdict may repeat what was typed, with what cannot be seen. */
export function RichText({ text }: { readonly text: string }) {
  return (
    <>
      {escapeAlone(text)
        .split('`')
        .map((part, index) =>
          // Every second part stood between two backquotes; parts have no other name than their place.
          index % 2 === 1 ? <code key={`${index}${part}`}>{part}</code> : part,
        )}
    </>
  );
}
