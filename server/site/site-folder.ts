import { existsSync, readdirSync, statSync } from 'node:fs';

/** Follows every message about a missing site. */
export const STILL_SERVED = 'The WebSocket paths work without it: /echo, /broadcast, /dump and /tap.\n';

/**
 * Says why the site in a folder cannot be served, as a text for the browser; undefined if it can.
 *
 * @throws Error if the folder cannot be read
 */
export function problemWithSite(directory: URL): string | undefined {
  if (!existsSync(directory)) {
    return `The site is not built yet. Run "npm run build".\n${STILL_SERVED}`;
  }
  // A build creates no links. A link out of the folder would publish files that are not part of the site.
  const link = readdirSync(directory, { recursive: true, withFileTypes: true }).find((entry) => entry.isSymbolicLink());
  if (link === undefined) return undefined;
  return `The site is not served, because ${JSON.stringify(link.name)} in it is a symbolic link. Delete the folder of the site and run "npm run build".\n${STILL_SERVED}`;
}

/** Files that every build writes: the folder, its first page, and at the end a mark that the build is complete. */
const WRITTEN_BY_A_BUILD = ['', 'index.html', '.built'];

/** A stamp that differs between builds, from a few files only. */
export function stampOfSite(directory: URL): string {
  return WRITTEN_BY_A_BUILD.map((name) => changeOf(new URL(name, directory))).join(' ');
}

function changeOf(file: URL): string {
  try {
    // Unlike the modification time, programs cannot set this one.
    const { ctimeMs, size } = statSync(file);
    return `${ctimeMs}/${size}`;
  } catch (error) {
    return `${(error as NodeJS.ErrnoException).code}`;
  }
}
