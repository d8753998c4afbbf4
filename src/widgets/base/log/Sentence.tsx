/** Base64 of 20 bytes, with its quotation marks if it has any. */
const ACCEPT = /"?([A-Za-z0-9+/]{27}=)"?/;

/** A sentence about a header. An accept in it is set as code, so that each of its characters can be told from others. */
export function Sentence({ text }: { readonly text: string }) {
  return <>{text.split(ACCEPT).map((part, i) => (i % 2 === 0 ? part : <code key={i}>{part}</code>))}</>;
}
