/** More particular names first: most browsers name others too. */
const NAMES = [
  ['Firefox', /Firefox\/(\d+)/],
  ['Edge', /Edg\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Chromium', /(?:Headless)?Chrome\/(\d+)/],
  ['Safari', /Version\/(\d+(?:\.\d+)?).* Safari/],
] as const;

/** Name and version of a browser, from its User-Agent: `Firefox 140`. */
export function browserName(userAgent: string): string {
  for (const [name, pattern] of NAMES) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return 'your browser';
}
