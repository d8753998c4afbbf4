import { parseHexDigits } from '../../inspector/hex/hex-digits.ts';
import { escapeAlone } from '../../text/escape-text.ts';
import type { AnswerForm, Verdict } from './exercise.ts';

interface Props {
  readonly form: AnswerForm;
  readonly text: string;
  readonly range: Verdict['range'];
}

/** A typed answer with what is wrong in it marked: characters of a line, bytes of hex. */
export function Marked({ form, text, range }: Props) {
  if (range === undefined) return null;
  const parts = form.kind === 'hex' ? bytesOf(text) : [...text.trim()].map(escapeAlone);
  const between = form.kind === 'hex' ? ' ' : '';
  const { start, end } = range;
  return (
    <code class="exercise-marked" aria-hidden="true">
      {parts.slice(0, start).join(between)}
      {start > 0 && between}
      <mark>{start === end ? '‸' : parts.slice(start, end).join(between)}</mark>
      {between}
      {parts.slice(end).join(between)}
    </code>
  );
}

function bytesOf(text: string): string[] {
  const parsed = parseHexDigits(text);
  return 'bytes' in parsed ? Array.from(parsed.bytes, (byte) => byte.toString(16).padStart(2, '0')) : [];
}
