import type { HexProblem } from '../../inspector/hex/parse-hex.ts';
import { escapeAlone } from '../../text/escape-text.ts';

/** Where a text cannot be read, and the line around that place. */
export interface ProblemPlace {
  /** Counted from 1, as in an editor. */
  readonly line: number;
  readonly column: number;
  /** The line before the mistake, the mistake, and the line after it; long parts are cut. */
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** The characters of the mistake in the text; half-open. */
  readonly start: number;
  readonly end: number;
}

/** Characters shown on each side of the mistake, and of the mistake itself. */
const MAX_CONTEXT = 32;

/** Finds the line and column of a mistake. */
export function placeOfProblem(text: string, { start, end }: HexProblem): ProblemPlace {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', start);
  const lineEnd = next === -1 ? text.length : next;
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < lineStart; at = text.indexOf('\n', at + 1)) line++;
  const before = text.slice(lineStart, start);
  const after = text.slice(Math.min(end, lineEnd), lineEnd);
  return {
    line,
    column: start - lineStart + 1,
    before: escapeAlone(before.length > MAX_CONTEXT ? `…${before.slice(-MAX_CONTEXT)}` : before),
    marked: escapeAlone(cut(text.slice(start, Math.min(end, lineEnd)))),
    after: escapeAlone(cut(after)),
    start,
    end,
  };
}

function cut(text: string): string {
  return text.length > MAX_CONTEXT ? `${text.slice(0, MAX_CONTEXT)}…` : text;
}
