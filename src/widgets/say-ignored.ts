/**
 * Says what an address asks of a figure in vain.
 *
 * @param kept what the figure has understood, as it would write it; only parameters that stand in it are looked at
 * @returns empty where it has understood all of them
 */
export function sayIgnored(asked: URLSearchParams, kept: Readonly<Record<string, string>>): string {
  const ignored = Object.keys(kept).find((name) => (asked.get(name) ?? kept[name]) !== kept[name]);
  return ignored === undefined ? '' : `This figure has no such “${ignored}” as the address asks for.`;
}
