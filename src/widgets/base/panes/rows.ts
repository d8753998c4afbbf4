import { formatNumber } from '../../../text/count.ts';
import type { Entry } from '../log/entry.ts';

/** How many rows there are, how many are no longer kept, and what a pause holds back. */
export function countOf(kept: number, dropped: number, held: number | undefined): string {
  const rows = kept === 1 ? '1 row' : `${formatNumber(kept)} rows`;
  const gone = dropped === 0 ? '' : `, ${formatNumber(dropped)} older ones dropped`;
  const waiting =
    held === undefined ? '' : `; paused, ${formatNumber(held)} ${held === 1 ? 'event waits' : 'events wait'}`;
  return rows + gone + waiting;
}

/**
 * The row that a key moves to; undefined for a key that moves nowhere.
 *
 * @param page rows in sight at once
 */
export function entryAfterKey(
  key: string,
  entries: readonly Entry[],
  openId: number | undefined,
  page: number,
): Entry | undefined {
  const firstId = entries[0]?.id ?? 0;
  const last = entries.length - 1;
  const here = openId === undefined ? last + 1 : openId - firstId;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: here + 1,
    ArrowUp: here - 1,
    PageDown: here + page,
    PageUp: here - page,
    Home: 0,
    End: last,
  };
  const target = steps[key];
  return target === undefined ? undefined : entries[Math.max(0, Math.min(last, target))];
}
