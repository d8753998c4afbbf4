/**
 * A time as logs write it, in milliseconds: seconds since 1970 (`1796090243.584714`), or the time of a day (`12:34:56.789`).
 * Its fraction can have any number of digits.
 */
export function clockMs(text: string): number | undefined {
  const [, hours, minutes, seconds] = /^(\d{1,2}):(\d\d):(\d\d(?:[.,]\d+)?)$/.exec(text) ?? [];
  if (hours !== undefined)
    return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds?.replace(',', '.'))) * 1000;
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : undefined;
}
