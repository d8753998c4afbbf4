import { existsSync, readdirSync, statSync } from 'node:fs';

/** Behind every text that says why there is no site. */
export const STILL_SERVED = 'The sockets are served without it: /echo, /broadcast, /dump and /tap.\n';

/**
 * Why the site in a folder cannot be served, as a text for who asks for it; undefined where it can.
 *
 * @throws Error where the folder cannot be read
 */
export function problemWithSite(directory: URL): string | undefined {
  if (!existsSync(directory)) {
    return `The site is not built yet. Run "npm run build".\n${STILL_SERVED}`;
  }
  // A build makes no links: one that leads out of the folder would show what is no part of the site.
  const link = readdirSync(directory, { recursive: true, withFileTypes: true }).find((entry) => entry.isSymbolicLink());
  if (link === undefined) return undefined;
  return `The site is not served: ${JSON.stringify(link.name)} in it is a symbolic link. Remove the folder of the site, run "npm run build".\n${STILL_SERVED}`;
}

/** What a build writes anew: the folder, its first page, and at its very end what says that it is done. */
const WRITTEN_BY_A_BUILD = ['', 'index.html', '.built'];

/** Tells the site of one build from that of another, without a look at all of its files. */
export function stampOfSite(directory: URL): string {
  return WRITTEN_BY_A_BUILD.map((name) => changeOf(new URL(name, directory))).join(' ');
}

function changeOf(file: URL): string {
  try {
    // Nobody sets this time, as a build does the other.
    const { ctimeMs, size } = statSync(file);
    return `${ctimeMs}/${size}`;
  } catch (error) {
    return `${(error as NodeJS.ErrnoException).code}`;
  }
}
