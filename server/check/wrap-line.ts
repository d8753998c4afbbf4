/** Below this no wrapping makes a text readable. */
const LEAST_COLUMNS = 40;

/**
 * Breaks a line between words, so that it fits; what is one word and too long stays in one piece.
 *
 * @param indent how far the following lines are moved in
 * @param columns how long a line may be; undefined leaves it as it is
 */
export function wrapLine(line: string, indent: number, columns: number | undefined): string {
  if (columns === undefined || line.length <= columns) return line;
  const most = Math.max(columns, LEAST_COLUMNS);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const margin = rest.length - rest.trimStart().length;
    const space = rest.lastIndexOf(' ', most);
    const at = space > margin ? space : rest.indexOf(' ', margin);
    if (at < 0) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = ' '.repeat(indent) + rest.slice(at).trimStart();
  }
  return [...lines, rest].join('\n');
}
