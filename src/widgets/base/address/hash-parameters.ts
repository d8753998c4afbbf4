/**
 * Reads the parameters after an address's `#`. Several figures of a page may keep theirs there side by side.
 *
 * A hash without `=` is a heading's anchor and holds none. A plus sign is a character of base64, not a space.
 */
export function readHashParameters(hash: string): URLSearchParams {
  const text = hash.replace(/^#/, '');
  return new URLSearchParams(text.includes('=') ? text.replaceAll('+', '%2B') : '');
}

/** Writes parameters into a hash. What else it held stays; a space is written as %20, so that a plus is never one. */
export function writeHashParameters(hash: string, values: Readonly<Record<string, string>>): string {
  const parameters = readHashParameters(hash);
  for (const [name, value] of Object.entries(values)) parameters.set(name, value);
  return `#${String(parameters).replaceAll('+', '%20')}`;
}
