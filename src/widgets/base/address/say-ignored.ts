/**
 * Names the first URL parameter that the figure did not understand.
 *
 * @param kept the figure's state as it would write it; only the parameters in it are compared
 * @returns empty if the figure understood all of them
 */
export function sayIgnored(asked: URLSearchParams, kept: Readonly<Record<string, string>>): string {
  const ignored = Object.keys(kept).find((name) => (asked.get(name) ?? kept[name]) !== kept[name]);
  return ignored === undefined ? '' : `The address asks for a “${ignored}” that this figure does not have.`;
}
