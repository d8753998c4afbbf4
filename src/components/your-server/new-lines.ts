/** A line of a program at one stage, beside the stage before. */
export interface ChangedLine {
  readonly kind: 'same' | 'new' | 'gone' | 'skipped';
  readonly text: string;
}

/**
 * Compares two versions of a program, and leaves out what stays the same, but for a line before and after each change.
 *
 * @param old empty for the first version, which is all new
 * @returns the lines in order; a run of lines that stay is one line of kind `skipped`, whose text is empty
 */
export function showNewLines(old: readonly string[], current: readonly string[]): ChangedLine[] {
  const all = compare(old, current);
  const isChanged = (index: number) => (all[index]?.kind ?? 'same') !== 'same';
  const isNear = all.map(({ text }, index) => {
    const [before, after] = [isChanged(index - 1), isChanged(index + 1)];
    // An empty line does not help to find the place.
    return isChanged(index) || (text.trim() === '' ? before && after : before || after);
  });
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
