/** Below this no wrapping makes a text readable. */
const MIN_COLUMNS = 40;

/**
 * Breaks a line between words, so that it fits; what is one word and too long stays in one piece.
 *
 * @param indent how far the following lines are moved in
 * @param columns how long a line may be; undefined leaves it as it is
 */
export function wrapLine(line: string, indent: number, columns: number | undefined): string {
  if (columns === undefined || line.length <= columns) return line;
  const most = Math.max(columns, MIN_COLUMNS);
  const lines: string[] = [];
  // The rest begins at `start`, behind so many spaces; nothing of it is copied before it is a line.
  let start = 0;
  let margin = '';
  while (margin.length + line.length - start > most) {
    const first = firstNonSpace(line, start);
    const space = line.lastIndexOf(' ', start + most - margin.length);
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
