import { allowedAfter, type ByteSpan, missingAfter } from '../../inspector/frame/utf8-steps.ts';
import { decodeText } from '../../text/utf8.ts';

/** First bytes of characters that go on alike. RFC 3629 §4. */
export interface Utf8Form {
  readonly first: ByteSpan;
  /** What may stand second, third and fourth; fewer where the character is shorter. */
  readonly following: readonly (readonly ByteSpan[])[];
  /** The lowest character of the form, and the highest. */
  readonly from: number;
  readonly to: number;
}

/** Every form that a character can have: nothing is typed here, the checker itself is asked. */
export function utf8Forms(): Utf8Form[] {
  const forms: Utf8Form[] = [];
  for (const { first, last } of allowedAfter([])) {
    for (let byte = first; byte <= last; byte++) {
      const form = formOf(byte);
      const before = forms.at(-1);
      const same = before !== undefined && JSON.stringify(before.following) === JSON.stringify(form.following);
      if (same) forms[forms.length - 1] = { ...before, first: { first: before.first.first, last: byte }, to: form.to };
      else forms.push(form);
    }
  }
  return forms;
}

function formOf(byte: number): Utf8Form {
  const following: (readonly ByteSpan[])[] = [];
  const [lowest, highest] = [[byte], [byte]];
  while (missingAfter(lowest) > 0) {
    const spans = allowedAfter(lowest);
    following.push(spans);
    lowest.push(spans[0]?.first ?? 0);
    highest.push(spans.at(-1)?.last ?? 0);
  }
  return { first: { first: byte, last: byte }, following, from: codePointOf(lowest), to: codePointOf(highest) };
}

function codePointOf(character: readonly number[]): number {
  return decodeText(Uint8Array.from(character))?.codePointAt(0) ?? 0;
}
