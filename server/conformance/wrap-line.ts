/** Narrower lines are not readable. */
const MIN_COLUMNS = 40;

/**
 * Breaks a line between words so that it fits. A word that is too long stays whole.
 *
 * @param indent the indentation of the following lines
 * @param columns the longest line, in characters; undefined for no limit
 */
export function wrapLine(line: string, indent: number, columns: number | undefined): string {
  if (columns === undefined || line.length <= columns) return line;
  const maxLength = Math.max(columns, MIN_COLUMNS);
  const lines: string[] = [];
  // The rest begins at `start` and gets `margin` in front. Nothing is copied before it becomes a line.
  let start = 0;
  let margin = '';
  while (margin.length + line.length - start > maxLength) {
    const first = firstNonSpace(line, start);
    const space = line.lastIndexOf(' ', start + maxLength - margin.length);
    const at = space > first ? space : line.indexOf(' ', first);
    if (at < 0) break;
    lines.push((margin + line.slice(start, at)).trimEnd());
    margin = ' '.repeat(indent);
    start = firstNonSpace(line, at);
  }
  return [...lines, margin + line.slice(start)].join('\n');
}

function firstNonSpace(line: string, from: number): number {
  let at = from;
  while (line.charAt(at) === ' ') at++;
  return at;
}
