/** A line of a program at one stage, beside the stage before. */
export interface ChangedLine {
  readonly kind: 'same' | 'new' | 'gone' | 'skipped';
  readonly text: string;
}

/** The lines shown before and after what has changed, so that the place can be found. */
const CONTEXT_LINES = 1;

/**
 * Compares two versions of a program, and leaves out what stays the same.
 *
 * @param before empty for the first version, which is all new
 * @returns the lines in order; a run of lines that stay is one line of kind `skipped`, whose text is empty
 */
export function showNewLines(before: readonly string[], after: readonly string[]): ChangedLine[] {
  const all = compare(before, after);
  const isNear = all.map((_, index) =>
    all.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some(({ kind }) => kind !== 'same'),
  );
  return all.flatMap((line, index): ChangedLine[] => {
    if (isNear[index] === true) return [line];
    return index === 0 || isNear[index - 1] === true ? [{ kind: 'skipped', text: '' }] : [];
  });
}

/** The shortest way from one version to the other: the longest common subsequence stays. */
function compare(before: readonly string[], after: readonly string[]): ChangedLine[] {
  const rest: number[][] = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
  const common = (i: number, j: number) => rest[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = rest[i] as number[];
      row[j] = before[i] === after[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1));
    }
  }
  const lines: ChangedLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ kind: 'same', text: after[j] ?? '' });
      i++;
      j++;
    } else if (i < before.length && (j === after.length || common(i + 1, j) >= common(i, j + 1))) {
      lines.push({ kind: 'gone', text: before[i++] ?? '' });
    } else lines.push({ kind: 'new', text: after[j++] ?? '' });
  }
  return lines;
}
